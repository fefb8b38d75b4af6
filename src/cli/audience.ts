import { resolve } from 'node:path';
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
  return { audience, ...(evidence !== undefined && { evidence: resolve(folder, evidence) }) };
}
