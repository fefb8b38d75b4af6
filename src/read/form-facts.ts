import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { Editions, type FormFacts, KnownOids, VagueWords } from '../model/form-facts.ts';
import { readYaml } from './yaml.ts';

const FOLDER = new URL('../../content/form/', import.meta.url);

let known: Promise<FormFacts> | undefined;

/** The facts that ship with the package in `content/form/`. Read once a process. Throws where the package is broken. */
export function readFormFacts(): Promise<FormFacts> {
  known ??= Promise.all([read('vague-words.yaml', VagueWords), read('editions.yaml', Editions), read('oids.yaml', KnownOids)]).then(
    ([vagueWords, editions, oids]) => ({ vagueWords, editions, oids }),
  );
  return known;
}

async function read<T>(name: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readFile(new URL(name, FOLDER), 'utf8');
  const { value, observations } = readYaml({ text, file: `content/form/${name}`, firstLine: 1, rule: 'form/configuration-valid' }, schema);
  if (value === undefined) throw new Error(`content/form/${name} of the package cannot be read: ${observations[0]?.message ?? ''}`);
  return value;
}
