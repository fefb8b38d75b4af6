import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { Demands, Disclosure, PolicyStatements, PracticeStatements, type StatementPatterns, StatementWords } from '../model/statement.ts';
import { readYaml } from './yaml.ts';

const FOLDER = new URL('../../content/statements/', import.meta.url);
/** The same, compiled by scripts/compile.mjs. */
const COMPILED = new URL('../../lib/statements.json', import.meta.url);

let known: Promise<StatementPatterns> | undefined;

/** The patterns that ship with the package. Read once a process. Throws where the package is broken. */
export function readStatements(): Promise<StatementPatterns> {
  known ??= readFile(COMPILED, 'utf8').then((text) => JSON.parse(text) as StatementPatterns, compileStatements);
  return known;
}

/** The patterns as the program uses them, from the YAML. Throws for a file that is not valid. */
export async function compileStatements(): Promise<StatementPatterns> {
  const [words, policies, { demands }, { sections: disclosure }, { practices }] = await Promise.all([
    read('words.yaml', StatementWords),
    read('policies.yaml', PolicyStatements),
    read('demands.yaml', Demands),
    read('disclosure.yaml', Disclosure),
    read('practices.yaml', PracticeStatements),
  ]);
  return { words, policies, demands, disclosure, practices };
}

async function read<T>(name: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readFile(new URL(name, FOLDER), 'utf8');
  const { value, observations } = readYaml({ text, file: `content/statements/${name}`, firstLine: 1, rule: 'form/configuration-valid' }, schema);
  const [first] = observations;
  if (value === undefined) throw new Error(`content/statements/${name}:${first?.at.start?.line ?? 1} of the package cannot be read: ${first?.message ?? ''}`);
  return value;
}
