import { z } from 'zod';
import { VersionNumber } from '../model/document.ts';
import type { DateFile } from '../model/effective-date.ts';
import type { Observation } from '../model/finding.ts';
import { parseInstant } from '../model/time.ts';
import { readInside } from './files.ts';
import { readYaml } from './yaml.ts';

const Dates = z.record(
  VersionNumber,
  z.string().refine((text) => parseInstant(text, 'UTC') !== undefined, 'expected a date, YYYY-MM-DD, or an instant'),
);

/** Reads a file of effective dates by version, or says what is wrong with it. No file is asked for where `file` is undefined. */
export async function readDateFile(root: string, file: string | undefined): Promise<{ dates: DateFile | undefined; problems: readonly Observation[] }> {
  if (file === undefined) return { dates: undefined, problems: [] };
  const bytes = await readInside(root, file);
  if (!bytes) {
    const message = `There is no file of dates "${file}".`;
    return { dates: undefined, problems: [{ message, at: { file }, expected: 'a line <version>: <date> for each version' }] };
  }
  const { value, observations } = readYaml({ text: bytes.toString('utf8'), file, firstLine: 1, rule: 'form/configuration-valid' }, Dates);
  return { dates: value && { file, dates: new Map(Object.entries(value)) }, problems: observations };
}
