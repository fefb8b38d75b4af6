import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import * as asn1 from '@peculiar/asn1-x509';
import * as x509 from '@peculiar/x509';
import { describe, expect, test } from 'vitest';
import { findPlace } from '../../../src/model/asn1.ts';
import type { CertificateFacts } from '../../../src/model/certificate.ts';
import { findExtension } from '../../../src/model/certificate-extension.ts';
import { type DistinguishedName, shortName } from '../../../src/model/distinguished-name.ts';
import type { QcStatement } from '../../../src/model/qc-statement.ts';
import { readCertificate } from '../../../src/read/x509/certificate.ts';
import { readX509 } from '../../../src/read/x509/x509.ts';
import { readSamples, SAMPLES, type Sample, type SampleFacts } from '../../helpers/certificate-samples.ts';
import { OPENSSL, runOpenssl } from '../../helpers/openssl.ts';

const samples = readSamples();
const { absent, reason } = SAMPLES;

function readOne({ content, file }: Sample): { facts: CertificateFacts; der: Uint8Array } {
  const { items, observations } = readX509(content, file);
  expect(observations).toEqual([]);
  const [item] = items;
  if (items.length !== 1 || item?.facts.kind !== 'certificate') throw new Error(`${file} holds no certificate, or several.`);
  return { facts: item.facts, der: item.der };
}

test.skipIf(absent)(`all 91 samples are read, and are the bytes that the index names${reason}`, () => {
  expect(samples.length).toBe(91);
  const digests = samples.map((sample) => createHash('sha256').update(readOne(sample).der).digest('hex'));
  expect(digests).toEqual(samples.map(({ sha256 }) => sha256));
});

describe.skipIf(absent)(`what others read from the samples${reason}`, () => {
  test('the facts of the index', () => {
    for (const sample of samples)
      expect({ file: sample.file, ...summarise(readOne(sample).facts) }).toEqual({ file: sample.file, ...expectedFacts(sample.facts) });
  });

  test('@peculiar/x509: serial number, names, validity, key, extensions in their order', () => {
    for (const sample of samples) {
      const { facts, der } = readOne(sample);
      const peer = new x509.X509Certificate(Buffer.from(der));
      const parsed = AsnConvert.parse(der, asn1.Certificate);
      expect(facts.serialNumber.hex).toBe(peer.serialNumber);
      expect(facts.validity.notBefore.instant).toBe(peer.notBefore.toISOString().replace('.000', ''));
      expect(facts.validity.notAfter.instant).toBe(peer.notAfter.toISOString().replace('.000', ''));
      expect(listName(facts.subject)).toEqual(listPeerName(parsed.tbsCertificate.subject));
      expect(listName(facts.issuer)).toEqual(listPeerName(parsed.tbsCertificate.issuer));
      expect(facts.version).toBe(parsed.tbsCertificate.version + 1);
      expect(facts.subjectPublicKeyInfo.hex).toBe(toHex(parsed.tbsCertificate.subjectPublicKeyInfo.subjectPublicKey));
      expect(facts.signatureValue).toBe(toHex(parsed.signatureValue));
      const extensions = (parsed.tbsCertificate.extensions ?? []).map(({ extnID, critical, extnValue }) => [extnID, critical, toHex(extnValue.buffer)]);
      expect(facts.extensions.map(({ oid, critical, hex }) => [oid, critical, hex])).toEqual(extensions);
    }
  });

  test('the schemas of @peculiar/asn1-x509: policies with qualifiers, addresses, names, key identifiers', () => {
    for (const sample of samples) {
      const { facts, der } = readOne(sample);
      const extensions = AsnConvert.parse(der, asn1.Certificate).tbsCertificate.extensions ?? [];
      const parse = <T>(id: string, schema: new () => T): T | undefined => {
        const found = extensions.find(({ extnID }) => extnID === id);
        return found && AsnConvert.parse(found.extnValue.buffer, schema);
      };
      const policies = parse(asn1.id_ce_certificatePolicies, asn1.CertificatePolicies);
      expect(findExtension(facts, 'certificatePolicies')?.value?.policies.map(({ oid, qualifiers }) => [oid, qualifiers.length])).toEqual(
        policies?.map(({ policyIdentifier, policyQualifiers }) => [policyIdentifier, policyQualifiers?.length ?? 0]),
      );
      const access = parse(asn1.id_pe_authorityInfoAccess, asn1.AuthorityInfoAccessSyntax);
      expect(findExtension(facts, 'authorityInfoAccess')?.value?.descriptions.map(({ oid, location }) => [oid, 'value' in location && location.value])).toEqual(
        access?.map(({ accessMethod, accessLocation }) => [accessMethod, accessLocation.uniformResourceIdentifier]),
      );
      const points = parse(asn1.id_ce_cRLDistributionPoints, asn1.CRLDistributionPoints);
      expect(
        findExtension(facts, 'cRLDistributionPoints')?.value?.points.map(({ fullName }) => fullName?.map((name) => 'value' in name && name.value)),
      ).toEqual(points?.map(({ distributionPoint }) => distributionPoint?.fullName?.map((name) => name.uniformResourceIdentifier)));
      const names = parse(asn1.id_ce_subjectAltName, asn1.SubjectAlternativeName);
      expect(findExtension(facts, 'subjectAltName')?.value?.names.map((name) => ('value' in name ? name.value : name.kind))).toEqual(
        names?.map(
          (name) => name.dNSName ?? name.rfc822Name ?? name.iPAddress ?? name.uniformResourceIdentifier ?? (name.otherName ? 'otherName' : 'directoryName'),
        ),
      );
      const authority = parse(asn1.id_ce_authorityKeyIdentifier, asn1.AuthorityKeyIdentifier);
      expect(findExtension(facts, 'authorityKeyIdentifier')?.value?.keyIdentifier).toBe(authority?.keyIdentifier && toHex(authority.keyIdentifier.buffer));
    }
  });

  test.skipIf(OPENSSL.absent)(`openssl: serial number, names and validity${OPENSSL.reason}`, () => {
    for (const sample of samples) {
      const { facts } = readOne(sample);
      const args = [
        'x509',
        '-in',
        'FILE',
        '-noout',
        '-serial',
        '-issuer',
        '-subject',
        '-startdate',
        '-enddate',
        '-nameopt',
        'oid,sep_multiline,utf8',
        '-dateopt',
        'iso_8601',
      ];
      const output = runOpenssl(args, sample.content).toString();
      const { notBefore, notAfter } = facts.validity;
      const expected = [
        `serial=${facts.serialNumber.hex.toUpperCase()}`,
        `issuer=${writeName(facts.issuer)}`,
        `subject=${writeName(facts.subject)}`,
        `notBefore=${notBefore.instant?.replace('T', ' ')}`,
        `notAfter=${notAfter.instant?.replace('T', ' ')}`,
      ];
      // An empty name is a line of white space.
      expect(output.replace(/\n +(?=\n)/g, '').trim()).toBe(expected.join('\n'));
    }
  });
});

test.skipIf(absent)(`facts are plain data, and every path in them has its place in the DER${reason}`, () => {
  for (const sample of samples) {
    const { facts, der } = readOne(sample);
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
    const paths = collectPaths(facts);
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((path) => !(path in facts.places))).toEqual([]);
    for (const [path, [offset, length]] of Object.entries(facts.places)) {
      expect(offset + length, path).toBeLessThanOrEqual(der.length);
      const [start, size] = findPlace(facts, path.replace(/(\.[^.]*|\[\d+\])$/, '')) ?? [0, der.length];
      expect(offset >= start && offset + length <= start + size, `${path} lies in its parent`).toBe(true);
    }
  }
});

test.skipIf(absent)(`irregularities of the samples${reason}`, () => {
  const seen = samples.flatMap((sample) =>
    readOne(sample).facts.irregularities.map(({ kind, at, seen }) => `${sample.file}: ${kind} ${at}: ${seen.slice(0, 40)}`),
  );
  expect(seen.sort()).toMatchInlineSnapshot(`
    [
      "dss/cz-creditas-qevcpw-psd2.pem: wrong-size tbsCertificate.extensions.certificatePolicies[0].qualifiers[1].qualifier.explicitText: 216 characters: Tento kvalifikovany cert",
      "pkilint/qcp_n_qscd_eidas_final--empty_qc_statements.pem: empty-list tbsCertificate.extensions.qcStatements: no element",
      "pkilint/qevcp_w_eidas_pre--qctype_bad_encoding.pem: missing-value tbsCertificate.extensions.qcStatements[2]: nothing",
      "pkilint/qevcp_w_non_eidas_pre--none_qctype.pem: empty-list tbsCertificate.extensions.qcStatements[1]: no element",
      "zlint/QcStmtEtsiWrongEncodingLangCodeCert07.pem: wrong-string-type tbsCertificate.extensions.qcStatements[1].locations[0].language: UTF8String",
      "zlint/QcStmtInvalidLimitValue.pem: wrong-size tbsCertificate.extensions.qcStatements[2].currency: 4 characters: EURO",
      "zlint/QcStmtInvalidLimitValue.pem: wrong-size tbsCertificate.extensions.qcStatements[5]: 3",
      "zlint/e_smime_qc_statements_must_not_be_critical_fail.pem: empty-list tbsCertificate.extensions.qcStatements: no element",
      "zlint/qctWithEsealAndWeb.pem: wrong-size tbsCertificate.extensions.qcStatements[1]: 2",
    ]
  `);
});

test.skipIf(absent)(`reading stays readable when anything is taken off the end${reason}`, () => {
  const [sample] = samples;
  if (!sample) return;
  const { der } = readOne(sample);
  for (let length = 0; length < der.length; length += 1) {
    const { items, observations } = readX509(der.slice(0, length), 'cut.der');
    expect([items.length, observations.length]).toEqual([0, 1]);
  }
  expect(() => readCertificate(der.slice(0, 100))).toThrow(/cannot be read/);
});

const toHex = (buffer: ArrayBuffer) => Buffer.from(buffer).toString('hex');

const listName = ({ attributes }: DistinguishedName) => attributes.map(({ rdn, oid, value }) => [rdn, oid, value]);
const listPeerName = (name: asn1.Name) => name.flatMap((rdn, index) => [...rdn].map(({ type, value }) => [index, type, value.toString()]));

const writeName = ({ attributes }: DistinguishedName) =>
  attributes
    .map(({ oid, value }, index) => (index > 0 && attributes[index - 1]?.rdn === attributes[index]?.rdn ? ` + ${oid}=${value}` : `\n    ${oid}=${value}`))
    .join('');

function collectPaths(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(collectPaths);
  if (typeof value !== 'object' || value === null) return [];
  const { at, places: _places, irregularities: _irregularities, ...rest } = value as Record<string, unknown>;
  return [...(typeof at === 'string' ? [at] : []), ...Object.values(rest).flatMap(collectPaths)];
}

const ABBREVIATIONS: Record<string, string> = { organizationIdentifier: 'orgId', emailAddress: 'E', postalCode: 'postal', STREET: 'street' };
const abbreviate = ({ attributes }: DistinguishedName) =>
  attributes.map((attribute) => (attribute.name?.startsWith('jurisdiction') ? attribute.oid : (ABBREVIATIONS[shortName(attribute)] ?? shortName(attribute))));

/** The index writes a single word where QcType cannot be decoded. */
const expectedFacts = ({ qcType, ...facts }: SampleFacts): SampleFacts => ({ ...facts, ...(qcType && { qcType: [qcType].flat() }) });

/** Our facts in the words of the index. */
function summarise(facts: CertificateFacts): SampleFacts {
  const statements = findExtension(facts, 'qcStatements')?.value?.statements;
  const purposes = findExtension(facts, 'extKeyUsage')?.value?.purposes ?? [];
  const cA = findExtension(facts, 'basicConstraints')?.value?.cA;
  return {
    subjectAttributes: abbreviate(facts.subject),
    issuerAttributes: abbreviate(facts.issuer),
    notBefore: facts.validity.notBefore.written,
    notAfter: facts.validity.notAfter.written,
    policies: findExtension(facts, 'certificatePolicies')?.value?.policies.map(({ oid }) => oid) ?? [],
    keyUsage: [...(findExtension(facts, 'keyUsage')?.value?.usages ?? [])].length > 0 ? [...(findExtension(facts, 'keyUsage')?.value?.usages ?? [])] : null,
    extKeyUsage: purposes.map(({ oid }) => oid),
    qcStatements: statements?.map(({ name, oid }) => name ?? oid) ?? null,
    ...Object.assign({}, ...(statements ?? []).map(summariseStatement)),
    ...(cA && { ca: true }),
  };
}

function summariseStatement(statement: QcStatement): Partial<SampleFacts> {
  switch (statement.name) {
    case 'QcType':
      return { qcType: statement.value?.types.map(({ oid, name }) => (['esign', 'eseal', 'web'].includes(name ?? '') ? (name ?? '') : oid)) ?? ['malformed'] };
    case 'QcPDS':
      return { qcPds: statement.value?.locations.map(({ language, url }) => `${language} ${url}`) };
    case 'QcLimitValue':
      return { qcLimitValue: `${statement.value?.currency} ${statement.value?.amount} ${statement.value?.exponent}` };
    case 'QcRetentionPeriod':
      return { qcRetentionPeriod: statement.value?.years };
    case 'QcCClegislation':
      return { qcCClegislation: [...(statement.value?.countries ?? [])] };
    case 'QcQSCDlegislation':
      return { qcQSCDlegislation: [...(statement.value?.countries ?? [])] };
    case 'QcIdentMethod':
      return { qcIdentMethod: statement.value?.methods.map(({ oid }) => oid) };
    case 'pkixQCSyntax-v2':
      return statement.value?.semanticsIdentifier ? { semanticsIdentifiers: [statement.value.semanticsIdentifier.oid] } : {};
    default:
      return {};
  }
}
