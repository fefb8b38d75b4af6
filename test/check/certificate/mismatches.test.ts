import { expect, test } from 'vitest';
import { checkCertificate } from '../../../src/check/certificate/check-certificate.ts';
import { compileCertificateStandards } from '../../../src/read/certificate-catalogues.ts';
import { readCertificateFacts } from '../../helpers/certificates.ts';
import { MISMATCHES } from '../../helpers/mismatches.ts';

const standards = await compileCertificateStandards();
/** Rows that only the front matter, the CPS or a declared profile can decide, and the one where nothing is wrong. */
const OF_THE_TEXT = new Set([2, 7, 17, 18, 20, 22]);
const cases = MISMATCHES.filter(({ row }) => !OF_THE_TEXT.has(row)).map(({ row, shows, requirements, policy, make }) => ({
  row,
  shows,
  requirements,
  policy,
  make,
}));

test.each(cases)('row $row of what a mismatch looks like, $shows: the standard alone finds it', ({ requirements, policy, make }) => {
  const { findings } = checkCertificate(readCertificateFacts(make()), standards, policy.conformsTo && { policy: policy.conformsTo });
  const found = findings.filter(({ severity }) => severity !== 'info').map(({ basis }) => basis.clause ?? '');
  const wanted = requirements.map((requirement) => requirement.replace(/^.*:/, ''));
  expect(found.filter((id) => wanted.includes(id))).not.toEqual([]);
});
