import { stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { OpenOptions } from '../read/workspace.ts';
import { UsageError } from './main.ts';

/** The options of a command that can be for assessors. */
export const AUDIENCE_OPTIONS = { audience: { type: 'string', default: 'public' }, evidence: { type: 'string' } } as const;

/** For whom a command is to read a repository; the folder of the evidence is taken from where the command was started. */
export function readAudience(
  { audience, evidence }: { audience: string; evidence?: string | undefined },
  folder: string,
): Pick<OpenOptions, 'audience' | 'evidence'> {
  if (audience !== 'public' && audience !== 'assessor') throw new UsageError(`There is no audience "${audience}". There are: public, assessor.`);
  if (evidence !== undefined && audience !== 'assessor') throw new UsageError('The option --evidence needs --audience assessor: the public is not shown any.');
  const outside = evidence === undefined ? undefined : resolve(folder, evidence);
  // An unset variable of a script would take the whole repository for evidence.
  if (evidence === '' || (outside !== undefined && `${resolve(folder)}${sep}`.startsWith(outside.endsWith(sep) ? outside : `${outside}${sep}`)))
    throw new UsageError(
      `The option --evidence names ${evidence === '' ? 'nothing' : 'a folder that holds the whole repository'}: name the folder of the evidence index.`,
    );
  return { audience, ...(outside !== undefined && { evidence: outside }) };
}

/** Throws a UsageError where the folder that was named for the evidence is none: what is made from it would lack all evidence. */
export async function requireEvidence({ evidence }: Pick<OpenOptions, 'evidence'>): Promise<void> {
  if (evidence !== undefined && !(await stat(evidence).catch(() => undefined))?.isDirectory())
    throw new UsageError(`There is no folder ${evidence}, which --evidence names.`);
}
