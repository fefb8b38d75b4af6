import { type CertificateChanges, ISSUED, subjectOf } from './certificates.ts';
import { DECLARED, NOT_QUALIFIED, SOFTWARE_SEAL } from './declared-policies.ts';
import { integer, oid } from './der.ts';
import {
  encodeAccess,
  encodeCountries,
  encodeExtKeyUsage,
  encodeFlag,
  encodeIdentMethod,
  encodeKeyUsage,
  encodePsd2,
  encodeQcPds,
  encodeQcType,
  encodeSemantics,
  encodeStatement,
  encodeStatements,
} from './encode-extensions.ts';
import { addSeconds, lastSecond } from './encode-x509.ts';
import { type Mismatch, make, own, policies, row } from './mismatch-cases.ts';

const EXTENSIONS = 'tbsCertificate.extensions';
const STATEMENTS = `${EXTENSIONS}.qcStatements`;
const POLICIES = `${EXTENSIONS}.certificatePolicies`;
const ETSI = { n: '0.4.0.194112.1.0', l: '0.4.0.194112.1.1', nQscd: '0.4.0.194112.1.2', lQscd: '0.4.0.194112.1.3' };

/** QcType whose information is the OID alone, not a list of OIDs. */
const BARE_TYPE = encodeStatement('QcType', oid('0.4.0.1862.1.6.1'));
const [PERSON, COMPANY] = [subjectOf('natural-person-qscd'), subjectOf('legal-person-qscd')];

const { 'natural-person-qscd': SIGNATURE, 'legal-person-qscd': SEAL_DEVICE, 'natural-person': SOFTWARE, website: WEBSITE } = DECLARED;

const ABOUT_QUALIFIED = [
  ...row(
    1,
    'euQualified: true',
    ['411-2:OVR-6.9.4-02', '412-5:QCS-5-01'],
    STATEMENTS,
    { shows: 'no qcStatements', policy: SIGNATURE, make: make({ extensions: { qcStatements: null } }) },
    { shows: 'no QcCompliance', policy: SIGNATURE, make: make({ statements: { QcCompliance: null } }) },
  ),
  ...row(
    2,
    'euQualified: false',
    ['412-5:QCS-4.2.1-01', '412-2:QCS-5.2-2'],
    STATEMENTS,
    { shows: 'QcCompliance without QcCClegislation', policy: NOT_QUALIFIED, make: make({ profile: 'natural-person', extensions: policies(own(3)) }) },
    {
      shows: 'an ETSI OID of a qualified policy',
      policy: NOT_QUALIFIED,
      at: POLICIES,
      make: make({ profile: 'natural-person', extensions: { qcStatements: null, ...policies(own(3), { oid: ETSI.n }) } }),
    },
  ),
  ...row(3, 'euQualified: true', ['412-5:QCS-4.2.4-01'], STATEMENTS, {
    shows: 'QcCClegislation',
    policy: SIGNATURE,
    make: make({ statements: { QcCClegislation: encodeCountries('QcCClegislation', ['CH']) } }),
  }),
  ...row(
    4,
    'qscdRequired: true',
    ['411-2:GEN-6.6.1-03'],
    STATEMENTS,
    { shows: 'no QcSSCD', policy: SIGNATURE, make: make({ statements: { QcSSCD: null } }) },
    { shows: 'no QcSSCD in a seal', policy: SEAL_DEVICE, make: make({ profile: 'legal-person-qscd', statements: { QcSSCD: null } }) },
  ),
  ...row(5, 'qscdRequired: false', ['411-2:GEN-6.6.1-04'], STATEMENTS, {
    shows: 'QcSSCD',
    policy: SOFTWARE,
    make: make({ profile: 'natural-person', statements: { QcSSCD: encodeStatement('QcSSCD') } }),
  }),
];

const ABOUT_POLICY_OIDS = [
  ...row(6, 'policy X', ['412-2:QCS-5.2-2', '412-4:QCS-4.3-1'], POLICIES, {
    shows: 'the ETSI OID of policy Y',
    policy: SIGNATURE,
    make: make({ extensions: policies(own(1), { oid: ETSI.lQscd }) }),
  }),
  ...row(7, 'policy OIDs of the CP', ['412-2:GEN-4.3.3-2', '411-2:GEN-6.6.1-05'], POLICIES, {
    shows: 'none of them',
    policy: SIGNATURE,
    make: make({ extensions: policies({ oid: '1.3.6.1.4.1.99998.1' }, { oid: ETSI.nQscd }) }),
  }),
  ...row(8, 'policy OIDs of the CP', ['412-2:QCS-5.2-1', '411-2:GEN-6.6.1-07'], POLICIES, {
    shows: 'one of them and no ETSI OID',
    verdict: 'warning',
    policy: SIGNATURE,
    make: make({ extensions: policies(own(1)) }),
  }),
  ...row(9, 'one policy', ['412-2:QCS-5.2-1', '412-2:QCS-5.2-2'], POLICIES, {
    shows: 'two ETSI OIDs',
    policy: SIGNATURE,
    make: make({ extensions: policies(own(1), { oid: ETSI.nQscd }, { oid: ETSI.n }) }),
  }),
  ...row(
    10,
    'a seal or web policy',
    ['412-5:QCS-5-01'],
    STATEMENTS,
    { shows: 'no QcType in a seal', policy: SEAL_DEVICE, make: make({ profile: 'legal-person-qscd', statements: { QcType: null } }) },
    { shows: 'no QcType for a website', policy: WEBSITE, make: make({ profile: 'website', statements: { QcType: null } }) },
  ),
  ...row(
    11,
    'any',
    ['412-2:QCS-5.2-2', '412-5:QCS-4.1-04', '412-5:QCS-4.2.3-01'],
    STATEMENTS,
    { shows: 'QcType of another purpose', policy: SIGNATURE, make: make({ statements: { QcType: encodeQcType('eseal') } }) },
    { shows: 'two values in QcType', policy: SIGNATURE, make: make({ statements: { QcType: encodeQcType('esign', 'eseal') } }) },
    { shows: 'a bare OID in QcType', policy: SIGNATURE, make: make({ statements: { QcType: BARE_TYPE } }) },
  ),
  ...row(16, 'QNCP-w', ['411-2:GEN-6.6.1-05'], POLICIES, {
    shows: 'no OID of the CA/Browser Forum',
    policy: WEBSITE,
    make: make({ profile: 'website', extensions: policies(own(4), { oid: '0.4.0.194112.1.5' }) }),
  }),
];

const ABOUT_SUBJECT_AND_USE = [
  ...row(12, 'QCP-n*', ['412-2:NAT-4.2.4-1'], 'tbsCertificate.subject', {
    shows: 'an organisation only',
    policy: SIGNATURE,
    make: make({ subject: COMPANY }),
  }),
  ...row(13, 'QCP-l*', ['412-3:LEG-4.2.1-3'], 'tbsCertificate.subject', {
    shows: 'givenName and surname',
    verdict: 'warning',
    policy: SEAL_DEVICE,
    make: make({ profile: 'legal-person-qscd', subject: { ...COMPANY, givenName: 'Gerda', surname: 'Muster' } }),
  }),
  ...row(
    14,
    'a signature or seal policy',
    ['412-2:NAT-4.3.2-2', '412-3:LEG-4.3.1-3'],
    `${EXTENSIONS}.keyUsage`,
    { shows: 'key usage C', policy: SIGNATURE, make: make({ extensions: { keyUsage: encodeKeyUsage(['digitalSignature']) } }) },
    {
      shows: 'key usage D in a seal',
      policy: SEAL_DEVICE,
      make: make({ profile: 'legal-person-qscd', extensions: { keyUsage: encodeKeyUsage(['digitalSignature', 'keyEncipherment']) } }),
    },
    { shows: 'key usage E', policy: SIGNATURE, make: make({ extensions: { keyUsage: encodeKeyUsage(['keyAgreement']) } }) },
  ),
  ...row(15, 'a signature or seal policy', ['412-5:clause-4.2.3'], `${EXTENSIONS}.extKeyUsage`, {
    shows: 'extended key usage serverAuth',
    verdict: 'warning',
    policy: SIGNATURE,
    make: make({ extensions: { extKeyUsage: encodeExtKeyUsage(['serverAuth']) } }),
  }),
  ...row(17, 'not qualified (NCP+)', [], STATEMENTS, {
    shows: 'a semantics statement only',
    verdict: 'fine',
    policy: NOT_QUALIFIED,
    make: make({
      profile: 'natural-person',
      subject: { ...PERSON, serialNumber: 'PNOAT-481516234298' },
      extensions: { qcStatements: encodeStatements([encodeSemantics('natural')]), ...policies(own(3), { oid: '0.4.0.2042.1.2' }) },
    }),
  }),
];

const CA_ADDRESS = 'http://crt.ets.example/ets-qualified-ca-1.cer';
const HALF_A_DAY = addSeconds(ISSUED, 43_199);
const NO_POINTERS = { cRLDistributionPoints: null, authorityInfoAccess: encodeAccess({ caIssuers: CA_ADDRESS }) };

const ABOUT_STATUS = [
  ...row(
    18,
    'OCSP and CRL offered',
    ['412-2:GEN-4.4.1-5', '412-2:GEN-4.3.11-1'],
    EXTENSIONS,
    {
      shows: 'no OCSP address',
      policy: SIGNATURE,
      at: `${EXTENSIONS}.authorityInfoAccess`,
      make: make({ extensions: { authorityInfoAccess: encodeAccess({ caIssuers: CA_ADDRESS }) } }),
    },
    { shows: 'no CRL address', policy: SIGNATURE, at: `${EXTENSIONS}.cRLDistributionPoints`, make: make({ extensions: { cRLDistributionPoints: null } }) },
  ),
  ...row(
    19,
    'short-term, not revocable',
    ['411-2:CSS-6.3.10-02B', '411-1:GEN-6.6.1-05', '412-2:GEN-4.3.11-2A'],
    EXTENSIONS,
    {
      shows: 'a lifetime of two days',
      policy: SIGNATURE,
      at: 'tbsCertificate.validity',
      make: make({
        notAfter: lastSecond(ISSUED, 2),
        extensions: { ...NO_POINTERS, validityAssuredShortTerm: encodeFlag('validityAssuredShortTerm'), noRevAvail: encodeFlag('noRevAvail') },
      }),
    },
    {
      shows: 'no marker',
      policy: SIGNATURE,
      make: make({ notAfter: HALF_A_DAY, extensions: { ...NO_POINTERS, noRevAvail: encodeFlag('noRevAvail') } }),
    },
    {
      shows: 'no address and no noRevAvail',
      policy: SIGNATURE,
      make: make({
        notAfter: HALF_A_DAY,
        extensions: { ...NO_POINTERS, validityAssuredShortTerm: encodeFlag('validityAssuredShortTerm') },
      }),
    },
  ),
];

/** A seal certificate without a QSCD. */
const makeSeal = ({ statements, ...changes }: CertificateChanges) =>
  make({ profile: 'legal-person-qscd', statements: { QcSSCD: null, ...statements }, extensions: policies(own(2), { oid: ETSI.l }), ...changes });

const ABOUT_STATED_VALUES = [
  ...row(
    20,
    'PDS address, retention years, proofing method',
    ['412-5:QCS-4.3.4-03', '412-5:QCS-4.3.5-02'],
    STATEMENTS,
    {
      shows: 'another PDS address',
      verdict: 'warning',
      policy: SIGNATURE,
      make: make({ statements: { QcPDS: encodeQcPds({ en: 'https://pds.other.example/en.html', de: 'https://pds.other.example/de.html' }) } }),
    },
    {
      shows: 'other retention years',
      verdict: 'warning',
      policy: SIGNATURE,
      make: make({ statements: { QcRetentionPeriod: encodeStatement('QcRetentionPeriod', integer(3)) } }),
    },
    {
      shows: 'another proofing method',
      verdict: 'warning',
      policy: SIGNATURE,
      make: make({ statements: { QcIdentMethod: encodeIdentMethod('0.4.0.1862.1.8.2') } }),
    },
  ),
  ...row(
    21,
    'PSD2 profile',
    ['119-495:GEN-5.1.1', '119-495:GEN-5.2.1-3'],
    STATEMENTS,
    {
      shows: 'no PSD2 statement',
      policy: SOFTWARE_SEAL,
      make: makeSeal({ subject: { ...COMPANY, organizationIdentifier: 'PSDAT-FMA-888883c' } }),
    },
    {
      shows: 'an identifier that is not PSD',
      policy: SOFTWARE_SEAL,
      at: 'tbsCertificate.subject',
      make: makeSeal({ statements: { PSD2: encodePsd2({ oid: '0.4.0.19495.1.2', name: 'PSP_PI' }, { name: 'Finanzmarktaufsicht', id: 'AT-FMA' }) } }),
    },
  ),
  ...row(
    22,
    'a row of CP 7.1',
    ['412-2:GEN-4.3.3-2'],
    EXTENSIONS,
    { shows: 'absent for present', policy: SIGNATURE, at: `${EXTENSIONS}.subjectKeyIdentifier`, make: make({ extensions: { subjectKeyIdentifier: null } }) },
    {
      shows: 'present for absent',
      policy: SIGNATURE,
      at: `${EXTENSIONS}.extKeyUsage`,
      make: make({ extensions: { extKeyUsage: encodeExtKeyUsage(['emailProtection']) } }),
    },
    {
      shows: 'not critical for critical',
      policy: SIGNATURE,
      at: `${EXTENSIONS}.keyUsage`,
      make: make({ extensions: { keyUsage: encodeKeyUsage(['nonRepudiation'], false) } }),
    },
    {
      shows: 'another value',
      policy: SIGNATURE,
      at: `${EXTENSIONS}.keyUsage`,
      make: make({ extensions: { keyUsage: encodeKeyUsage(['digitalSignature', 'nonRepudiation']) } }),
    },
    { shows: 'a day more', policy: SIGNATURE, at: 'tbsCertificate.validity', make: make({ notAfter: lastSecond(ISSUED, 1096) }) },
    {
      shows: 'a second more',
      policy: SIGNATURE,
      at: 'tbsCertificate.validity',
      make: make({ notAfter: addSeconds(ISSUED, 1095 * 86_400) }),
    },
    { shows: 'an attribute too many', policy: SIGNATURE, at: 'tbsCertificate.subject', make: make({ subject: { ...PERSON, pseudonym: 'Geri' } }) },
  ),
];

/** All cases by row, 1 to 22. */
export const MISMATCHES: readonly Mismatch[] = [
  ...ABOUT_QUALIFIED,
  ...ABOUT_POLICY_OIDS,
  ...ABOUT_SUBJECT_AND_USE,
  ...ABOUT_STATUS,
  ...ABOUT_STATED_VALUES,
].sort((a, b) => a.row - b.row);
