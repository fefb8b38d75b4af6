import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Declared } from '../../src/check/certificate/claim.ts';
import type { JudgedAs } from '../../src/model/certificate-rule.ts';
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

/** With what others say about it. */
export interface JudgedSample extends Sample {
  type: string;
  policy: string;
  legislation: string;
  family: string;
  peer: 'pkilint' | 'zlint' | 'none';
  expected?: { code: string; severity: string }[];
  observations?: { requirement: string; severity: string }[];
}

export const SAMPLES = sharedFile('certificates');

/** The certificates of ../shared/certificates with their index; empty where it is absent. */
export function readSamples(): JudgedSample[] {
  if (SAMPLES.absent) return [];
  const { certificates } = parse(readFileSync(`${SAMPLES.path}/index.yaml`, 'utf8')) as { certificates: Omit<JudgedSample, 'content'>[] };
  return certificates.map((entry) => ({ ...entry, content: readFileSync(`${SAMPLES.path}/${entry.file}`) }));
}

/** What its peer was told about a sample: pkilint gets the type of a certificate; zlint goes by the certificate. */
export function declare({ peer, type, policy, legislation }: JudgedSample): Declared | undefined {
  if (peer !== 'pkilint') return undefined;
  const subject = /LEGAL/.test(type) ? 'legal' : /NATURAL|-IV-/.test(type) ? 'natural' : undefined;
  return { policy: policy as JudgedAs, legislation: legislation === 'third country' ? 'other' : 'EU', psd2: /PSD2/.test(type), ...(subject && { subject }) };
}
