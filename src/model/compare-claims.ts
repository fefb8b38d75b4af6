import type { CertificateFacts } from './certificate.ts';
import { findExtension } from './certificate-extension.ts';
import type { Policy } from './document.ts';
import { ETSI_POLICY_OIDS, isQualifiedPolicy, qcTypeOf } from './etsi-policy-oid.ts';
import type { QcStatement, QcStatementName } from './qc-statement.ts';

/** What the front matter says of a policy. */
export type ClaimName = 'qualified' | 'qscd' | 'conformsTo';

/** A claim of a policy that a certificate issued under it contradicts. */
export interface ClaimDeviation {
  claim: ClaimName;
  severity: 'error' | 'warning';
  /** Path in the certificate; of what is absent, where it would stand. */
  at: string;
  seen: string;
  expected: string;
  /** The requirement that ties text and certificate together, with its standard's short name. */
  requirement: string;
}

const STATEMENTS = 'tbsCertificate.extensions.qcStatements';
const POLICIES = 'tbsCertificate.extensions.certificatePolicies';

/**
 * Compares what the front matter says of a policy with a certificate that names the policy's OID: qualified and
 * QcCompliance, QSCD and QcSSCD, the ETSI policy and its OID and QcType. Not for CA certificates.
 */
export function compareClaims(facts: CertificateFacts, policy: Policy): readonly ClaimDeviation[] {
  const statements = findExtension(facts, 'qcStatements')?.value?.statements ?? [];
  return [
    ...compareQualified(statements, policy),
    ...compareDevice(statements, policy),
    ...compareEtsiPolicy(facts, policy),
    ...comparePurpose(statements, policy),
  ];
}

const find = <Name extends QcStatementName>(statements: readonly QcStatement[], name: Name) =>
  statements.find((statement): statement is Extract<QcStatement, { name: Name }> => statement.name === name);

function* compareQualified(statements: readonly QcStatement[], { qualified, conformsTo }: Policy): Iterable<ClaimDeviation> {
  const compliance = find(statements, 'QcCompliance');
  const legislation = find(statements, 'QcCClegislation');
  if (qualified && !compliance) {
    yield { ...claim('qualified', '411-2:OVR-6.9.4-02'), at: STATEMENTS, seen: 'no QcCompliance', expected: 'QcCompliance, as the policy is EU qualified' };
  }
  if (qualified && legislation) {
    const seen = `QcCClegislation ${legislation.value?.countries.join(', ') ?? ''}`.trim();
    yield { ...claim('qualified', '412-5:QCS-4.2.4-01'), at: legislation.at, seen, expected: 'no QcCClegislation, as the policy is EU qualified' };
  }
  if (!qualified && compliance && !legislation && conformsTo !== undefined) {
    yield {
      ...claim('qualified', '412-5:QCS-4.2.1-01'),
      at: compliance.at,
      seen: 'QcCompliance',
      expected: 'none, as the policy does not say that it is EU qualified',
    };
  }
}

function* compareDevice(statements: readonly QcStatement[], { qscd, conformsTo }: Policy): Iterable<ClaimDeviation> {
  const required = qscd?.required ?? conformsTo?.endsWith('-qscd');
  if (required === undefined) return;
  const device = find(statements, 'QcSSCD');
  if (required && !device) {
    yield { ...claim('qscd', '411-2:GEN-6.6.1-03'), at: STATEMENTS, seen: 'no QcSSCD', expected: 'QcSSCD, as the policy requires a QSCD' };
  }
  if (!required && device) {
    yield { ...claim('qscd', '411-2:GEN-6.6.1-04'), at: device.at, seen: 'QcSSCD', expected: 'no QcSSCD, as the policy requires no QSCD' };
  }
}

function* compareEtsiPolicy(facts: CertificateFacts, { oid, conformsTo }: Policy): Iterable<ClaimDeviation> {
  if (conformsTo === undefined) return;
  const own = ETSI_POLICY_OIDS[conformsTo];
  const listed = findExtension(facts, 'certificatePolicies')?.value?.policies ?? [];
  const foreign = listed.filter((item) => item.oid !== own && item.oid !== oid && isQualifiedPolicy(item.oid));
  for (const item of foreign) {
    yield {
      ...claim('conformsTo', qcTypeOf(conformsTo) === 'web' ? '412-4:QCS-4.3-1' : '412-2:QCS-5.2-2'),
      at: item.at,
      seen: `${item.name ?? 'policy'} (${item.oid})`,
      expected: `${own} only, as the policy conforms to ${conformsTo}`,
    };
  }
  if (foreign.length === 0 && isQualifiedPolicy(own) && !listed.some((item) => item.oid === own)) {
    const expected = `${own} beside it, as the policy conforms to ${conformsTo}`;
    yield {
      ...claim('conformsTo', qcTypeOf(conformsTo) === 'web' ? '412-4:QCS-4.3-1' : '412-2:QCS-5.2-1'),
      severity: 'warning',
      at: POLICIES,
      seen: `${oid} alone`,
      expected,
    };
  }
}

function* comparePurpose(statements: readonly QcStatement[], { conformsTo }: Policy): Iterable<ClaimDeviation> {
  const purpose = qcTypeOf(conformsTo);
  const type = find(statements, 'QcType');
  // EN 319 412-5 leaves it optional for natural persons.
  if (purpose && purpose !== 'esign' && !type) {
    yield {
      ...claim('conformsTo', '412-5:QCS-5-01'),
      at: STATEMENTS,
      seen: 'no QcType',
      expected: `QcType ${purpose}, as the policy conforms to ${conformsTo}`,
    };
  }
  if (!purpose || !type?.value) return;
  const types = type.value.types.map(({ name, oid }) => name ?? oid);
  if (types.length === 1 && types[0] === purpose) return;
  yield {
    ...claim('conformsTo', purpose === 'web' ? '412-4:QCS-4.2-1' : '412-2:QCS-5.2-2'),
    at: type.at,
    seen: `QcType ${types.join(', ') || 'without a value'}`,
    expected: `QcType ${purpose}, as the policy conforms to ${conformsTo}`,
  };
}

const claim = (name: ClaimName, requirement: string) => ({ claim: name, severity: 'error' as const, requirement });
