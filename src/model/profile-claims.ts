import type { Policy } from './document.ts';
import { ETSI_POLICY_OIDS, etsiPolicyOf, isQualifiedPolicy, qcTypeOf } from './etsi-policy-oid.ts';
import type { Citation } from './finding.ts';
import type { Profile, ProfileRow } from './profile.ts';

/** A claim of the front matter on which a declared profile says otherwise. */
export interface ProfileContradiction {
  /** The row that says so; undefined where the profile has none for the field. */
  row: ProfileRow | undefined;
  field: string;
  seen: string;
  expected: string;
  basis: Citation;
  /** Where it is not an error. */
  severity?: 'warning';
}

/** Sets of key usages that EN 319 412-2, 4.3.2, allows in signature certificates, and 412-3 in seal certificates. */
const SIGNING: readonly (readonly string[])[] = [
  ['nonRepudiation'],
  ['digitalSignature', 'nonRepudiation'],
  ['digitalSignature', 'keyEncipherment', 'nonRepudiation'],
  ['digitalSignature', 'keyAgreement', 'nonRepudiation'],
];

const STATEMENTS: Citation = { standard: 'ETSI EN 319 412-5', edition: 'V2.5.1', clause: '5' };
const inPart2 = (clause: string): Citation => ({ standard: 'ETSI EN 319 411-2', edition: 'V2.6.1', clause });

/** Compares what the front matter says of a policy with the profile that it names: certificates made by the one would contradict the other. */
export function compareProfileToPolicy(profile: Profile, policy: Policy): readonly ProfileContradiction[] {
  return [...compareQualified(profile, policy), ...compareDevice(profile, policy), ...comparePolicies(profile, policy), ...comparePurpose(profile, policy)];
}

const find = ({ rows }: Profile, field: string): ProfileRow | undefined => rows.find((row) => row.field === field);
const describe = (row: ProfileRow | undefined): string => row?.presence ?? 'no row';

function* compareQualified(profile: Profile, { qualified, conformsTo }: Policy): Iterable<ProfileContradiction> {
  const compliance = find(profile, 'qcStatements.QcCompliance');
  const legislation = find(profile, 'qcStatements.QcCClegislation');
  const common = { row: compliance, field: 'qcStatements.QcCompliance', seen: describe(compliance) };
  if (qualified && compliance?.presence !== 'required') {
    yield { ...common, expected: 'required, for the front matter says that certificates are EU qualified', basis: inPart2('OVR-6.9.4-02') };
  }
  if (qualified && legislation && legislation.presence !== 'forbidden') {
    const expected = 'forbidden, for the front matter says that certificates are EU qualified';
    yield { row: legislation, field: legislation.field, seen: legislation.presence, expected, basis: STATEMENTS };
  }
  const elsewhere = legislation?.presence === 'required';
  if (!qualified && conformsTo !== undefined && compliance && compliance.presence !== 'forbidden' && !elsewhere) {
    yield { ...common, expected: 'forbidden, for the front matter does not say that certificates are EU qualified', basis: STATEMENTS };
  }
}

function* compareDevice(profile: Profile, { qscd, conformsTo }: Policy): Iterable<ProfileContradiction> {
  const required = qscd?.required ?? conformsTo?.endsWith('-qscd');
  if (required === undefined) return;
  const row = find(profile, 'qcStatements.QcSSCD');
  const common = { row, field: 'qcStatements.QcSSCD', seen: describe(row) };
  if (required && row?.presence !== 'required') {
    yield { ...common, expected: 'required, for the policy requires a QSCD', basis: inPart2('GEN-6.6.1-03') };
  }
  if (!required && row && row.presence !== 'forbidden') {
    yield { ...common, expected: 'forbidden, for the policy requires no QSCD', basis: inPart2('GEN-6.6.1-04') };
  }
}

/** Only lists say for certain which policies stand in the certificates: `exactly` and `includes`. */
function* comparePolicies(profile: Profile, { oid, conformsTo }: Policy): Iterable<ProfileContradiction> {
  const row = find(profile, 'extensions.certificatePolicies');
  const listed = row?.presence === 'required' ? (row.value?.exactly ?? row.value?.includes ?? []) : [];
  const common = { row, field: 'extensions.certificatePolicies', seen: listed.join(', ') || describe(row), basis: inPart2('GEN-6.6.1-05') };
  if (!listed.includes(oid)) yield { ...common, expected: `required, with a list that holds ${oid}, the OID of the policy` };
  if (conformsTo === undefined) return;
  const own = ETSI_POLICY_OIDS[conformsTo];
  if (isQualifiedPolicy(own) && !listed.includes(own)) {
    const basis =
      qcTypeOf(conformsTo) === 'web'
        ? { standard: 'ETSI EN 319 412-4', edition: 'V1.4.1', clause: 'QCS-4.3-1' }
        : { standard: 'ETSI EN 319 412-2', edition: 'V2.5.1', clause: 'QCS-5.2-1' };
    yield { ...common, basis, severity: 'warning', expected: `a list that holds ${own} too, for the policy conforms to ${conformsTo}` };
  }
  for (const other of listed) {
    if (other === own || !isQualifiedPolicy(other)) continue;
    yield { ...common, seen: `${other} (${etsiPolicyOf(other) ?? 'unknown'})`, expected: `no other policy of EN 319 411-2 than ${own} (${conformsTo})` };
  }
}

function* comparePurpose(profile: Profile, { conformsTo }: Policy): Iterable<ProfileContradiction> {
  const purpose = qcTypeOf(conformsTo);
  if (purpose === undefined) return;
  const type = find(profile, 'qcStatements.QcType');
  const values = type?.presence === 'forbidden' ? undefined : (type?.value?.exactly ?? type?.value?.oneOf);
  const because = `for the policy conforms to ${conformsTo}`;
  if ((values && values.join() !== purpose) || (purpose !== 'esign' && type?.presence !== 'required')) {
    const seen = [describe(type), values?.join(', ')].filter(Boolean).join(': ');
    yield { row: type, field: 'qcStatements.QcType', seen, expected: `required: exactly ${purpose}, ${because}`, basis: STATEMENTS };
  }
  const usage = find(profile, 'extensions.keyUsage');
  const usages = usage?.value?.exactly;
  if (purpose === 'web' || !usages || SIGNING.some((set) => set.join() === [...usages].sort().join())) return;
  const part = purpose === 'esign' ? { standard: 'ETSI EN 319 412-2', clause: 'NAT-4.3.2-2' } : { standard: 'ETSI EN 319 412-3', clause: 'LEG-4.3.1-3' };
  const expected = `nonRepudiation, alone or with digitalSignature and one of keyEncipherment and keyAgreement, ${because}`;
  yield { row: usage, field: 'extensions.keyUsage', seen: usages.join(', '), expected, basis: { ...part, edition: purpose === 'esign' ? 'V2.5.1' : 'V1.4.1' } };
}
