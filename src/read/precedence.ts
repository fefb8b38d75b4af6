import type { ReadingObservation } from '../model/finding.ts';
import { type KnownVersion, PRECEDENCE, PrecedenceFile } from '../model/precedence.ts';
import { readInside } from './files.ts';
import { readYaml } from './yaml.ts';

/** What is known of outside rules, and what was wrong with the file. */
export interface ReadPrecedence {
  /** Undefined where there is no file, or none that is valid. */
  precedence: readonly KnownVersion[] | undefined;
  observations: readonly ReadingObservation[];
}

/** Reads the versions of outside rules and the provider's assessments of them. */
export async function readPrecedence(root: string): Promise<ReadPrecedence> {
  const text = (await readInside(root, PRECEDENCE))?.toString('utf8');
  return text === undefined ? { precedence: undefined, observations: [] } : readPrecedenceText(text);
}

/** The same of the file's text. */
export function readPrecedenceText(text: string): ReadPrecedence {
  const { value, fields, observations } = readYaml({ text, file: PRECEDENCE, firstLine: 1, rule: 'evidence/precedence-assessed' }, PrecedenceFile);
  const own: Record<string, KnownVersion['fields'][string]>[] = (value ?? []).map(() => ({}));
  for (const [path, point] of Object.entries(fields)) {
    const [index = '', ...rest] = path.split('.');
    const mine = own[Number(index)];
    if (mine) mine[rest.join('.')] = point;
  }
  return { precedence: value?.map((version, index) => ({ ...version, fields: own[index] ?? {} })), observations };
}
