import { KEY_USAGES } from '../../../model/certificate-extension.ts';
import type { Observation, Place, Rule } from '../../../model/finding.ts';
import type { ProfileRow } from '../../../model/profile.ts';
import { readProfileTables, type TableStatement } from '../../../model/profile-table.ts';
import type { DeclaredProfile, Draft } from '../../../model/workspace.ts';

/** A table of section 7.1 that names profiles says what these profiles say. */
export const tableAgrees: Rule = {
  id: 'profiles/table-agrees',
  demands: 'Tables of extensions and QCStatements in section 7.1 agree with the declared profiles.',
  basis: { standard: 'ETSI EN 319 411-2', edition: 'V2.6.1', clause: '6.6.1' },
  severity: 'error',
  *check({ drafts, profiles }) {
    for (const draft of drafts) {
      const named = new Set(draft.frontMatter?.policies.map(({ profile }) => profile));
      const own = new Map(profiles.filter(({ id, kind }) => kind === 'certificate' && named.has(id)).map((profile) => [profile.id, profile]));
      if (own.size > 0) yield* checkDraft(draft, own);
    }
  },
};

function* checkDraft(draft: Draft, profiles: ReadonlyMap<string, DeclaredProfile>): Iterable<Observation> {
  const ids = new Set(profiles.keys());
  const statements = draft.sections.filter(({ number }) => number === '7.1' || number.startsWith('7.1.')).flatMap((section) => readProfileTables(section, ids));
  for (const statement of statements) {
    const profile = profiles.get(statement.profile);
    if (profile) yield* checkStatement(statement, profile);
  }
  for (const profile of profiles.values()) {
    yield* checkMissing(
      profile,
      statements.filter((statement) => statement.profile === profile.id),
    );
  }
}

const observe = ({ profile, field, at }: { profile: string; field: string; at: Place }, seen: string, expected: string): Observation => ({
  message: `The table says of ${field.replace(/^\w+\./, '')} otherwise than the profile "${profile}".`,
  at,
  seen,
  expected: `${expected}, as in content/profiles/${profile}.yaml`,
  advice: 'Correct whichever of the two is wrong; where certificates were issued by either, see whether they have to be revoked.',
});

function* checkStatement(statement: TableStatement, { rows }: DeclaredProfile): Iterable<Observation> {
  const { field, presence, critical, value } = statement;
  const row = rows.find((candidate) => candidate.field === field);
  const declared = row && row.presence !== 'forbidden' ? row.presence : 'absent';
  if (presence !== undefined && presence !== declared) {
    yield observe(statement, presence, declared);
    return;
  }
  if (critical !== undefined && row?.critical !== undefined && presence !== 'absent' && critical !== row.critical) {
    yield observe(statement, critical ? 'critical' : 'not critical', row.critical ? 'critical' : 'not critical');
  }
  const seen = presence === 'absent' ? undefined : readValues(field, value);
  const expected = row?.value?.exactly;
  if (seen && expected && [...seen].sort().join() !== [...expected].sort().join()) yield observe(statement, seen.join(', '), expected.join(', '));
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  'extensions.keyUsage': KEY_USAGES,
  'extensions.extKeyUsage': [
    'serverAuth',
    'clientAuth',
    'codeSigning',
    'emailProtection',
    'timeStamping',
    'OCSPSigning',
    'documentSigning',
    'anyExtendedKeyUsage',
  ],
  'qcStatements.QcType': ['esign', 'eseal', 'web'],
};

/** The values that a cell names in so many words; undefined where it names none, as one that points to another section. */
function readValues(field: string, cell: string): readonly string[] | undefined {
  const found = listValues(field, cell);
  return found.length > 0 ? found : undefined;
}

function listValues(field: string, cell: string): readonly string[] {
  const words = WORDS[field];
  if (words) return words.filter((word) => new RegExp(`\\b${word}\\b`).test(cell));
  if (field === 'extensions.certificatePolicies') return cell.match(/(?<![\d.])[012](?:\.\d+){3,}/g) ?? [];
  if (field === 'extensions.cRLDistributionPoints') return cell.match(/\b(?:https?|ldaps?):\/\/[^\s`;,<>]+/g) ?? [];
  return [];
}

/** What the profile demands and no row of its tables names. */
function* checkMissing({ id, rows }: DeclaredProfile, statements: readonly TableStatement[]): Iterable<Observation> {
  for (const kind of ['extensions', 'qcStatements']) {
    const own = statements.filter(({ field }) => field.startsWith(`${kind}.`));
    const [first] = own;
    if (!first) continue;
    const isWhole = ({ field, presence }: ProfileRow) => presence === 'required' && new RegExp(`^${kind}\\.[A-Za-z][\\w-]*$`).test(field);
    for (const { field } of rows.filter(isWhole)) {
      if (!own.some((statement) => statement.field === field)) yield observe({ profile: id, field, at: first.at }, 'no row', 'required');
    }
  }
}
