import type { Nodes } from 'mdast';
import type { Observation, Rule } from '../../../model/finding.ts';

const PLACEHOLDER =
  /\b(?:TBD|TBA|TBC)\b|\b(?:YYYY|JJJJ|XXXX|20XX|20\?\?)-(?:MM|XX|\?\?|\d\d)-(?:DD|TT|XX|\?\?|\d\d)|\b20\d\d-(?:XX|MM|\?\?)(?:-(?:XX|DD|\?\?))?|\b(?:DD|TT|XX)\.(?:MM|XX)\.(?:YYYY|JJJJ|XXXX|20XX|20\d\d)|[[<{](?:(?:effective|approval|publication)\s+)?(?:date|datum)[\]>}]|\b(?:9999-12-31|0000-00-00|1970-01-01|1900-01-01)\b/i;

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
        if (value && PLACEHOLDER.test(value)) yield found(value, draft.file, draft.fields[path]);
      }
      for (const section of draft.sections) for (const block of section.blocks) yield* search(block, draft.file);
    }
  },
};

function* search(node: Nodes, file: string): Iterable<Observation> {
  if (node.type === 'text') {
    const match = PLACEHOLDER.exec(node.value);
    if (match) yield found(match[0], file, node.position && { line: node.position.start.line, column: node.position.start.column });
  }
  if ('children' in node) for (const child of node.children) yield* search(child, file);
}

function found(seen: string, file: string, start: { line: number; column: number } | undefined): Observation {
  return { message: 'A placeholder stands where a date or value belongs.', at: { file, ...(start && { start }) }, seen, expected: 'the date or value itself' };
}
