import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { findAuthority, readKey } from '../../scripts/example-certificates.ts';
import { PROVIDER } from '../../scripts/example-hierarchy.ts';
import { caAgrees } from '../../src/check/rules/profiles/ca-agrees.ts';
import { crlAgrees } from '../../src/check/rules/profiles/crl-agrees.ts';
import { ocspAgrees } from '../../src/check/rules/profiles/ocsp-agrees.ts';
import { signatureVerifies } from '../../src/check/rules/profiles/signature-verifies.ts';
import { Config } from '../../src/model/config.ts';
import type { Deployed } from '../../src/model/deployed.ts';
import type { Observation, Rule } from '../../src/model/finding.ts';
import { type Instant, midnight } from '../../src/model/time.ts';
import type { VersionEntry } from '../../src/model/version.ts';
import type { DeclaredProfile, Draft, Workspace } from '../../src/model/workspace.ts';
import { readMarkdown } from '../../src/read/markdown.ts';
import { parseProfile } from '../../src/read/profiles.ts';
import { verifyDeployed } from '../../src/read/signature.ts';
import { openWorkspace } from '../../src/read/workspace.ts';
import { readX509 } from '../../src/read/x509/x509.ts';
import { type CertificateChanges, makeCaCertificate, makeCertificate, makeCrl, makeOcspResponse } from '../helpers/certificates.ts';
import type { Octets } from '../helpers/der.ts';
import { encodeAccess, encodeExtension, encodeExtKeyUsage, encodeFlag, encodeName } from '../helpers/encode-extensions.ts';
import { encodeInstant, encodeTbsCrl, encodeTbsResponse, signX509, wrapResponse } from '../helpers/encode-x509.ts';
import { DEFAULT_FILES } from '../helpers/example.ts';
import { makeRepository } from '../helpers/repository.ts';

const read = (path: string): Octets => readFileSync(new URL(`../../content/certificates/${path}`, import.meta.url));
const [ROOT, CA, WEB_CA] = ['ca/ets-root-ca-1.der', 'ca/ets-qualified-ca-1.der', 'ca/ets-qualified-web-ca-1.der'].map(read) as [Octets, Octets, Octets];
const SIGNER = readX509(read('ocsp/ets-qualified-ca-1-ocsp-signer.pem'), '').items[0]?.der as Octets;
const fingerprint = (der: Octets) => createHash('sha256').update(der).digest('hex');

let empty: Workspace;
beforeAll(async () => {
  const repository = await makeRepository();
  await repository.write(DEFAULT_FILES);
  const { workspace } = await openWorkspace(pathToFileURL(`${repository.folder}/`), { now: midnight('2026-11-23', 'Europe/Vienna'), purpose: 'check' });
  empty = { ...workspace, drafts: [] };
  await repository.remove();
});

interface Provider {
  /** By their file names. */
  deployed: Readonly<Record<string, Octets>>;
  profiles?: Readonly<Record<string, string>>;
  practices?: object;
  /** Sections of the CPS, in Markdown. */
  text?: string;
}

/** What a rule says of a provider that has registered nothing yet: where, which requirement, what was seen. */
function look(rule: Rule, provider: Provider): string[] {
  return [...rule.check(makeWorkspace(provider))].map(describeObservation);
}

const describeObservation = ({ at, message, seen, basis, severity }: Observation): string =>
  [[at.file, at.start?.line, at.path].filter(Boolean).join(':'), message, seen, basis?.clause, severity].filter((part) => part !== undefined).join(' | ');

function makeWorkspace({ deployed, profiles = {}, practices = {}, text }: Provider): Workspace {
  const items = Object.entries(deployed).map(([file, der]) => {
    const facts = readX509(der, file).items[0]?.facts;
    if (!facts) throw new Error(`Nothing was read from ${file}.`);
    return { facts, der, sha256: fingerprint(der), place: { file } } satisfies Omit<Deployed, 'signature'>;
  });
  const declared = Object.entries(profiles).flatMap(([id, yaml]): readonly DeclaredProfile[] => {
    const { profiles: found, observations } = parseProfile(yaml, id, `${id}.yaml`);
    if (observations[0]) throw new Error(observations[0].message);
    return found;
  });
  const draft = { id: 'cps', type: 'CPS', file: 'cps.md', language: 'en', sections: readMarkdown(text ?? '', 'cps.md').sections } as unknown as Draft;
  return {
    ...empty,
    config: { ...empty.config, practices: Config.parse({ name: 'A', site: 'https://a.example', timeZone: 'UTC', practices }).practices },
    profiles: declared,
    drafts: text === undefined ? [] : [draft],
    deployed: verifyDeployed(items),
  };
}

const CRL_PROFILE = (hours: number, issuers = '') => `kind: crl
title: CRLs
${issuers}
section: "7.2"
others: [extensions, entries]
rows: [{ id: next-update, field: nextUpdate, value: { atMost: ${hours} } }]
`;

/** A version that is bound to one profile. */
const bind = (version: string, effective: string, digit: string): VersionEntry => ({
  kind: 'version',
  document: 'cps',
  version,
  published: effective as Instant,
  effective: effective as Instant,
  files: {},
  profiles: { crl: { path: 'content/profiles/crl.yaml', sha256: digit.repeat(64) } },
  previous: '',
  digest: version,
  start: { line: 1, column: 1 },
  fields: {},
});

/** A CRL of the root, for so many days. */
function makeRootCrl(nextUpdate: string): Octets {
  const { id, algorithm, commonName } = findAuthority('ets-root-ca-1');
  const thisUpdate = '2026-01-01T00:00:00Z';
  const tbs = encodeTbsCrl({
    algorithm,
    issuer: encodeName({ ...PROVIDER, commonName }),
    thisUpdate,
    nextUpdate,
    revoked: [],
    extensions: [encodeExtension('cRLNumber', new Uint8Array([2, 1, 1]))],
  });
  return signX509(tbs, { key: readKey(id), algorithm });
}

describe('profiles/crl-agrees', () => {
  test('a day to the second keeps to 24 hours, a second more does not', () => {
    const period = (nextUpdate: string) =>
      look(crlAgrees, { deployed: { crl: makeCrl({ thisUpdate: '2026-11-23T06:00:00Z', nextUpdate }) }, profiles: { crl: CRL_PROFILE(24) } });
    expect(period('2026-11-24T06:00:00Z')).toEqual([]);
    expect(period('2026-11-24T06:00:01Z')).toEqual([
      'crl:tbsCertList.nextUpdate | The CRL of ETS Qualified CA 1 is otherwise than the profile "crl" declares in nextUpdate. | 24.00027777777778',
    ]);
  });

  test('the profile of the version in force at thisUpdate counts, on both sides of its change', () => {
    const workspace = (thisUpdate: string) => {
      const made = makeWorkspace({ deployed: { crl: makeCrl({ thisUpdate }) }, profiles: { old: CRL_PROFILE(24), new: CRL_PROFILE(12) } });
      const [old, recent] = made.profiles.map((profile) => ({ ...profile, id: 'crl' })) as [DeclaredProfile, DeclaredProfile];
      const entries = [bind('1.0', '2026-01-01T00:00:00Z', 'a'), bind('2.0', '2026-11-01T00:00:00Z', 'b')];
      return {
        ...made,
        register: { entries, last: undefined },
        boundProfiles: new Map([
          ['a'.repeat(64), recent],
          ['b'.repeat(64), old],
        ]),
      };
    };
    const compare = (thisUpdate: string) => [...crlAgrees.check(workspace(thisUpdate))].map(({ expected }) => expected);
    expect(compare('2025-12-31T23:59:59Z')).toEqual([]);
    expect(compare('2026-10-31T23:59:59Z')).toEqual([expect.stringMatching(/^12 at most; stated by section 7\.2 of cps 1\.0, row next-update in /)]);
    expect(compare('2026-11-01T00:00:00Z')).toEqual([]);
  });

  test('of two profiles for a CA it is enough to keep to one; the profile of another CA does not count', () => {
    const deployed = { crl: makeCrl({ thisUpdate: '2026-11-23T06:00:00Z' }) };
    expect(look(crlAgrees, { deployed, profiles: { full: CRL_PROFILE(24), short: CRL_PROFILE(1) } })).toEqual([]);
    expect(
      look(crlAgrees, { deployed, profiles: { full: CRL_PROFILE(24, 'issuers: [ETS Qualified CA 1]'), other: CRL_PROFILE(1, 'issuers: [ETS Root CA 1]') } }),
    ).toEqual([]);
    expect(look(crlAgrees, { deployed, profiles: { short: CRL_PROFILE(1), other: CRL_PROFILE(2) } })).toHaveLength(1);
  });

  test('a CRL of a CA that certifies CAs lives for a year at most', () => {
    const period = (nextUpdate: string) => look(crlAgrees, { deployed: { root: ROOT, ca: CA, crl: makeRootCrl(nextUpdate) } });
    expect(period('2027-01-02T00:00:00Z')).toEqual([]);
    expect(period('2027-01-02T00:00:01Z')).toEqual([
      'crl:tbsCertList.nextUpdate | The CRL of ETS Root CA 1, which issues certificates of CAs, is valid for more than a year. | 367 days | CSS-6.3.9-12',
    ]);
    expect(period('9999-12-31T23:59:59Z')).toEqual([]);
    expect(look(crlAgrees, { deployed: { root: ROOT, crl: makeRootCrl('2030-01-01T00:00:00Z') } })).toEqual([]);
  });

  test('the practice on expired certificates counts for the newest CRL of a CA that certifies subjects', () => {
    const old = makeCrl({ thisUpdate: '2026-11-22T06:00:00Z', extensions: { expiredCertsOnCRL: null } });
    const deployed = { ca: CA, old, crl: makeCrl({ thisUpdate: '2026-11-23T06:00:00Z' }) };
    expect(look(crlAgrees, { deployed, practices: { expiredCertsOnCrl: 'true' } })).toEqual([]);
    expect(look(crlAgrees, { deployed, practices: { expiredCertsOnCrl: 'false' } })).toEqual([
      'crl:tbsCertList.extensions.expiredCertsOnCRL | The CRL of ETS Qualified CA 1 contradicts the declared practice on certificates that have expired. | the extension expiredCertsOnCRL | CSS-6.3.10-06',
    ]);
    expect(look(crlAgrees, { deployed: { ca: CA, old }, practices: { expiredCertsOnCrl: 'true' } })).toEqual([
      'old:tbsCertList.extensions.expiredCertsOnCRL | The CRL of ETS Qualified CA 1 contradicts the declared practice on certificates that have expired. | no extension expiredCertsOnCRL | CSS-6.3.10-05',
    ]);
    expect(look(crlAgrees, { deployed: { root: ROOT, ca: CA, crl: makeRootCrl('2026-02-01T00:00:00Z') }, practices: { expiredCertsOnCrl: 'true' } })).toEqual(
      [],
    );
    expect(look(crlAgrees, { deployed: { old } })).toEqual([]);
  });

  test('where policies differ in the practice, a CRL can be about either', () => {
    const deployed = { crl: makeCrl({ extensions: { expiredCertsOnCRL: null } }) };
    expect(look(crlAgrees, { deployed, practices: { expiredCertsOnCrl: 'true', byPolicy: { '1.2.3': { expiredCertsOnCrl: 'false' } } } })).toEqual([]);
  });

  test('revoked certificates cannot be kept from an instant on that is still to come', () => {
    const crl = makeCrl({
      thisUpdate: '2026-11-23T06:00:00Z',
      extensions: { expiredCertsOnCRL: encodeExtension('expiredCertsOnCRL', encodeInstant('2026-11-24T00:00:00Z')) },
    });
    expect(look(crlAgrees, { deployed: { crl }, practices: { expiredCertsOnCrl: 'true' } })).toEqual([
      'crl:tbsCertList.extensions.expiredCertsOnCRL | The CRL of ETS Qualified CA 1 keeps revoked certificates from an instant on that comes after the list itself. | 2026-11-24T00:00:00Z',
    ]);
  });

  test('without a profile the period of the text counts, for the CA that it names', () => {
    const crl = makeCrl({ thisUpdate: '2026-11-23T06:00:00Z' });
    const text = (name: string) => `## 4.9.7 CRLs\n\nThe CRL of ${name} has nextUpdate 12 hours after thisUpdate.\n`;
    expect(look(crlAgrees, { deployed: { ca: CA, crl }, text: text('ETS Qualified CA 1') })).toEqual([
      'crl:tbsCertList.nextUpdate | The CRL of ETS Qualified CA 1 is valid for longer than section 4.9.7 of cps states. | 24 hours from thisUpdate to nextUpdate',
    ]);
    expect(look(crlAgrees, { deployed: { root: ROOT, ca: CA, crl }, text: text('ETS Root CA 1') })).toEqual([]);
  });
});

const SIGNER_KEY = readKey('ets-qualified-ca-1-ocsp-signer');
const NO_SUBSCRIBER = { qcStatements: null, certificatePolicies: null, cRLDistributionPoints: null, authorityInfoAccess: null } as const;

/** A certificate for the key of the OCSP signer. */
const makeSigner = (changes: CertificateChanges = {}): Octets =>
  makeCertificate({
    key: SIGNER_KEY,
    subject: { commonName: 'Other signer' },
    ...changes,
    extensions: { ...NO_SUBSCRIBER, extKeyUsage: encodeExtKeyUsage(['OCSPSigning']), ocspNoCheck: encodeFlag('ocspNoCheck'), ...changes.extensions },
  });

/** A response that the CA signs itself. */
function makeOwnResponse(): Octets {
  const { id, algorithm, commonName } = findAuthority('ets-qualified-ca-1');
  const key = readKey(id);
  const issuer = { name: encodeName({ ...PROVIDER, commonName }), key };
  return wrapResponse(
    signX509(encodeTbsResponse({ issuer, responderKey: key, serial: 1n, thisUpdate: '2026-11-23T07:00:00Z', extensions: [] }), { key, algorithm }),
  );
}

describe('profiles/ocsp-agrees', () => {
  const signedBy = (signer: Octets, more: Readonly<Record<string, Octets>> = {}) =>
    look(ocspAgrees, { deployed: { ca: CA, ...more, response: makeOcspResponse({ certificates: [signer] }) } });

  test('a signer certified by the CA of the certificate in question may answer, and so may the CA', () => {
    expect(signedBy(SIGNER)).toEqual([]);
    expect(signedBy(makeSigner())).toEqual([]);
    expect(look(ocspAgrees, { deployed: { ca: CA, response: makeOwnResponse() } })).toEqual([]);
  });

  test('a signer certified by another CA may not', () => {
    expect(signedBy(makeSigner({ profile: 'website' }), { web: WEB_CA })).toEqual([
      'response:basic.responses[0].certID | The signer Other signer answers for a certificate of ETS Qualified CA 1, which did not certify it. | a signer certified by ETS Qualified Web CA 1 | 4.2.2.2',
    ]);
  });

  test('nor one that is not certified for it', () => {
    expect(signedBy(makeSigner({ extensions: { extKeyUsage: null } }))).toEqual([
      'response:basic.responses[0].certID | The signer Other signer of the OCSP response is not certified for that. | a certificate without the purpose OCSPSigning | 4.2.2.2',
    ]);
  });

  test('a signer names no OCSP address, and says that it need not be checked', () => {
    const signer = makeSigner({ extensions: { ocspNoCheck: null, authorityInfoAccess: encodeAccess({ ocsp: 'http://ocsp.ets.example/' }) } });
    expect(signedBy(signer)).toEqual([
      'response:basic.certs[0].tbsCertificate.extensions.ocspNoCheck | The certificate of the OCSP signer Other signer does not say that it need not be checked itself. | no extension id-pkix-ocsp-nocheck | CSS-6.6.3-01A | warning',
      'response:basic.certs[0].tbsCertificate.extensions.authorityInfoAccess[0] | The certificate of the OCSP signer Other signer names an OCSP address itself. | http://ocsp.ets.example/ | CSS-6.6.3-01B',
    ]);
  });

  test('a signer that lies there by itself too is looked at once', () => {
    const signer = makeSigner({ extensions: { ocspNoCheck: null } });
    expect(signedBy(signer, { signer }).map((line) => line.split(' | ')[0])).toEqual(['signer:tbsCertificate.extensions.ocspNoCheck']);
  });

  test('a declared profile says whether the signer needs nocheck', () => {
    const profiles = {
      signer:
        'title: Signers\nsection: "7.1"\nothers: [subject, extensions]\nrows: [{ id: purpose, field: extensions.extKeyUsage, value: { exactly: [OCSPSigning] } }]\n',
    };
    expect(look(ocspAgrees, { deployed: { ca: CA, signer: makeSigner({ extensions: { ocspNoCheck: null } }) }, profiles })).toEqual([]);
    const strict = { signer: profiles.signer.replace('others: [subject, extensions]', 'others: [subject]') };
    expect(look(ocspAgrees, { deployed: { ca: CA, signer: makeSigner() }, profiles: strict }).length).toBeGreaterThan(2);
  });

  test('an archive cutoff against the practice', () => {
    expect(look(ocspAgrees, { deployed: { ca: CA, response: makeOcspResponse({ certificates: [SIGNER] }) }, practices: { archiveCutoff: 'false' } })).toEqual([
      'response:basic.responses[0].extensions.archiveCutoff | The OCSP response about a certificate of ETS Qualified CA 1 contradicts the declared practice on the archive cutoff. | the extension archiveCutoff | CSS-6.3.10-10',
    ]);
  });
});

describe('profiles/ca-agrees', () => {
  const deployed = { 'root.der': ROOT, 'ca.der': CA };
  const colons = (digest: string) => (digest.match(/../g) ?? []).join(':').toUpperCase();
  const wrong = (digest: string) => `${digest.slice(0, -1)}${digest.endsWith('0') ? '1' : '0'}`;
  const [root, ca] = [fingerprint(ROOT), fingerprint(CA)];

  test.each<[string, (digest: string) => string]>([
    ['after its name', (digest) => `The SHA-256 fingerprint of ETS Qualified CA 1 is ${digest}.`],
    ['with colons, as code', (digest) => `The SHA-256 fingerprint of ETS Qualified CA 1 is \`${colons(digest)}\`.`],
    [
      'with spaces, over two lines',
      (digest) =>
        `Fingerprint of ETS Qualified CA 1: ${colons(digest)
          .replaceAll(':', ' ')
          .replace(/^(.{47}) /, '$1\n')}`,
    ],
    ['in a row', (digest) => `| CA | SHA-256 |\n| --- | --- |\n| ETS Root CA 1 | ${root} |\n| ETS Qualified CA 1 | ${digest} |`],
    ['two in a sentence', (digest) => `Fingerprints: ETS Root CA 1 ${root}, ETS Qualified CA 1 ${digest}.`],
    ['named after it', (digest) => `The fingerprint ${digest} is that of ETS Qualified CA 1.`],
    ['in a point of a list', (digest) => `The fingerprints by SHA-256 are:\n\n- ETS Root CA 1: ${root}\n- ETS Qualified CA 1: ${digest}`],
    ['without a name', (digest) => `Compare the fingerprint ${digest} with that of your file.`],
    ['in German', (digest) => `Der Fingerabdruck von ETS Qualified CA 1 ist ${digest}.`],
  ])('a fingerprint %s', (_, write) => {
    const print = (digest: string) => look(caAgrees, { deployed, text: `## 6.1.4 Delivery\n\n${write(digest)}\n` });
    expect(print(ca)).toEqual([]);
    expect(print(wrong(ca))).toEqual([
      expect.stringMatching(
        /^cps\.md:\d+ \| The fingerprint is (not that of the certificate of ETS Qualified CA 1|that of no CA certificate that is deployed)\. \| /,
      ),
    ]);
  });

  test('the fingerprint of another CA is wrong, and what is no fingerprint is passed over', () => {
    const print = (text: string) => look(caAgrees, { deployed, text: `## 6.1.4 Delivery\n\n${text}\n` });
    expect(print(`The SHA-256 fingerprint of ETS Qualified CA 1 is ${root}.`)).toHaveLength(1);
    expect(print(`The report on ETS Qualified CA 1 has the digest ${wrong(root)}.`)).toEqual([]);
    expect(print(`The SHA-256 fingerprint of the public key of ETS Qualified CA 1 is ${wrong(root)}.`)).toEqual([]);
    expect(print(`The fingerprint of ETS Qualified CA 1 is ${root}00.`)).toEqual([]);
  });

  test('after a rollover the fingerprint is that of either certificate', () => {
    const other = makeCaCertificate();
    const print = (digest: string) =>
      look(caAgrees, { deployed: { ...deployed, 'new.der': other }, text: `## 6.1.4 Delivery\n\nFingerprint of ETS Qualified CA 1: ${digest}\n` });
    expect([print(ca), print(fingerprint(other))]).toEqual([[], []]);
    expect(print(root)).toHaveLength(1);
  });

  test('without any CA certificate there is nothing to compare', () => {
    expect(
      look(caAgrees, { deployed: {}, text: `## 6.1.4 Delivery\n\nFingerprint: ${root}\n`, profiles: { crl: CRL_PROFILE(24, 'issuers: [Unknown]') } }),
    ).toEqual([]);
  });
});

describe('profiles/signature-verifies', () => {
  test('a signer that was altered is told where it was sent along', () => {
    const altered = Uint8Array.from(SIGNER);
    altered[altered.length - 1] = (altered.at(-1) as number) ^ 1;
    expect(look(signatureVerifies, { deployed: { root: ROOT, ca: CA, response: makeOcspResponse({ certificates: [altered] }) } })).toEqual([
      expect.stringMatching(
        /^response:basic\.certs \| The certificate of the OCSP signer ETS Qualified CA 1 OCSP Signer 23 has a signature that does not verify\./,
      ),
    ]);
  });

  test('a response that is no answer, and a CA whose issuer profiles/ca-agrees misses', () => {
    expect(look(signatureVerifies, { deployed: { ca: CA, busy: new Uint8Array([0x30, 3, 0x0a, 1, 3]) } })).toEqual([]);
  });
});
