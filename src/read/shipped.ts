import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { readYaml } from './yaml.ts';

const SOURCES = new URL('../../content/', import.meta.url);
/** What scripts/compile.mjs makes of the sources: reading and checking YAML would cost tenths of a second at every start. */
const COMPILED = new URL('../../lib/', import.meta.url);

/** Data of the package as it was compiled to `lib/<name>`; where nothing was compiled yet, what `compile` makes of its YAML. */
export async function readCompiled<T>(name: string, compile: () => Promise<T>): Promise<T> {
  const text = await readFile(new URL(name, COMPILED), 'utf8').catch(() => undefined);
  return text === undefined ? compile() : (JSON.parse(text) as T);
}

/** Reads `content/<name>`. Throws for a file that is not valid: the package is broken. */
export async function readShippedYaml<T>(name: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readFile(new URL(name, SOURCES), 'utf8');
  const { value, observations } = readYaml({ text, file: `content/${name}`, firstLine: 1, rule: 'form/configuration-valid' }, schema);
  const [first] = observations;
  if (value === undefined) throw new Error(`content/${name}:${first?.at.start?.line ?? 1} of the package cannot be read: ${first?.message ?? ''}`);
  return value;
}
