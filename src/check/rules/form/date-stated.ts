import type { Nodes, RootContent } from 'mdast';
import { toString as toText } from 'mdast-util-to-string';
import type { Observation, Rule } from '../../../model/finding.ts';

/** What authors write where a date is still to come: `TBD`, `2026-XX-XX`, `YYYY-MM-DD`, `TT.MM.JJJJ`, `[effective date]`. */
const PLACEHOLDER = new RegExp(
  [
    String.raw`\b(?:TBD|TBA|TBC)\b`,
    String.raw`\b(?:YYYY|JJJJ|XXXX|20XX|20\?\?)-(?:MM|XX|\?\?|\d\d)-(?:DD|TT|XX|\?\?|\d\d)`,
    String.raw`\b20\d\d-(?:(?:XX|MM|\?\?)(?:-(?:XX|DD|TT|\?\?))?|\d\d-(?:XX|DD|TT|\?\?))`,
    String.raw`\b(?:DD|TT|XX)\.(?:MM|XX)\.(?:YYYY|JJJJ|XXXX|20XX|20\d\d)`,
    String.raw`\[(?:(?:effective|approval|publication) )?(?:date|datum)\]`,
  ].join('|'),
  'gi',
);

/** `<date>` is a tag to Markdown. */
const TAG = /^<(?:(?:effective|approval|publication)[ -])?(?:date|datum)>$/i;

/** Days that programs and people write when they know none. In a text they can be meant: RFC 6960 gives 1970-01-01 a meaning. */
const NO_DAY = ['9999-12-31', '1970-01-01', '1900-01-01'];

/** No placeholder stands where a date belongs. */
export const dateStated: Rule = {
  id: 'form/date-stated',
  demands: 'No placeholder stands where a date belongs.',
  basis: { standard: 'CCADB Policy', edition: '2.1', clause: '4' },
  severity: 'error',
  *check({ drafts }) {
    for (const draft of drafts) {
      for (const [path, value] of [
        ['effective', draft.frontMatter?.effective],
        ['approved.on', draft.frontMatter?.approved?.on],
      ] as const) {
        if (value && NO_DAY.includes(value.slice(0, 10))) yield found(value, draft.file, draft.fields[path]);
      }
      for (const section of draft.sections) {
        if (section.heading) yield* search(section.heading, draft.file);
        for (const block of section.blocks.filter((candidate) => !isField(candidate))) yield* search(block, draft.file);
      }
    }
  },
};

/** A line of a form that others fill in, such as "[Date]" below "[Signature]". */
function isField(block: RootContent): boolean {
  const [first] = block.type === 'paragraph' ? block.children : [];
  return first?.type === 'text' && first.value.startsWith('[') && /^\[[^[\]]{1,40}\]$/.test(toText(block).trim());
}

/** How a date is written, not one to come: "in the format YYYY-MM-DD", "(YYYY-MM-DD)" beside a word such as ISO 8601. */
const NAMES_FORMAT = /\b(?:formats?|formatted|formatiert|notation|schreibweise|ISO 8601|expressed|encoded|written)\b/iu;
const IS_FORMAT = /^(?:YYYY|JJJJ|DD|TT)[-.](?:MM)[-.](?:DD|TT|YYYY|JJJJ)$/i;

function* search(node: Nodes, file: string, around: Nodes = node): Iterable<Observation> {
  const start = node.position && { line: node.position.start.line, column: node.position.start.column };
  if (node.type === 'text') {
    for (const [seen] of node.value.matchAll(PLACEHOLDER)) if (!(IS_FORMAT.test(seen) && NAMES_FORMAT.test(toText(around)))) yield found(seen, file, start);
  }
  if (node.type === 'html' && TAG.test(node.value)) yield found(node.value, file, start);
  const inside = node.type === 'paragraph' || node.type === 'tableCell' ? node : around;
  if ('children' in node) for (const child of node.children) yield* search(child, file, inside);
}

function found(seen: string, file: string, start: { line: number; column: number } | undefined): Observation {
  return { message: 'A placeholder stands where a date or value belongs.', at: { file, ...(start && { start }) }, seen, expected: 'the date or value itself' };
}
