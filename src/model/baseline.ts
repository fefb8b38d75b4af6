import { z } from 'zod';
import type { Point } from './finding.ts';
import { RepositoryPath } from './version.ts';

/** `cartulary-baseline.yaml`: old debt by rule and file; each finding by its fingerprint, with its message for people. */
export const BaselineFile = z.array(
  z.strictObject({
    rule: z.string().regex(/^[a-z-]+\/[a-z-]+$/, 'expected a rule such as "form/dates-agree"'),
    file: RepositoryPath,
    findings: z
      .record(z.string(), z.string())
      .refine((findings) => Object.keys(findings).every((key) => /^[0-9a-f]{16}$/.test(key)), 'expected messages by fingerprints of 16 hexadecimal digits'),
  }),
);

/** Findings of one rule in one file that are counted and not told. */
export interface BaselineGroup {
  rule: string;
  file: string;
  /** Messages by fingerprint. */
  findings: ReadonlyMap<string, string>;
  /** Where the group stands in the baseline's own file. */
  at: Point | undefined;
}

export type Baseline = readonly BaselineGroup[];

/** The path of the baseline in every repository. */
export const BASELINE = 'cartulary-baseline.yaml';
