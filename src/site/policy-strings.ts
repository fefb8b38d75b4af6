/** Words of the pages of policies. Sentences are whole; a name in braces stands for a time or a link. */
export interface PolicyStrings {
  lead: string;
  policy: string;
  oid: string;
  conformsTo: string;
  qualified: string;
  qscd: string;
  documents: string;
  required: string;
  notRequired: string;
  managedBySubject: string;
  managedByTsp: string;
  notStated: string;
  inForce: string;
  noLonger: string;
  versions: string;
  none: string;
  all: string;
  stated: string;
  lookup: string;
  lookupLink: string;
  profile: string;
  profileNone: string;
  profiles: string;
  profilesNote: string;
  statedBy: string;
  declaration: string;
  from: string;
  fromUntil: string;
  issuers: string;
  rows(title: string, count: number): string;
  profileChanges: string;
  changesNote: string;
  changed: string;
  changedRow: string;
  rowKinds: Readonly<Record<'added' | 'removed' | 'changed', string>>;
  before: string;
  after: string;
  nothing: string;
  rowsSame: string;
  noLongerSaid: string;
  nowSaid: string;
  authorities: string;
  authoritiesNote: string;
}

const en: PolicyStrings = {
  lead: 'A certificate names the policies under which it was issued by object identifier. These are ours.',
  policy: 'Policy',
  oid: 'OID',
  conformsTo: 'Conforms to',
  qualified: 'EU qualified',
  qscd: 'QSCD',
  documents: 'Documents',
  required: 'required',
  notRequired: 'not required',
  managedBySubject: 'managed by the subject',
  managedByTsp: 'managed by the provider',
  notStated: 'not stated',
  inForce: 'In force',
  noLonger: 'No longer in force',
  versions: 'Versions that list this policy, newest first',
  none: 'No version lists a policy.',
  all: 'All policies',
  stated: 'stated in section {section}',
  lookup: 'Have a certificate, or a date of issue? {link}',
  lookupLink: 'Look up what applied to this policy',
  profile: 'Profile',
  profileNone: 'No version has the profile of its certificates in the register.',
  profiles: 'Profiles of its certificates, newest first',
  profilesNote: 'What certificates under this policy look like, as each version declared it.',
  statedBy: 'Stated by',
  declaration: 'As a file',
  from: '{version}, from {from}',
  fromUntil: '{version}, from {from} until {until}',
  issuers: 'Issued by',
  rows: (title, count) => `${title}: ${count === 1 ? '1 field' : `${count} fields`}`,
  profileChanges: 'What changed between profiles',
  changesNote: 'Row by row, as each was declared.',
  changed: '{to} in place of {from}, from {at}',
  changedRow: 'Field',
  rowKinds: { added: 'new', removed: 'removed', changed: 'changed' },
  before: 'Before',
  after: 'After',
  nothing: 'nothing',
  rowsSame: 'The rows say the same.',
  noLongerSaid: 'No longer: {sentence}',
  nowSaid: 'Now: {sentence}',
  authorities: 'CA certificates',
  authoritiesNote: 'Of the authorities that issue under this policy or did, by its profiles and by the certificates in the repository.',
};

const de: PolicyStrings = {
  lead: 'Ein Zertifikat nennt die Richtlinien, nach denen es ausgestellt wurde, mit ihrer Objektkennung. Dies sind unsere.',
  policy: 'Richtlinie',
  oid: 'OID',
  conformsTo: 'Entspricht',
  qualified: 'EU-qualifiziert',
  qscd: 'QSCD',
  documents: 'Dokumente',
  required: 'erforderlich',
  notRequired: 'nicht erforderlich',
  managedBySubject: 'beim Inhaber',
  managedByTsp: 'beim Anbieter',
  notStated: 'nicht erklärt',
  inForce: 'In Kraft',
  noLonger: 'Nicht mehr in Kraft',
  versions: 'Versionen, die diese Richtlinie anführen, neueste zuerst',
  none: 'Keine Version führt eine Richtlinie an.',
  all: 'Alle Richtlinien',
  stated: 'erklärt in Abschnitt {section}',
  lookup: 'Sie haben ein Zertifikat oder ein Ausstellungsdatum? {link}',
  lookupLink: 'Nachsehen, was für diese Richtlinie galt',
  profile: 'Profil',
  profileNone: 'Von keiner Version steht das Profil der Zertifikate im Register.',
  profiles: 'Profile der Zertifikate, neueste zuerst',
  profilesNote: 'Wie Zertifikate unter dieser Richtlinie aussehen, so wie jede Version es erklärt hat.',
  statedBy: 'Festgelegt in',
  declaration: 'Als Datei',
  from: '{version}, ab {from}',
  fromUntil: '{version}, von {from} bis {until}',
  issuers: 'Ausgestellt von',
  rows: (title, count) => `${title}: ${count === 1 ? '1 Feld' : `${count} Felder`}`,
  profileChanges: 'Was sich zwischen Profilen geändert hat',
  changesNote: 'Zeile für Zeile, wie jedes erklärt wurde.',
  changed: '{to} anstelle von {from}, ab {at}',
  changedRow: 'Feld',
  rowKinds: { added: 'neu', removed: 'entfallen', changed: 'geändert' },
  before: 'Vorher',
  after: 'Nachher',
  nothing: 'nichts',
  rowsSame: 'Die Zeilen sagen dasselbe.',
  noLongerSaid: 'Nicht mehr: {sentence}',
  nowSaid: 'Jetzt: {sentence}',
  authorities: 'CA-Zertifikate',
  authoritiesNote: 'Von den Stellen, die unter dieser Richtlinie ausstellen oder ausgestellt haben, laut ihren Profilen und den Zertifikaten im Repository.',
};

export const policyStrings = { en, de } as const;
