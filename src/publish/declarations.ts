import type { DeclarationChange } from '../model/change.ts';
import type { FrontMatter, Policy } from '../model/document.ts';

/**
 * What two texts of one document declare differently in their front matter: facts of the document first, then policies in
 * the newer text's order, then those that only the older one has. Values are plain English words, the same in every
 * language (`required`, `not required`, `subject`); `describeDeclaration` puts them into words for people.
 *
 * A policy that only one text has is one change, `policy` with its name; its other facts are not repeated. The order of
 * policies, the sections where statements stand (they are addresses, and follow every renumbering), version, status and
 * dates are no declarations. Where one text has no front matter there is nothing to compare, and nothing is told.
 */
export function compareDeclarations(before: FrontMatter | undefined, after: FrontMatter | undefined): readonly DeclarationChange[] {
  if (!before || !after) return [];
  const older = byOid(before.policies);
  const newer = byOid(after.policies);
  return [
    ...DOCUMENT_FIELDS.flatMap((field) => tell({ field }, before[field], after[field])),
    ...[...newer].flatMap(([key, policy]) => comparePolicy(older.get(key), policy)),
    ...[...older].flatMap(([key, policy]) => (newer.has(key) ? [] : comparePolicy(policy, undefined))),
  ];
}

const DOCUMENT_FIELDS = ['type', 'title', 'language'] as const;

const POLICY_FIELDS: readonly (readonly [field: DeclarationChange['field'], read: (policy: Policy) => string | undefined])[] = [
  ['name', ({ name }) => name],
  ['conformsTo', ({ conformsTo }) => conformsTo],
  ['qualified', ({ qualified }) => qualified && 'stated'],
  ['qscd', ({ qscd }) => qscd && (qscd.required ? 'required' : 'not required')],
  ['qscdManagedBy', ({ qscd }) => qscd?.managedBy],
  ['profile', ({ profile }) => profile],
];

/** Should one text list an OID twice, the first is compared with the first, the second with the second. */
function byOid(policies: readonly Policy[]): ReadonlyMap<string, Policy> {
  const found = new Map<string, Policy>();
  for (const policy of policies) {
    let key = policy.oid;
    while (found.has(key)) key += '+';
    found.set(key, policy);
  }
  return found;
}

function comparePolicy(before: Policy | undefined, after: Policy | undefined): DeclarationChange[] {
  const oid = (after ?? before)?.oid ?? '';
  if (!before || !after) return tell({ oid, field: 'policy' }, before?.name, after?.name);
  return POLICY_FIELDS.flatMap(([field, read]) => tell({ oid, field }, read(before), read(after)));
}

function tell(about: Pick<DeclarationChange, 'oid' | 'field'>, before: string | undefined, after: string | undefined): DeclarationChange[] {
  return before === after ? [] : [{ ...about, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

/** Words in which changed declarations are told. */
export interface DeclarationWords {
  added(oid: string, name: string): string;
  removed(oid: string, name: string): string;
  /** Before a fact of a policy: which one it is about. */
  policy(oid: string): string;
  fields: Readonly<Record<Exclude<DeclarationChange['field'], 'policy'>, string>>;
  /** Values that are words for something; any other value is printed as it is. */
  values: Readonly<Record<string, string>>;
  notStated: string;
}

const en: DeclarationWords = {
  added: (oid, name) => `policy added: ${oid} (${name})`,
  removed: (oid, name) => `policy removed: ${oid} (${name})`,
  policy: (oid) => `policy ${oid}, `,
  fields: {
    name: 'name',
    conformsTo: 'conforms to',
    qualified: 'EU qualified',
    qscd: 'QSCD',
    qscdManagedBy: 'QSCD managed by',
    profile: 'certificate profile',
    title: 'title',
    type: 'type of document',
    language: 'language',
  },
  values: { stated: 'stated', required: 'required', 'not required': 'not required', subject: 'the subject', tsp: 'the provider' },
  notStated: 'not stated',
};

const de: DeclarationWords = {
  added: (oid, name) => `Richtlinie hinzugefügt: ${oid} (${name})`,
  removed: (oid, name) => `Richtlinie entfernt: ${oid} (${name})`,
  policy: (oid) => `Richtlinie ${oid}, `,
  fields: {
    name: 'Name',
    conformsTo: 'entspricht',
    qualified: 'EU-qualifiziert',
    qscd: 'QSCD',
    qscdManagedBy: 'QSCD verwaltet durch',
    profile: 'Zertifikatsprofil',
    title: 'Titel',
    type: 'Art des Dokuments',
    language: 'Sprache',
  },
  values: { stated: 'erklärt', required: 'erforderlich', 'not required': 'nicht erforderlich', subject: 'den Inhaber', tsp: 'den Anbieter' },
  notStated: 'nicht erklärt',
};

const columns: Readonly<Record<string, DeclarationWords>> = { en, de };

/** The words of a language; English where there is no column for it. */
export function declarationWords(language: string): DeclarationWords {
  const name = language.split('-')[0] ?? '';
  return Object.hasOwn(columns, name) ? (columns[name] ?? en) : en;
}

/** Fields whose values are words of this file's own; in the others a title or name may happen to be one of them. */
const WORDED: readonly DeclarationChange['field'][] = ['qualified', 'qscd', 'qscdManagedBy'];

/** One changed declaration for people, without a full stop: `policy 1.3.6…, QSCD: not required → required`. */
export function describeDeclaration(change: DeclarationChange, words: DeclarationWords = en): string {
  const { oid, field, before, after } = change;
  if (field === 'policy') return after === undefined ? words.removed(oid ?? '', before ?? '') : words.added(oid ?? '', after);
  const show = (value: string | undefined) => (value === undefined ? words.notStated : ((WORDED.includes(field) ? words.values[value] : undefined) ?? value));
  return `${oid === undefined ? '' : words.policy(oid)}${words.fields[field]}: ${show(before)} → ${show(after)}`;
}
