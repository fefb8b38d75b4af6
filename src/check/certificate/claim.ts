import type { CertificateFacts } from '../../model/certificate.ts';
import { findExtension } from '../../model/certificate-extension.ts';
import type { JudgedAs } from '../../model/certificate-rule.ts';
import { etsiPolicyOf } from '../../model/etsi-policy-oid.ts';
import { readField } from './fields.ts';

/** What a caller knows about a certificate that it does not say itself, or not reliably. */
export interface Declared {
  /** The ETSI policy to which the CP maps the certificate's own policy OID, or which the certificate is meant for. */
  readonly policy?: JudgedAs | undefined;
  readonly subject?: 'natural' | 'legal' | undefined;
  /** Under whose law it is qualified. */
  readonly legislation?: 'EU' | 'other' | undefined;
  /** It is meant for a payment service provider. */
  readonly psd2?: boolean | undefined;
}

/** What a certificate is judged as. */
export interface Claim {
  readonly policy: JudgedAs;
  /** `declared` by the caller, `asserted` by a policy OID, `presumed` from the statements of the certificate. */
  readonly from: 'declared' | 'asserted' | 'presumed';
  readonly subject: 'natural' | 'legal';
  readonly legislation: 'EU' | 'other';
  readonly psd2: boolean;
}

/** Why nothing of the standard was asked of a certificate. */
export type NotJudged = 'CA certificate' | 'no ETSI policy';

/** Policies whose subject is settled. */
const SUBJECTS: Partial<Record<JudgedAs, Claim['subject']>> = {
  'QCP-n': 'natural',
  'QCP-n-qscd': 'natural',
  'QCP-l': 'legal',
  'QCP-l-qscd': 'legal',
  'QEVCP-w': 'legal',
  EVCP: 'legal',
  OVCP: 'legal',
  IVCP: 'natural',
};

/** What a certificate is to be judged as, or why it is not. */
export function findClaim(facts: CertificateFacts, declared: Declared = {}): Claim | NotJudged {
  if (findExtension(facts, 'basicConstraints')?.value?.cA) return 'CA certificate';
  const asserted = findAsserted(facts);
  const policy = declared.policy ?? asserted ?? presume(facts);
  if (policy === undefined) return 'no ETSI policy';
  const has = (field: string) => readField(facts, field).length > 0;
  return {
    policy,
    from: declared.policy ? 'declared' : asserted ? 'asserted' : 'presumed',
    subject: declared.subject ?? SUBJECTS[policy] ?? (has('subject.person') ? 'natural' : 'legal'),
    legislation: declared.legislation ?? (has('statement.QcCClegislation') && !has('policies.qualified') ? 'other' : 'EU'),
    psd2: declared.psd2 ?? (has('statement.PSD2') || readField(facts, 'subject.organizationIdentifier').some(({ value }) => value.startsWith('PSD'))),
  };
}

/** A policy of EN 319 411-2 before one of EN 319 411-1. */
function findAsserted(facts: CertificateFacts): JudgedAs | undefined {
  const [first] = [...readField(facts, 'policies.qualified'), ...readField(facts, 'policies.reserved')];
  return first && etsiPolicyOf(first.value);
}

const QUALIFIED = /^0\.4\.0\.1862\.1\./;
const TYPES: Readonly<Record<string, readonly [plain: JudgedAs, qscd: JudgedAs]>> = {
  esign: ['QCP-n', 'QCP-n-qscd'],
  eseal: ['QCP-l', 'QCP-l-qscd'],
};

/** The policies of TS 101 456, which EN 319 411-2 replaced in 2016. */
const FORERUNNERS: Readonly<Record<string, JudgedAs>> = { '0.4.0.1456.1.1': 'QCP-n-qscd', '0.4.0.1456.1.2': 'QCP-n' };

/** Without a policy OID of ETSI: whether it is qualified shows in its statements, its policy only in one type for signatures or seals. */
function presume(facts: CertificateFacts): JudgedAs | undefined {
  const [former] = readField(facts, 'policies').flatMap(({ value }) => (Object.hasOwn(FORERUNNERS, value) ? [FORERUNNERS[value]] : []));
  if (former) return former;
  const claimed = readField(facts, 'statements').some(({ value }) => QUALIFIED.test(value));
  if (!claimed) return readField(facts, 'extension.qcStatements').length > 0 ? 'none' : undefined;
  const types = readField(facts, 'QcType').map(({ value }) => value);
  const pair = types.length === 1 ? TYPES[types[0] ?? ''] : undefined;
  return pair ? pair[readField(facts, 'statement.QcSSCD').length > 0 ? 1 : 0] : 'unknown';
}
