import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { sharedFile } from './shared.ts';

/** What somebody else read from a certificate, in the words of ../shared/certificates/index.yaml. */
export interface SampleFacts {
  subjectAttributes: string[];
  issuerAttributes: string[];
  notBefore: string;
  notAfter: string;
  policies: string[];
  keyUsage: string[] | null;
  extKeyUsage: string[];
  qcStatements: string[] | null;
  qcType?: string[];
  qcPds?: string[];
  qcLimitValue?: string;
  qcRetentionPeriod?: number;
  qcCClegislation?: string[];
  qcQSCDlegislation?: string[];
  qcIdentMethod?: string[];
  semanticsIdentifiers?: string[];
  ca?: boolean;
}

export interface Sample {
  file: string;
  sha256: string;
  facts: SampleFacts;
  content: Uint8Array;
}

export const SAMPLES = sharedFile('certificates');

/** The certificates of ../shared/certificates with their index; empty where it is absent. */
export function readSamples(): Sample[] {
  if (SAMPLES.absent) return [];
  const { certificates } = parse(readFileSync(`${SAMPLES.path}/index.yaml`, 'utf8')) as { certificates: Omit<Sample, 'content'>[] };
  return certificates.map((entry) => ({ ...entry, content: readFileSync(`${SAMPLES.path}/${entry.file}`) }));
}
