import type { EditionComparison } from '../model/edition.ts';
import type { Requirement } from '../model/requirement.ts';

/** What a new edition asks of a text, as a page of text. */
export function printEditionChanges(comparison: EditionComparison): string {
  const { from, to, added, changed, renumbered, amended, voided, unchanged } = comparison;
  const parts = [
    list('New', added.map(describe)),
    list(
      'Changed, the id carried on by a letter',
      changed.map(({ before, after }) => [`  ${before.id}`, ...after.map((requirement) => `  ${describe(requirement)}`)].join('\n')),
    ),
    list(
      'Under another number',
      renumbered.map(({ before, after }) => `  ${before.id} is ${after.id}`),
    ),
    list(
      'The same id, amended',
      amended.map((pair) => `  ${pair.after.id}: ${pair.in.join(', ')}\n    ${pair.after.summary}`),
    ),
    list('Void', voided.map(describe)),
  ].flat();
  return `${[`${from.standard}: from ${from.edition} to ${to.edition}`, ...parts, `As before: ${unchanged}`].join('\n\n')}\n`;
}

const describe = ({ id, kind, summary }: Requirement) => `  ${id}  ${kind}: ${summary}`;
const list = (title: string, lines: readonly string[]) => (lines.length > 0 ? [[`${title} (${lines.length})`, ...lines].join('\n')] : []);

/** The same for programs: ids only, with what differs. */
export function editionChangesJson({ from, to, added, changed, renumbered, amended, voided, unchanged }: EditionComparison): string {
  const id = (requirement: Requirement) => requirement.id;
  const value = {
    from,
    to,
    added: added.map(id),
    changed: changed.map(({ before, after }) => ({ before: before.id, after: after.map(id) })),
    renumbered: renumbered.map(({ before, after }) => ({ before: before.id, after: after.id })),
    amended: amended.map((pair) => ({ id: pair.after.id, in: pair.in })),
    voided: voided.map(id),
    unchanged,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}
