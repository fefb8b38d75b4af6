import type { Section } from './document.ts';
import type { Place } from './finding.ts';
import { isField } from './profile-field.ts';
import { passagesOf } from './running-text.ts';

/** What a row of a table says of one field of one profile. */
export interface TableStatement {
  profile: string;
  /** `extensions.keyUsage`, `qcStatements.QcType`. */
  field: string;
  /** Undefined where the cell cannot be read with certainty. */
  presence: 'required' | 'optional' | 'absent' | undefined;
  critical: boolean | undefined;
  /** What the row says of the value. */
  value: string;
  at: Place;
}

/** A name of an extension or statement alone in its cell, perhaps marked as critical, or with its OID. */
const NAME = /^([A-Za-z][\w-]*)(?:\s*\((c|critical|\d[\d.]*)\))?$/;
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^extensions?$/i, 'extensions'],
  [/^qc-?statements?$/i, 'qcStatements'],
];

/**
 * What the tables of a section say of profiles, where that is certain: a table whose first column names extensions or
 * QCStatements and whose other columns are named by profiles, or are Presence, Critical and Value in a section that
 * one profile names in its title.
 */
export function readProfileTables(section: Section, profiles: ReadonlySet<string>): readonly TableStatement[] {
  return section.blocks.flatMap((block) => {
    if (block.type !== 'table') return [];
    const [head, ...rows] = passagesOf({ ...section, blocks: [block] }).map((passage) => ({
      cells: passage.text.split(' | ').map((cell) => cell.trim()),
      at: passage.placeAt(0),
    }));
    const kind = KINDS.find(([pattern]) => pattern.test(head?.cells[0] ?? ''))?.[1];
    if (!head || !kind) return [];
    const named = head.cells.slice(1).filter((cell) => profiles.has(cell));
    const marked = rows.some(({ cells }) => /\((?:c|critical)\)$/.test(cells[0] ?? ''));
    if (named.length > 0) return rows.flatMap((row) => readColumns(row, head.cells, kind, profiles, marked));
    const own = section.title.split(/\s+/).filter((word) => profiles.has(word));
    return own.length === 1 ? rows.flatMap((row) => readRow(row, head.cells, kind, own[0] as string)) : [];
  });
}

interface Row {
  cells: readonly string[];
  at: Place;
}

const fieldOf = (cell: string, kind: string): string | undefined => {
  const name = NAME.exec(cell)?.[1];
  // A name that profiles do not have, such as "OCSP no check", may be another's word for one that they have.
  return name !== undefined && isField('certificate', `${kind}.${name}`) ? `${kind}.${name}` : undefined;
};

/** One column for each profile. */
function readColumns({ cells, at }: Row, head: readonly string[], kind: string, profiles: ReadonlySet<string>, marked: boolean): TableStatement[] {
  const field = fieldOf(cells[0] ?? '', kind);
  if (field === undefined) return [];
  const critical = marked && kind === 'extensions' ? /\((?:c|critical)\)$/.test(cells[0] ?? '') : undefined;
  return head.flatMap((profile, index) => {
    const value = cells[index];
    return index === 0 || value === undefined || !profiles.has(profile) ? [] : [{ profile, field, presence: presenceOf(value), critical, value, at }];
  });
}

/** One table for one profile. */
function readRow({ cells, at }: Row, head: readonly string[], kind: string, profile: string): TableStatement[] {
  const field = fieldOf(cells[0] ?? '', kind);
  if (field === undefined) return [];
  const find = (name: RegExp) => cells[head.findIndex((title) => name.test(title))];
  const value = find(/^(value|content)$/i) ?? '';
  const presence = find(/^presence$/i);
  const critical = find(/^critical$/i);
  return [
    {
      profile,
      field,
      presence: presence === undefined ? presenceOf(value) : presenceOf(presence),
      critical: /^yes$/i.test(critical ?? '') ? true : /^no$/i.test(critical ?? '') ? false : undefined,
      value,
      at,
    },
  ];
}

function presenceOf(cell: string): TableStatement['presence'] {
  if (/^(-|–|—|absent|never|not present|forbidden|f)$/i.test(cell)) return 'absent';
  if (/^(o|may)$/i.test(cell) || /^optional\b/i.test(cell)) return 'optional';
  if (cell === '' || /\b(if|unless|otherwise|where|when|only|except|optional|may)\b/i.test(cell)) return undefined;
  return 'required';
}
