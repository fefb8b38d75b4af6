import type { CertificateFacts } from './certificate.ts';
import { findExtension } from './certificate-extension.ts';
import type { CriteriaList, Criterion, Qualification } from './trusted-list.ts';

/**
 * What is known of a certificate, or of all certificates under a declared profile, for the procedure of TS 119 615.
 * What is undefined is not known: a criterion that asks for it is neither met nor missed.
 */
export interface QualificationFacts {
  qcCompliance?: boolean | undefined;
  /** QcCClegislation: qualified under another law than that of the EU. */
  legislation?: boolean | undefined;
  qcTypes?: readonly string[] | undefined;
  qcSSCD?: boolean | undefined;
  policies?: readonly string[] | undefined;
  keyUsage?: readonly string[] | undefined;
  /** OIDs. */
  extendedKeyUsage?: readonly string[] | undefined;
  subjectAttributes?: readonly string[] | undefined;
  qcStatements?: readonly string[] | undefined;
  /** What a declared profile leaves open: some of its certificates have it. */
  mayHave?: Readonly<Partial<Record<ListedFact, readonly string[]>>>;
}

/** Facts that are lists, of which criteria ask whether something is among them. */
type ListedFact = 'policies' | 'keyUsage' | 'extendedKeyUsage' | 'subjectAttributes' | 'qcStatements';

/** What a certificate says; everything is known of it. */
export function factsOfCertificate(facts: CertificateFacts): QualificationFacts {
  const statements = findExtension(facts, 'qcStatements')?.value?.statements ?? [];
  const types = statements.flatMap((statement) => (statement.name === 'QcType' ? (statement.value?.types ?? []) : []));
  return {
    qcCompliance: statements.some(({ name }) => name === 'QcCompliance'),
    legislation: statements.some(({ name }) => name === 'QcCClegislation'),
    qcTypes: types.map(({ name, oid }) => name ?? oid),
    qcSSCD: statements.some(({ name }) => name === 'QcSSCD'),
    policies: (findExtension(facts, 'certificatePolicies')?.value?.policies ?? []).map(({ oid }) => oid),
    keyUsage: findExtension(facts, 'keyUsage')?.value?.usages ?? [],
    extendedKeyUsage: (findExtension(facts, 'extKeyUsage')?.value?.purposes ?? []).map(({ oid }) => oid),
    subjectAttributes: facts.subject.attributes.map(({ oid }) => oid),
    qcStatements: statements.map(({ oid }) => oid),
  };
}

/** Undefined: not known. */
export type Truth = boolean | undefined;

/** What was captured from the qualifications of a service, and what could not be decided. */
export interface Captured {
  qualifiers: readonly string[];
  /** Qualifiers whose criteria ask for what is not known. */
  undecided: readonly { qualifiers: readonly string[]; missing: readonly string[]; line: number }[];
}

/** The qualifiers that hold for a certificate: those of every element whose criteria it meets (TS 119 615, 4.4; TS 119 612, 5.5.9.2). */
export function captureQualifiers(qualifications: readonly Qualification[], facts: QualificationFacts): Captured {
  const judged = qualifications.map((qualification) => ({ ...qualification, truth: meets(qualification.criteria, facts) }));
  return {
    qualifiers: [...new Set(judged.flatMap(({ truth, qualifiers }) => (truth ? qualifiers : [])))],
    undecided: judged.flatMap(({ truth, qualifiers, criteria, line }) =>
      truth === undefined ? [{ qualifiers, missing: listMissing(criteria, facts), line }] : [],
    ),
  };
}

/** Whether a certificate meets a criterion: true, false, or not known. A set without members asks for nothing, and holds. */
export function meets(criterion: Criterion, facts: QualificationFacts): Truth {
  switch (criterion.kind) {
    case 'list':
      return combine(
        criterion.assert,
        criterion.criteria.map((member) => meets(member, facts)),
      );
    case 'keyUsage':
      return combine(
        'all',
        criterion.bits.map(({ name, value }) => isEqual(isAmong(facts, 'keyUsage', name, sameUsage), value)),
      );
    case 'unknown':
      return undefined;
    default: {
      const fact = FACT[criterion.kind];
      return combine(
        'all',
        criterion.oids.map((oid) => isAmong(facts, fact, oid)),
      );
    }
  }
}

const isEqual = (truth: Truth, value: boolean): Truth => (truth === undefined ? undefined : truth === value);

/** Whether something is in a listed fact; not known where nobody says, or where a profile leaves it open. */
function isAmong(facts: QualificationFacts, fact: ListedFact, wanted: string, same = (one: string, other: string) => one === other): Truth {
  const present = facts[fact];
  if (!present) return undefined;
  if (present.some((one) => same(one, wanted))) return true;
  return facts.mayHave?.[fact]?.some((one) => same(one, wanted)) ? undefined : false;
}

const FACT = {
  policies: 'policies',
  extendedKeyUsage: 'extendedKeyUsage',
  subjectAttributes: 'subjectAttributes',
  qcStatements: 'qcStatements',
} as const satisfies Record<string, ListedFact>;

/** TS 119 612 writes `crlSign`, X.509 `cRLSign`; the newer name of nonRepudiation is contentCommitment. */
const sameUsage = (usage: string, name: string): boolean => plainUsage(usage) === plainUsage(name);
const plainUsage = (name: string): string => (/^contentcommitment$/i.test(name) ? 'nonrepudiation' : name.toLowerCase());

/** Three-valued: what is not known decides nothing unless the others decide alone. */
function combine(assert: CriteriaList['assert'], truths: readonly Truth[]): Truth {
  if (assert === 'all') return truths.includes(false) ? false : truths.includes(undefined) ? undefined : true;
  const some = truths.includes(true) ? true : truths.includes(undefined) ? undefined : false;
  return assert === 'atLeastOne' || some === undefined ? some : !some;
}

/** What a list of criteria asks for and nobody declared. */
export function listMissing(criterion: Criterion, facts: QualificationFacts): readonly string[] {
  const asked = (one: Criterion): readonly string[] => {
    if (one.kind === 'list') return one.criteria.flatMap(asked);
    if (one.kind === 'unknown') return [one.name];
    return meets(one, facts) === undefined ? [one.kind] : [];
  };
  return [...new Set(asked(criterion))];
}
