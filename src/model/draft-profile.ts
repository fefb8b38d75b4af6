import type { CertificateFacts } from './certificate.ts';
import { type Extension, findExtension } from './certificate-extension.ts';
import { attributeValues } from './distinguished-name.ts';
import { decideValue, isWritable } from './draft-value.ts';
import { OID } from './oid.ts';
import { plural } from './plural.ts';
import type { OpenPart, ProfileRow, ProfileValue } from './profile.ts';
import { type FieldSight, fieldsWithin, holderOf, isField, listOpenFields, readField } from './profile-field.ts';

/** A row of a draft: as a profile has it, and what somebody should know who decides about it. */
export interface DraftRow {
  field: string;
  presence?: ProfileRow['presence'];
  critical?: boolean | undefined;
  value?: ProfileValue | undefined;
  comment: string;
}

/** Something that a source says and a draft cannot take over. */
export interface NotTaken {
  /** What it is called where it stands. */
  name: string;
  seen: string;
  /** The line of the source, counted from 1. */
  line?: number | undefined;
}

/** A profile as somebody could declare it, drafted from certificates or from the settings of a CA. */
export interface Draft {
  title: string;
  policy?: string | undefined;
  issuers: readonly string[];
  section: string;
  others: readonly OpenPart[];
  rows: readonly DraftRow[];
  /** What it was drafted from, and what is to be done with it: lines above it. */
  head: readonly string[];
  notUnderstood: readonly NotTaken[];
  /** More lines below it. */
  tail: readonly string[];
}

/** What the settings of a CA say of its certificates. */
export interface DraftSource {
  rows: readonly DraftRow[];
  /** The policies that certificates have. */
  policies: readonly string[];
  others: readonly OpenPart[];
  notUnderstood: readonly NotTaken[];
  /** What else somebody should know who reads the draft. */
  tail: readonly string[];
}

/** What one certificate, or one set of settings, says of each field. */
export type SeenFields = ReadonlyMap<string, FieldSight>;

const FIXED = ['version', 'serialNumber', 'signatureAlgorithm'];

/** Whether an object identifier is a policy of ETSI, of the CA/Browser Forum, or any policy: none that names a provider's own profile. */
const isCommonPolicy = (oid: string): boolean => /^(0\.4\.0|2\.23\.140)\.|^2\.5\.29\.32\.0$/.test(oid);

/** The policies of a certificate that are the provider's own, in their order. */
export function ownPolicies(facts: CertificateFacts): readonly string[] {
  const policies = findExtension(facts, 'certificatePolicies')?.value?.policies ?? [];
  return policies.map(({ oid }) => oid).filter((oid) => !isCommonPolicy(oid));
}

/** Of policy OIDs, the first that is the provider's own. */
const firstOwnPolicy = (oids: readonly string[]): string | undefined => oids.find((oid) => OID.test(oid) && !isCommonPolicy(oid));

export const isAuthority = (facts: CertificateFacts): boolean => findExtension(facts, 'basicConstraints')?.value?.cA === true;

/** A certificate's fields, in the order in which a profile has its rows. */
function listFields(facts: CertificateFacts): string[] {
  const open = listOpenFields(facts).map(({ field }) => field);
  const extensions = open.filter((field) => field.startsWith('extensions.'));
  const statements = open.filter((field) => field.startsWith('qcStatements.'));
  return [
    ...FIXED,
    ...facts.issuer.attributes.map(({ name, oid }) => `issuer.${name ?? oid}`),
    'validity',
    'subjectPublicKey',
    ...open.filter((field) => field.startsWith('subject.')),
    ...extensions.flatMap((field) => [field, ...fieldsWithin(field), ...(field === 'extensions.qcStatements' ? statements : [])]),
  ];
}

function readFields(facts: CertificateFacts, fields: readonly string[]): SeenFields {
  const sights = new Map<string, FieldSight>();
  for (const field of fields) {
    const sight = isField('certificate', field) ? readField(facts, field) : undefined;
    if (sight) sights.set(field, sight);
  }
  return sights;
}

/** The fields of extensions and of their parts, as `readField` reads them from a certificate that has these extensions. */
export function readExtensionFields(extensions: readonly Extension[]): SeenFields {
  const nobody = { at: '', attributes: [] };
  // Fields of extensions are read from nothing else of a certificate.
  const facts = { kind: 'certificate', extensions, subject: nobody, issuer: nobody } as Partial<CertificateFacts> as CertificateFacts;
  return readFields(
    facts,
    listFields(facts).filter((field) => /^(extensions|qcStatements)\./.test(field)),
  );
}

/** What a draft shall say that samples do not. */
export interface DraftWishes {
  title?: string | undefined;
  policy?: string | undefined;
  section: string;
}

/**
 * Drafts the profile to which all samples keep: what all have is required, what some have is optional, and values are as narrow as
 * the samples are alike. What identifies a subscriber is not taken over: of it, only the form and the count are.
 */
export function draftFromSamples(samples: readonly CertificateFacts[], { title, policy, section }: DraftWishes): Draft {
  const seen = samples.map((facts) => readFields(facts, listFields(facts)));
  const fields = orderFields(seen.map((sights) => [...sights.keys()]));
  const personal = !samples.every(isAuthority);
  const own = policy ?? samples.map(ownPolicies).reduce((common, more) => common.filter((oid) => more.includes(oid)))[0];
  return {
    title: title ?? (own ? `Certificates under ${own}` : 'Certificates as the samples are'),
    policy: own,
    issuers: listIssuers(samples),
    section,
    others: samples.some((facts) => listFields(facts).some((field) => !isField('certificate', field))) ? ['subject', 'extensions', 'qcStatements'] : [],
    rows: fields.map((field) =>
      draftRow(
        field,
        seen.map((sights) => sights.get(field)),
        personal,
      ),
    ),
    head: [
      `Drafted from ${plural(samples.length, 'certificate')}. A draft says what was seen, not what shall be: read each row against the text`,
      'of the section that states it, and take the comments out when it holds.',
    ],
    notUnderstood: [],
    tail: [],
  };
}

/** Drafts a profile from the settings of a CA. `head` says what they are. */
export function draftFromSettings(source: DraftSource, { title, policy, section }: DraftWishes, head: string): Draft {
  const own = policy ?? firstOwnPolicy(source.policies);
  const { rows, refused } = keepValid(source.rows);
  return {
    title: title ?? (own ? `Certificates under ${own}` : 'Certificates as the settings of the CA make them'),
    policy: own,
    issuers: [],
    section,
    others: source.others,
    rows,
    head: [
      head,
      'A draft says what is set, not what shall be: read each row against the text of the section that states it, and take the comments out when it holds.',
    ],
    notUnderstood: [...source.notUnderstood, ...refused],
    tail: source.tail,
  };
}

/** The rows that a profile can have: one for each field that there is, with values that can be written. */
function keepValid(rows: readonly DraftRow[]): { rows: DraftRow[]; refused: NotTaken[] } {
  const kept = new Map<string, DraftRow>();
  const refused: NotTaken[] = [];
  for (const row of rows) {
    const values = row.value?.exactly ?? row.value?.oneOf ?? [];
    if (!isField('certificate', row.field)) refused.push({ name: row.comment, seen: `${row.field}, which is no field` });
    else if (kept.has(row.field)) refused.push({ name: row.comment, seen: `${row.field}, which has a row already` });
    else if (isWritable(values)) kept.set(row.field, row);
    else kept.set(row.field, { ...row, value: undefined, comment: `${row.comment}; values that cannot be written into a row` });
  }
  return { rows: [...kept.values()], refused };
}

/** The rows for fields that settings put into every certificate. */
export function draftFields(fields: SeenFields, comment: string): DraftRow[] {
  return [...fields].map(([field, { critical, values }]) => {
    const isExtension = isWholeExtension(field);
    const decided = decideValue(field, [values], false);
    return {
      field,
      ...(isExtension && critical !== undefined && { critical }),
      value: decided.value,
      comment: decided.comment ? `${comment}; ${decided.comment}` : comment,
    };
  });
}

const isWholeExtension = (field: string): boolean => field.startsWith('extensions.') && holderOf(field) === field;

/** The fields of all samples: in the order of the first, those that only others have behind the one that they follow there. */
function orderFields(lists: readonly (readonly string[])[]): readonly string[] {
  const order: string[] = [];
  for (const list of lists) {
    let place = 0;
    for (const field of list) {
      const found = order.indexOf(field);
      if (found < 0) order.splice(place, 0, field);
      place = (found < 0 ? place : found) + 1;
    }
  }
  return keepTogether(order);
}

/** Parts and statements stand behind the extension that holds them. */
function keepTogether(fields: readonly string[]): readonly string[] {
  const holders = [...new Set(fields.map(holderOf))];
  return holders.flatMap((holder) => fields.filter((field) => holderOf(field) === holder));
}

function listIssuers(samples: readonly CertificateFacts[]): readonly string[] {
  const names = samples.map(({ issuer }) => attributeValues(issuer, 'commonName'));
  const isUsable = names.every(([name, ...more]) => name !== undefined && name !== '' && name.length <= 1000 && more.length === 0);
  const all = [...new Set(names.flat())];
  return isUsable && all.length <= 50 ? all : [];
}

function draftRow(field: string, sights: readonly (FieldSight | undefined)[], personal: boolean): DraftRow {
  const found = sights.filter((sight) => sight !== undefined);
  const inAll = found.length === sights.length;
  const critical = found.filter((sight) => sight.critical).length;
  const isExtension = isWholeExtension(field);
  const agrees = critical === 0 || critical === found.length;
  const { value, comment } = decideValue(
    field,
    found.map(({ values }) => values),
    personal,
  );
  const comments = [
    inAll ? `in ${sights.length === 1 ? 'the one sample' : `all ${sights.length} samples`}` : `in ${found.length} of ${sights.length} samples`,
    ...(isExtension && !agrees ? [`critical in ${critical} of them`] : []),
    ...(comment ? [comment] : []),
  ];
  return {
    field,
    presence: inAll ? 'required' : 'optional',
    ...(isExtension && agrees && { critical: critical > 0 }),
    value,
    comment: comments.join('; '),
  };
}
