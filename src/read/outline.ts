import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Outline } from '../model/outline.ts';

const FILE = new URL('../../content/requirements/rfc-3647/2003.yaml', import.meta.url);
/** The same, compiled by scripts/compile.mjs: reading the YAML would cost a tenth of a second at every start. */
const COMPILED = new URL('../../lib/requirements/rfc-3647/2003.json', import.meta.url);
const Source = z.object({
  standard: z.string(),
  outline: z.array(z.object({ number: z.string(), title: z.string(), alsoCalled: z.array(z.string()).default([]) })),
});

let known: Promise<Outline> | undefined;

/** The outline of RFC 3647 that ships with the package. Read once a process. */
export function readOutline(): Promise<Outline> {
  known ??= readFile(COMPILED, 'utf8').then((text) => JSON.parse(text) as Outline, compileOutline);
  return known;
}

/** The outline as the program uses it, from the YAML. */
export async function compileOutline(): Promise<Outline> {
  const { standard, outline } = Source.parse(parse(await readFile(FILE, 'utf8')));
  return { standard, sections: outline };
}
