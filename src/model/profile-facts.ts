import { oidOfName } from './oid-name.ts';
import type { Profile, ProfileRow } from './profile.ts';
import type { QualificationFacts } from './qualifier.ts';

/**
 * What is known of every certificate that keeps to a declared profile, for the procedure of TS 119 615: what it requires
 * is there, what it forbids or does not name is not, and what it leaves open is not known.
 */
export function factsOfProfile(profile: Profile): QualificationFacts {
  const isOpen = profile.others.includes('qcStatements');
  const rowOf = (field: string): ProfileRow | undefined => profile.rows.find((row) => row.field === field);
  const has = (field: string): boolean | undefined => presenceOf(rowOf(field), isOpen);
  const [attributes, statements] = [listPresent(profile, 'subject'), listPresent(profile, 'qcStatements')];
  const [policies, usage, purposes] = ['certificatePolicies', 'keyUsage', 'extKeyUsage'].map((name) => valuesOf(rowOf(`extensions.${name}`))) as [
    Values,
    Values,
    Values,
  ];
  return {
    qcCompliance: has('qcStatements.QcCompliance'),
    legislation: has('qcStatements.QcCClegislation'),
    qcTypes: has('qcStatements.QcType') === undefined ? undefined : valuesOf(rowOf('qcStatements.QcType')).present,
    qcSSCD: has('qcStatements.QcSSCD'),
    policies: policies.present,
    keyUsage: usage.present,
    extendedKeyUsage: purposes.present?.map(toOid),
    subjectAttributes: profile.others.includes('subject') ? undefined : attributes.present?.map(toOid),
    qcStatements: isOpen ? undefined : statements.present?.map(toOid),
    mayHave: {
      policies: policies.open,
      keyUsage: usage.open,
      extendedKeyUsage: purposes.open.map(toOid),
      subjectAttributes: attributes.open.map(toOid),
      qcStatements: statements.open.map(toOid),
    },
  };
}

const toOid = (name: string): string => oidOfName(name) ?? name;

function presenceOf(row: ProfileRow | undefined, isOpen: boolean): boolean | undefined {
  if (!row) return isOpen ? undefined : false;
  return row.presence === 'optional' ? undefined : row.presence === 'required';
}

interface Values {
  /** Undefined where nobody can say. */
  present: readonly string[] | undefined;
  open: readonly string[];
}

/** The values that a row gives in so many words. */
function valuesOf(row: ProfileRow | undefined): Values {
  if (!row || row.presence === 'forbidden') return { present: [], open: [] };
  const { exactly, includes, oneOf } = row.value ?? {};
  const all = exactly ?? [...(includes ?? []), ...(oneOf ?? [])];
  if (row.presence === 'optional') return exactly || oneOf ? { present: [], open: all } : { present: undefined, open: [] };
  if (exactly) return { present: exactly, open: [] };
  if (!oneOf) return { present: undefined, open: [] };
  return { present: includes ?? [], open: oneOf };
}

/** The fields of a part that every certificate has, and those that some have. */
function listPresent({ rows }: Profile, part: string): Values {
  const own = rows.filter(({ field }) => field.startsWith(`${part}.`)).map(({ field, presence }) => ({ name: field.slice(part.length + 1), presence }));
  const named = (wanted: string) => own.filter(({ presence }) => presence === wanted).map(({ name }) => name);
  return { present: named('required'), open: named('optional') };
}
