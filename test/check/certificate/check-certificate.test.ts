import { describe, expect, test } from 'vitest';
import { checkCertificate } from '../../../src/check/certificate/check-certificate.ts';
import type { Declared } from '../../../src/check/certificate/claim.ts';
import { compileCertificateStandards } from '../../../src/read/certificate-catalogues.ts';
import { PERSONS } from './cases-of-persons.ts';
import { OTHERS } from './cases-of-websites.ts';
import { makeFacts, type Overrides, PROFILES } from './made-up.ts';

const standards = await compileCertificateStandards();

/** What weighs more than a remark, as `severity requirement`, each once. */
function judge(profile: string, overrides: Overrides = {}, declared?: Declared): string[] {
  const { findings } = checkCertificate(makeFacts(profile, overrides), standards, declared);
  return [...new Set(findings.filter(({ severity }) => severity !== 'info').map(({ severity, requirement }) => `${severity} ${requirement}`))];
}

test.each(Object.keys(PROFILES))('nothing is wrong with the certificate of %s, and its policy is seen', (profile) => {
  expect(judge(profile)).toEqual([]);
  expect(checkCertificate(makeFacts(profile), standards)).toMatchObject({ judged: true, claim: { policy: profile, from: 'asserted' } });
});

const CASES = { ...PERSONS, ...OTHERS };

describe.each(Object.entries(CASES))('%s', (_standard, cases) => {
  const rows = cases.map(([what, profile, overrides, found, declared]) => ({ what, profile, overrides, found, declared }));
  test.each(rows)('$what ($profile)', ({ profile, overrides, found, declared }) => {
    expect(judge(profile, overrides, declared).sort()).toEqual([...found].sort());
  });
});

test('every requirement that has checks is broken by a case above, remarks apart', () => {
  const broken = new Set(Object.values(CASES).flatMap((cases) => cases.flatMap(([, , , found = []]) => found.map((finding) => finding.split(' ')[1]))));
  const remarksOnly = ['412-2:GEN-4.2.3.1-3', '412-2:NAT-4.2.4-2', '412-2:NAT-4.2.4-15', '412-4:WEB-4.1.2-3', '412-4:WEB-4.1.4-5'];
  const all = standards.standards.flatMap(({ short, rules }) => rules.map(({ id }) => `${short}:${id}`));
  expect(all.filter((requirement) => !broken.has(requirement))).toEqual(remarksOnly);
});
