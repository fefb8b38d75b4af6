import { describe, expect, test } from 'vitest';
import { checkCertificate } from '../../../src/check/certificate/check-certificate.ts';
import type { Declared } from '../../../src/check/certificate/claim.ts';
import { compileCertificateStandards } from '../../../src/read/certificate-catalogues.ts';
import { extension, sequence, TRUE } from '../../helpers/der.ts';
import { processorTime } from '../../helpers/processor-time.ts';
import { crl, makeFacts, type Overrides, pds, policies, QC, qcType, semantics, statement } from './made-up.ts';

const standards = await compileCertificateStandards();

/** What weighs more than a remark, as `severity requirement`, each once. */
function judge(profile: string, overrides: Overrides = {}, declared?: Declared): string[] {
  const { findings } = checkCertificate(makeFacts(profile, overrides), standards, declared);
  return [...new Set(findings.filter(({ severity }) => severity !== 'info').map(({ severity, requirement }) => `${severity} ${requirement}`))];
}

describe('what a certificate is judged as', () => {
  const basic = (...cA: Uint8Array[]) => extension('2.5.29.19', sequence(...cA), TRUE);

  test('a CA certificate is not judged', () => {
    expect(checkCertificate(makeFacts('QCP-n', { extensions: { basic: basic(TRUE) } }), standards)).toEqual({
      judged: false,
      reason: 'CA certificate',
      findings: [],
    });
    expect(judge('QCP-n', { extensions: { basic: basic() } })).toEqual([]);
  });

  test('one that is not qualified and names no policy of ETSI is not judged', () => {
    const foreign = makeFacts('QCP-n', {
      subject: { countryName: undefined },
      extensions: { certificatePolicies: policies('1.2.3'), qcStatements: undefined },
    });
    expect(checkCertificate(foreign, standards)).toEqual({ judged: false, reason: 'no ETSI policy', findings: [] });
  });

  test('with a policy of its own alone, it is presumed from the statements, with warnings at most where the policy decides', () => {
    const own = { extensions: { certificatePolicies: policies('1.2.3'), authorityInfoAccess: undefined }, statements: { QcPDS: pds(['http://a.at', 'en']) } };
    expect(checkCertificate(makeFacts('QCP-l-qscd', own), standards)).toMatchObject({ claim: { policy: 'QCP-l-qscd', from: 'presumed' } });
    expect(judge('QCP-l-qscd', own)).toEqual(['warning 412-2:GEN-4.4.1-2', 'warning 412-2:QCS-5.2-1', 'error 412-5:QCS-4.3.4-03']);
    expect(judge('QCP-l-qscd', own, { policy: 'QCP-l-qscd' })).toEqual(['error 412-2:GEN-4.4.1-2', 'warning 412-2:QCS-5.2-1', 'error 412-5:QCS-4.3.4-03']);
  });

  test('from before 2016-07 it gets remarks alone, and its policy may be one of TS 101 456', () => {
    const old = makeFacts('QCP-n', {
      validity: ['150101000000Z', '171231235959Z'],
      subject: { countryName: undefined },
      extensions: { certificatePolicies: policies('0.4.0.1456.1.1'), authorityInfoAccess: undefined },
      statements: { QcType: undefined },
    });
    const judgement = checkCertificate(old, standards);
    expect(judgement).toMatchObject({ judged: true, claim: { policy: 'QCP-n-qscd', from: 'presumed' } });
    expect(new Set(judgement.findings.map(({ severity }) => severity))).toEqual(new Set(['info']));
    expect(judgement.findings.find(({ requirement }) => requirement === '412-2:GEN-4.4.1-2')?.because).toBe(
      'The certificate is from before 2016-07-01, when this began to bind.',
    );
  });

  test('two types and a statement twice bind from their own dates', () => {
    const before: Overrides = { validity: ['230101000000Z', '240101000000Z'], statements: { QcType: qcType(1, 1), again: statement(`${QC}.1`) } };
    expect(judge('QCP-n', before)).toEqual([]);
    expect(judge('QCP-n', { ...before, validity: ['250101000000Z', '260101000000Z'] })).toEqual(['error 412-5:clause-4.2.3']);
    expect(judge('QCP-n', { ...before, validity: ['260601000000Z', '270101000000Z'] })).toEqual(['error 412-5:QCS-4.1-02A', 'error 412-5:clause-4.2.3']);
  });

  test('says by which editions it was judged, and which of them are younger', () => {
    const judgement = checkCertificate(makeFacts('QCP-n', { validity: ['260601000000Z', '270101000000Z'] }), standards);
    const editions = judgement.judged ? judgement.judgedBy : [];
    expect(editions.map(({ standard, edition, publishedLater }) => `${standard} ${edition}${publishedLater ? ', later' : ''}`)).toEqual([
      'ETSI EN 319 412-1 V1.7.1',
      'ETSI EN 319 412-2 V2.5.1, later',
      'ETSI EN 319 412-3 V1.4.1, later',
      'ETSI EN 319 412-4 V1.4.1',
      'ETSI EN 319 412-5 V2.6.1',
      'ETSI EN 319 411-2 V2.6.1',
      'ETSI EN 319 411-1 V1.5.1',
      'ETSI TS 119 495 V1.8.1',
    ]);
  });
});

test('a finding names field, octets, what was seen and what was expected', () => {
  const { findings } = checkCertificate(makeFacts('QCP-n', { statements: { QcPDS: pds(['http://a.at', 'en']) } }), standards);
  expect(findings).toMatchInlineSnapshot(`
    [
      {
        "at": "tbsCertificate.extensions.qcStatements[2].locations[0].url",
        "basis": {
          "clause": "QCS-4.3.4-03",
          "edition": "V2.6.1",
          "standard": "ETSI EN 319 412-5",
        },
        "expected": "an address with https",
        "message": "In tbsCertificate.extensions.qcStatements[2].locations[0].url there is http://a.at where QCS-4.3.4-03 expects an address with https.",
        "place": [
          620,
          13,
        ],
        "requirement": "412-5:QCS-4.3.4-03",
        "seen": "http://a.at",
        "severity": "error",
      },
    ]
  `);
});

test('a certificate made to go wrong everywhere gives a bounded answer in bounded time', () => {
  const many = (count: number, make: (index: number) => Uint8Array) => Array.from({ length: count }, (_, index) => make(index));
  const used = processorTime();
  const { findings } = checkCertificate(
    makeFacts('QCP-n', {
      subject: { serialNumber: 'A'.repeat(100_000), commonName: Array.from({ length: 500 }, (_, index) => String(index)) },
      extensions: { crl: crl(...Array.from({ length: 5000 }, () => `http://${'a-'.repeat(20)}.internal`)) },
      statements: { semantics: semantics(1), ...Object.fromEntries(many(2000, () => qcType(9)).map((part, index) => [`s${index}`, part])) },
    }),
    standards,
  );
  expect(findings.length).toBeLessThanOrEqual(500);
  expect(used()).toBeLessThan(5000);
});
