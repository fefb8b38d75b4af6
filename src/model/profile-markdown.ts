import type { Html, Paragraph, PhrasingContent, RootContent, Table, TableCell, TableRow } from 'mdast';
import { splitComments } from './comment.ts';
import type { Section } from './document.ts';
import type { Profile } from './profile.ts';
import { type ProfilePhrase, type ProfileRowWords, type ProfileWords, profileWords } from './profile-words.ts';

declare module 'mdast' {
  interface ParagraphData {
    /** The profile of which the paragraph names the table that follows it. */
    captionOf?: string;
  }
  interface TableRowData {
    hProperties?: { id: string };
  }
  interface TableCellData {
    hName?: 'th';
    hProperties?: { scope: 'row' };
  }
}

const INCLUSION = /^\s*profile\s+([a-z0-9]+(?:-[a-z0-9]+)*)\s*$/;

/** The id of the profile that a comment includes; undefined for a comment that says something else. */
export const includedProfile = (comment: string): string | undefined => INCLUSION.exec(comment)?.[1];

/** The profiles whose comments stand anywhere in a text, each once; some may stand where no table can. */
export function skimInclusions(text: string): readonly string[] {
  return [...new Set(splitComments(text).comments.flatMap((comment) => includedProfile(comment) ?? []))];
}

/** The profiles that a block includes: one of comments that each name one, and nothing else. */
export function readInclusion({ value }: Html): readonly string[] {
  const { comments, rest } = splitComments(value);
  const ids = comments.map(includedProfile);
  return rest.trim() === '' && ids.every((id) => id !== undefined) ? ids : [];
}

/** The address of a profile's row on the page of a text that includes it. No heading has one with a dot after a lower-case word. */
export const rowAnchor = (profile: string, row: string): string => `profile.${profile}.${row}`;

/**
 * Puts behind each comment that includes a profile what it stands for: a table with its caption before and remarks after
 * it. Each profile is shown once; of those that are not given nothing is shown. Sections without such comments stay the same objects.
 */
export function includeProfiles(sections: readonly Section[], profiles: readonly Profile[], language: string): readonly Section[] {
  const byId = new Map(profiles.map((profile) => [profile.id, profile]));
  const numbers = new Set(sections.map(({ number }) => number));
  // Taken once, a profile is not shown again: a text of many comments must not become one of many thousand tables.
  const take = (id: string): readonly Profile[] => {
    const profile = byId.get(id);
    return profile && byId.delete(id) ? [profile] : [];
  };
  const include = (block: RootContent): readonly RootContent[] => {
    if (block.type !== 'html') return [block];
    const included = readInclusion(block).flatMap((id) => take(id));
    return [block, ...included.flatMap((profile) => toBlocks(profile, language, { numbers, position: block.position }))];
  };
  return sections.map((section) => {
    const blocks = section.blocks.flatMap(include);
    return blocks.length === section.blocks.length ? section : { ...section, blocks };
  });
}

/** Where a table stands: in which text, and at which comment. */
interface Stand {
  numbers: ReadonlySet<string>;
  position: Html['position'];
}

/** Rows and paragraphs have the place of the comment, for findings; what they hold has none, for it stands nowhere. */
function toBlocks(profile: Profile, language: string, stand: Stand): RootContent[] {
  const { position } = stand;
  const words = profileWords(profile, language);
  const at = position && { position };
  const caption: Paragraph = {
    type: 'paragraph',
    ...at,
    data: { captionOf: profile.id },
    children: [
      { type: 'text', value: `${words.title} (` },
      { type: 'inlineCode', value: profile.id },
      { type: 'text', value: ')' },
    ],
  };
  const remarks: Paragraph = { type: 'paragraph', ...at, children: [{ type: 'text', value: words.remarks.join(' ') }] };
  return [caption, toTable(profile, words, stand), remarks];
}

function toTable(profile: Profile, { head, rows }: ProfileWords, { numbers, position }: Stand): Table {
  const at = position && { position };
  const columns = [head.field, head.presence, head.critical, head.value, head.section];
  const row = (children: TableCell[], id?: string): TableRow => ({
    type: 'tableRow',
    ...at,
    ...(id !== undefined && { data: { hProperties: { id } } }),
    children,
  });
  const cell = (children: PhrasingContent[]): TableCell => ({ type: 'tableCell', ...at, children });
  const body = rows.map((words) =>
    row(
      [
        { ...cell(nameField(words)), data: { hName: 'th', hProperties: { scope: 'row' } } },
        cell(text(words.presence)),
        cell(text(words.critical)),
        cell(toValue(words)),
        cell(words.section === profile.section ? [] : toReference(words.section, numbers)),
      ],
      rowAnchor(profile.id, words.id),
    ),
  );
  return { type: 'table', ...at, align: columns.map(() => null), children: [row(columns.map((column) => cell(text(column)))), ...body] };
}

const text = (value: string): PhrasingContent[] => (value === '' ? [] : [{ type: 'text', value }]);

const nameField = ({ name, field }: ProfileRowWords): PhrasingContent[] => [
  { type: 'text', value: name },
  { type: 'break' },
  { type: 'inlineCode', value: field },
];

/** What the field says, and the note under it. */
function toValue({ value, note }: ProfileRowWords): PhrasingContent[] {
  const said = value.map((phrase): PhrasingContent => toPhrase(phrase));
  return [...said, ...(said.length > 0 && note !== '' ? [{ type: 'break' } as const] : []), ...text(note)];
}

const toPhrase = ({ text: value, code }: ProfilePhrase): PhrasingContent => (code ? { type: 'inlineCode', value } : { type: 'text', value });

const toReference = (section: string, numbers: ReadonlySet<string>): PhrasingContent[] =>
  numbers.has(section) ? [{ type: 'link', url: `#${section}`, children: text(section) }] : text(section);
