import type { Section } from '../../../model/document.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import { type Revision, readRevisionTable } from '../../../model/revision-table.ts';
import { passagesOf, tellsHistory } from '../../../model/running-text.ts';
import type { Draft } from '../../../model/workspace.ts';
import { bindDemand } from '../../demands.ts';
import { followsOutline } from './outline-complete.ts';

/** Each version has a dated entry in the text that says what changed: TLS Baseline Requirements 2.3, MRSP 3.3(4). */
export const revisionsRecorded: Rule = {
  id: 'form/revisions-recorded',
  demands: 'A CP or CPS has a change log with a dated entry for each version that says what changed.',
  basis: { standard: 'Mozilla Root Store Policy', edition: '3.1', clause: '3.3(4)' },
  severity: 'error',
  sets: ['mozilla', 'cabf-tls', 'cabf-smime'],
  *check(workspace) {
    const binding = bindDemand('dated-changelog', workspace);
    if (!binding) return;
    for (const draft of workspace.drafts.filter(followsOutline)) {
      const rows = readRevisionTable(draft.sections);
      for (const observation of rows.length > 0 ? checkRows(rows) : [tellMissing(draft)]) yield { basis: binding.basis, ...observation };
    }
  },
};

function* checkRows(rows: readonly Revision[]): Iterable<Observation> {
  const seen = new Map<string, Revision>();
  for (const row of rows) {
    const { version, printed, date, words, place } = row;
    const twin = seen.get(version);
    // Several changes of one day may share a version.
    if (twin && twin.printed !== printed) {
      yield {
        message: `The change log has version ${version} twice.`,
        at: place,
        seen: `${twin.printed} and ${printed}`,
        expected: 'one entry for each version',
      };
    }
    seen.set(version, row);
    if (date === undefined) {
      yield {
        message: `The date of version ${version} in the change log cannot be read.`,
        at: place,
        seen: printed || 'no date',
        expected: 'a day, such as 2026-02-01 or 1 February 2026',
        severity: 'warning',
      };
    }
    if (!words)
      yield { message: `The change log does not say what changed in version ${version}.`, at: place, seen: 'an empty cell', expected: 'what changed' };
  }
}

/** A change log that is no table is for people to read. */
function tellMissing({ file, sections }: Draft): Observation {
  const other = sections.find((section) => tellsHistory(section) && hasText(section));
  if (other) {
    return {
      message: 'The change log is not a table, so that it cannot be read which versions it has.',
      at: other.place,
      seen: `the section "${[other.number, other.title].filter(Boolean).join(' ')}"`,
      expected: 'a table with a column for the version, one for its date and one for what changed',
      severity: 'info',
    };
  }
  const section = sections.find(({ number }) => number === '1.2') ?? sections[0];
  return {
    message: 'The text has no change log.',
    at: section?.place ?? { file },
    seen: 'no table with a version and a date in each row',
    expected: 'a table with a column for the version, one for its date and one for what changed',
    advice: 'Add it to section 1.2, with a row for each version since the first.',
  };
}

const hasText = (section: Section) => passagesOf(section).some(({ text }) => text.trim() !== '');
