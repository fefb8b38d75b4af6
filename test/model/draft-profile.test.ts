import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CertificateFacts } from '../../src/model/certificate.ts';
import { compareToProfile } from '../../src/model/compare-profile.ts';
import { draftFromSamples, isAuthority } from '../../src/model/draft-profile.ts';
import type { Profile } from '../../src/model/profile.ts';
import { writeDraft } from '../../src/model/write-draft.ts';
import { parseProfile } from '../../src/read/profiles.ts';
import { readX509 } from '../../src/read/x509/x509.ts';
import { type CertificateChanges, makeCaCertificate, makeCertificate, readCertificateFacts } from '../helpers/certificates.ts';
import { extension, NULL, TRUE } from '../helpers/der.ts';
import { encodeExtKeyUsage, encodeHostNames, encodeKeyUsage, encodeQcPds } from '../helpers/encode-extensions.ts';
import { SHARED, sharedFile } from '../helpers/shared.ts';

const WISHES = { section: '7.1' };

function readCertificates(folder: string): CertificateFacts[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(pem|crt|cer|der)$/.test(file));
  return files.flatMap((file) => readX509(readFileSync(`${folder}/${file}`), file).items.flatMap(({ facts }) => (facts.kind === 'certificate' ? [facts] : [])));
}

function parse(text: string): Profile {
  const { profiles, observations } = parseProfile(text, 'draft', 'draft.yaml');
  const [profile] = profiles;
  if (!profile) throw new Error(JSON.stringify(observations));
  return profile;
}

const draft = (...samples: readonly CertificateFacts[]): string => writeDraft(draftFromSamples(samples, WISHES));
const make = (changes: CertificateChanges = {}): CertificateFacts => readCertificateFacts(makeCertificate(changes));
const rowOf = (text: string, field: string) => parse(text).rows.find((row) => row.field === field);
const deviations = (facts: CertificateFacts, text: string) => compareToProfile(facts, parse(text)).map(({ kind, field }) => `${kind} ${field}`);

describe('every sample keeps to its draft', () => {
  const { absent, reason } = sharedFile('certificates');

  test.skipIf(absent)(`certificates of many issuers, alone and in groups${reason}`, { timeout: 60_000 }, () => {
    const all = readCertificates(`${SHARED}/certificates`);
    const subscribers = all.filter((facts) => !isAuthority(facts));
    expect(all).toHaveLength(91);
    expect(subscribers.length).toBeGreaterThan(80);
    for (const facts of all) expect(deviations(facts, draft(facts))).toEqual([]);
    const groups = fc.uniqueArray(fc.constantFrom(...subscribers), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(groups, (samples) => {
        const profile = parse(draft(...samples));
        return samples.every((facts) => compareToProfile(facts, profile).length === 0);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  test('the samples of the example, by policy', () => {
    const samples = readCertificates('content/certificates/samples').filter((facts) => !isAuthority(facts));
    const byPolicy = Map.groupBy(samples, (facts) => draftFromSamples([facts], WISHES).policy);
    expect([...byPolicy.keys()].sort()).toEqual([1, 2, 3, 4].map((number) => `1.3.6.1.4.1.99999.1.2.${number}`));
    for (const group of byPolicy.values()) {
      const text = draft(...group);
      for (const facts of group) expect(deviations(facts, text)).toEqual([]);
    }
  });

  test('texts in names end no line of the draft', () => {
    const texts = ['x\nrows: []', 'a: "b" # c', "'", '- id: x', '\u2028\u0085\u007f\u0000', '{ }, [ ]', '*', '\ud83d\ude00', 'true', ' ', '\\'];
    for (const text of texts) {
      const facts = make({ issuer: { countryName: 'AT', organizationName: text, commonName: text }, subject: { commonName: text } });
      expect(deviations(facts, draft(facts))).toEqual([]);
      expect(rowOf(draft(facts), 'issuer.commonName')?.value?.exactly).toEqual([text]);
    }
  });
});

describe('a draft is as narrow as its samples are alike', () => {
  test('what all have is required, what some have is optional', () => {
    const with_ = make();
    const without = make({ extensions: { authorityInfoAccess: null }, serial: 5n });
    expect(rowOf(draft(with_), 'extensions.authorityInfoAccess')?.presence).toBe('required');
    expect(rowOf(draft(with_, without), 'extensions.authorityInfoAccess')?.presence).toBe('optional');
    expect(deviations(without, draft(with_))).toContain('absent extensions.authorityInfoAccess');
  });

  test('another key usage, an extension more and a longer validity deviate', () => {
    const text = draft(make());
    const other = make({
      extensions: { keyUsage: encodeKeyUsage(['digitalSignature']), extKeyUsage: encodeExtKeyUsage(['emailProtection']) },
      notAfter: '2031-10-01T08:00:00Z',
    });
    expect(deviations(other, text).sort()).toEqual(['unlisted extensions.extKeyUsage', 'value extensions.keyUsage', 'value validity']);
  });

  test('values that differ are those seen, with what they have in common', () => {
    const text = draft(make(), make({ extensions: { keyUsage: encodeKeyUsage(['nonRepudiation', 'digitalSignature']) } }));
    expect(rowOf(text, 'extensions.keyUsage')?.value).toEqual({ includes: ['nonRepudiation'], oneOf: ['digitalSignature', 'nonRepudiation'] });
  });

  test('criticality that differs is not said', () => {
    const text = draft(make(), make({ extensions: { keyUsage: encodeKeyUsage(['nonRepudiation'], false) } }));
    expect(rowOf(text, 'extensions.keyUsage')).not.toHaveProperty('critical');
    expect(text).toContain('# in all 2 samples; critical in 1 of them');
  });

  test('an extension without a name has its OID, and its criticality', () => {
    const facts = make({ extensions: { noRevAvail: extension('1.3.6.1.4.1.99999.9', NULL, TRUE) } });
    expect(rowOf(draft(facts), 'extensions.1.3.6.1.4.1.99999.9')).toMatchObject({ id: '1-3-6-1-4-1-99999-9', critical: true });
  });

  test('addresses of one host have a form; a number sign in them stands for itself', () => {
    const pds = (path: string) => ({ statements: { QcPDS: encodeQcPds({ en: `https://repository.ets.example/pds#a/${path}` }) } });
    const [first, second, foreign] = [
      make(pds('1.pdf')),
      make(pds('2.pdf')),
      make({ statements: { QcPDS: encodeQcPds({ en: 'https://other.example/x.pdf' }) } }),
    ];
    expect(rowOf(draft(first, second), 'qcStatements.QcPDS')?.value).toEqual({ like: ['en https://repository.ets.example/pds?a/*'], countAtMost: 1 });
    expect(deviations(foreign, draft(first, second))).toEqual(['value qcStatements.QcPDS']);
  });

  test('the longest validity is rounded up to days, and a second too many is told', () => {
    const text = draft(make({ notBefore: '2026-10-01T08:00:00Z', notAfter: '2027-10-01T08:00:00Z' }));
    expect(rowOf(text, 'validity')?.value?.atMost).toBe(366);
    expect(text).toContain('the longest has 365 days and one second');
  });

  test('the policy is the one that is neither of ETSI nor of the CA/Browser Forum', () => {
    expect(parse(draft(make({ profile: 'website' }))).policy).toBe('1.3.6.1.4.1.99999.1.2.4');
    expect(parse(draft(make({ extensions: { certificatePolicies: null } }))).policy).toBeUndefined();
  });
});

test('nobody who is in a sample is in the draft', () => {
  const subject = { countryName: 'AT', givenName: 'Gisela', surname: 'Geheim', serialNumber: 'PNOAT-0815471199', commonName: 'Gisela Geheim' };
  const samples = [1n, 2n].map((serial) => make({ subject, serial, extensions: { subjectAltName: encodeHostNames(['geheim.example']) } }));
  for (const text of [draft(...samples), draft(...samples.slice(1))]) {
    expect(text).not.toMatch(/Gisela|Geheim|0815471199/i);
    expect(rowOf(text, 'subject.serialNumber')?.value?.like).toEqual(['PNO??-*']);
  }
});

test('a CA certificate is drafted with its name', () => {
  const facts = readCertificateFacts(makeCaCertificate());
  expect(deviations(facts, draft(facts))).toEqual([]);
  expect(rowOf(draft(facts), 'subject.commonName')?.value).toEqual({ exactly: ['ETS Qualified CA 1'] });
});
