import { listSuspects } from '../check/suspects.ts';
import { confirm, describeSuspect, readWanted } from '../model/confirmation.ts';
import { markName } from '../model/mark.ts';
import type { Suspect } from '../model/suspect.ts';
import type { Workspace } from '../model/workspace.ts';
import type { NewEntry } from '../read/register.ts';
import { UsageError } from './main.ts';

/** Entries with what they confirm, or why that is refused; and what is told of marks that stay suspect. */
export interface ConfirmedEntries {
  entries: readonly NewEntry[];
  refusals: readonly string[];
  told: string;
}

/** Writes into the entries of versions which suspect marks their authors have confirmed. */
export function confirmMarks(entries: readonly NewEntry[], wanted: string | undefined, workspace: Workspace): ConfirmedEntries {
  const suspects = new Map(entries.filter(isText).map(({ document }) => [document, suspectsOf(document, workspace)]));
  if (wanted !== undefined && suspects.size === 0) throw new UsageError('The option --confirm belongs to the registration of texts in the work tree.');
  const read = wanted === undefined ? { names: [] } : readWanted(wanted, suspects, workspace.catalogues);
  if (read.refusals) return { entries, refusals: read.refusals, told: '' };
  const confirmed = entries.map((entry) => {
    const { confirms, open } = confirm(suspects.get(entry.document) ?? [], read.names, workspace.catalogues);
    return { entry: confirms === undefined ? entry : { ...entry, confirms }, told: open.length > 0 ? tellOpen(entry.document, open) : '' };
  });
  return { entries: confirmed.map(({ entry }) => entry), refusals: [], told: confirmed.map(({ told }) => told).join('') };
}

/** A version whose text is in the work tree: one from the archive bears no mark. */
const isText = (entry: NewEntry): boolean => 'files' in entry && Object.values(entry.files ?? {}).some(({ blob }) => blob !== undefined);

/** The suspect marks of a document, each once: of its languages, the first one in which it is suspect. */
function suspectsOf(document: string, workspace: Workspace): readonly Suspect[] {
  const suspects = new Map<string, Suspect>();
  for (const { id, file } of workspace.drafts) {
    for (const suspect of id === document ? (listSuspects(workspace).get(file) ?? []) : []) {
      const name = markName(suspect.catalogue, suspect.requirement);
      if (!suspects.has(name)) suspects.set(name, suspect);
    }
  }
  return [...suspects.values()];
}

function tellOpen(document: string, open: readonly Suspect[]): string {
  const lines = open.map((suspect) => `  ${describeSuspect(suspect)}\n`);
  return `\nMarks of ${document} that nobody has confirmed; they stay suspect until an entry does (--confirm):\n${lines.join('')}`;
}
