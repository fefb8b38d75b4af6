import { describe, expect, test } from 'vitest';
import type { CertificateFinding } from '../../../src/check/certificate/certificate-finding.ts';
import { checkCertificate } from '../../../src/check/certificate/check-certificate.ts';
import { compileCertificateStandards } from '../../../src/read/certificate-catalogues.ts';
import { readX509 } from '../../../src/read/x509/x509.ts';
import { declare, type JudgedSample, readSamples, SAMPLES } from '../../helpers/certificate-samples.ts';
import { NOT_OBSERVED, NOT_REPORTED, OURS_ALONE, requirementsOf } from './peers.ts';

const { absent, reason } = SAMPLES;

const samples = readSamples();
const standards = await compileCertificateStandards();

function judge(sample: JudgedSample): readonly CertificateFinding[] {
  const [item] = readX509(sample.content, sample.file).items;
  if (item?.facts.kind !== 'certificate') throw new Error(`${sample.file} holds no certificate.`);
  return checkCertificate(item.facts, standards, declare(sample)).findings;
}

const judged = samples.map((sample) => ({ sample, findings: judge(sample), errors: judge(sample).filter(({ severity }) => severity === 'error') }));
const isError = ({ severity }: { severity: string }) => severity === 'ERROR' || severity === 'FATAL' || severity === 'error';

/** A sample's errors of the peer, each with whether we have it under its requirement; a finding of ours stands for one of theirs. */
const compared = judged.flatMap(({ sample, errors }) => {
  const left = [...errors];
  return (sample.expected ?? []).filter(isError).map(({ code }) => {
    const index = left.findIndex(({ requirement }) => requirementsOf(code).includes(requirement));
    if (index >= 0) left.splice(index, 1);
    return { sample, code, reported: index >= 0 };
  });
});

test.skipIf(absent)(`every finding of a peer belongs to a requirement of ours${reason}`, () => {
  const known = new Set(standards.standards.flatMap(({ short, rules }) => rules.map(({ id }) => `${short}:${id}`)));
  const codes = new Set(samples.flatMap(({ expected }) => (expected ?? []).map(({ code }) => code)));
  expect([...codes].filter((code) => !requirementsOf(code).some((requirement) => known.has(requirement)))).toEqual([]);
});

describe.skipIf(absent)(`agreement with peers${reason}`, () => {
  test('every error of a peer is reported under its requirement, or listed with a reason', () => {
    const missed = compared.filter(({ reported }) => !reported).map(({ sample, code }) => ({ file: sample.file, code }));
    const listed = NOT_REPORTED.map(({ file, code }) => ({ file: samples.find((sample) => sample.file.endsWith(file))?.file, code }));
    expect(missed.map(write).sort()).toEqual(listed.map(write).sort());
  });

  test('no error on a certificate in which the peer finds none, unless listed with a reason', () => {
    const alone = judged
      .filter(({ sample }) => !(sample.expected ?? []).some(isError) && !(sample.observations ?? []).some(isError))
      .flatMap(({ sample, errors }) => [...new Set(errors.map(({ requirement }) => requirement))].map((requirement) => ({ file: sample.file, requirement })));
    const unlisted = alone.filter(({ file, requirement }) => !OURS_ALONE.some((item) => file.endsWith(item.file) && item.requirement === requirement));
    expect(unlisted).toEqual([]);
  });

  test('real certificates show what the index observed', () => {
    const missed = judged.flatMap(({ sample, findings }) =>
      (sample.observations ?? [])
        .filter((seen) => !findings.some(({ requirement, severity }) => requirement === seen.requirement && severity === seen.severity))
        .map(({ requirement }) => ({ file: sample.file, requirement })),
    );
    expect(missed.filter(({ file, requirement }) => !NOT_OBSERVED.some((item) => file.endsWith(item.file) && item.requirement === requirement))).toEqual([]);
  });

  test('real certificates have no other errors than those observed, unless listed with a reason', () => {
    const others = judged
      .filter(({ sample }) => sample.peer === 'none')
      .flatMap(({ sample, errors }) =>
        errors
          .filter(({ requirement }) => !(sample.observations ?? []).some((seen) => seen.requirement === requirement))
          .map(({ requirement }) => ({ file: sample.file, requirement })),
      );
    expect(others.filter(({ file, requirement }) => !OURS_ALONE.some((item) => file.endsWith(item.file) && item.requirement === requirement))).toEqual([]);
  });

  test('the table of agreement, printed', () => {
    const table = writeTable();
    console.log(table);
    expect(table.split('\n').at(-1)).toBe(
      `all errors of peers: ${compared.length}, reported: ${compared.length - NOT_REPORTED.length}, missed: ${NOT_REPORTED.length}`,
    );
  });
});

const write = ({ file, code }: { file: string | undefined; code: string }) => `${file} ${code}`;

function writeTable(): string {
  const lines = ['peer     family                 files  expected  reported  missed  extra errors on clean files'];
  for (const peer of ['pkilint', 'zlint', 'none'] as const) {
    for (const family of [...new Set(samples.filter((sample) => sample.peer === peer).map((sample) => sample.family))].sort()) {
      const files = judged.filter(({ sample }) => sample.peer === peer && sample.family === family);
      const expected = compared.filter(({ sample }) => sample.peer === peer && sample.family === family);
      const clean = files.filter(({ sample }) => ![...(sample.expected ?? []), ...(sample.observations ?? [])].some(isError));
      const reported = expected.filter((item) => item.reported).length;
      const extra = clean.reduce((sum, { errors }) => sum + new Set(errors.map(({ requirement }) => requirement)).size, 0);
      lines.push(
        `${peer.padEnd(8)} ${family.padEnd(22)} ${String(files.length).padStart(5)} ${String(expected.length).padStart(9)} ${String(reported).padStart(9)} ${String(expected.length - reported).padStart(7)} ${String(extra).padStart(6)}`,
      );
    }
  }
  const reported = compared.filter((item) => item.reported).length;
  return [...lines, `all errors of peers: ${compared.length}, reported: ${reported}, missed: ${compared.length - reported}`].join('\n');
}
