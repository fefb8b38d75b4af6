import type { FrontMatter } from '../../../model/document.ts';
import type { Observation, Place, Rule } from '../../../model/finding.ts';
import { readRevisionTable } from '../../../model/revision-table.ts';
import { dateIn, isDate, localTime, parseInstant } from '../../../model/time.ts';
import type { VersionEntry } from '../../../model/version.ts';
import type { Draft, Workspace } from '../../../model/workspace.ts';

/** A version's effective date is the same wherever it stands: front matter, register, table of revisions, file name. */
export const datesAgree: Rule = {
  id: 'form/dates-agree',
  demands: 'The effective date of a version is the same wherever it stands.',
  basis: { standard: 'CCADB Policy', edition: '2.1', clause: '4' },
  severity: 'error',
  *check(workspace) {
    for (const draft of workspace.drafts) yield* checkDraft(draft, workspace);
    yield* checkPublished(workspace);
    yield* checkLanguages(workspace.drafts);
  },
};

function* checkDraft(draft: Draft, { config, register }: Workspace): Iterable<Observation> {
  const front = draft.frontMatter;
  const effective = front && parseInstant(front.effective, config.timeZone);
  if (!front || !effective) return;
  const date = dateIn(effective, config.timeZone);
  const at: Place = { file: draft.file, start: draft.fields['effective'] };
  const entry = register.entries.find((item): item is VersionEntry => item.kind === 'version' && item.document === draft.id && item.version === front.version);
  if (entry && entry.effective !== effective) {
    yield {
      message: `The front matter and the register give ${draft.id} ${front.version} different effective dates.`,
      at,
      seen: front.effective,
      expected: localTime(entry.effective, config.timeZone),
      advice: 'A published date is moved with `cartulary register --reschedule`, not in the text.',
    };
  }
  yield* checkTable(draft, front, date, entry && dateIn(entry.published, config.timeZone));
  const named = /(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)/.exec(draft.file.split('/').at(-1) ?? '')?.[1];
  if (named && isDate(named) && named !== date) {
    yield { message: 'The file name and the front matter give different dates.', at, seen: named, expected: date };
  }
}

/** A column that is not called effective may give the day of approval or publication instead. */
function* checkTable(draft: Draft, { version, approved }: FrontMatter, effective: string, published: string | undefined): Iterable<Observation> {
  const rows = readRevisionTable(draft.sections);
  const row = rows.find((candidate) => candidate.version === version);
  if (rows.length > 0 && !row) {
    yield {
      message: `The table of revisions has no row for version ${version}.`,
      at: { ...rows.at(-1)?.place, file: draft.file },
      seen: `versions ${rows.map((item) => item.version).join(', ')}`,
      expected: `a row for ${version} with ${effective}`,
    };
  }
  if (!row) return;
  const days = row.isEffective ? [effective] : [effective, approved?.on, published];
  if (!row.date) {
    yield { message: `The date of version ${version} in the table of revisions cannot be read.`, at: row.place, seen: row.printed, expected: effective };
  } else if (!days.includes(row.date)) {
    yield {
      message: `The table of revisions and the front matter give version ${version} different dates.`,
      at: row.place,
      seen: row.printed,
      expected: effective,
    };
  }
}

/** Published texts are not parsed again here; their front matter is known. */
function* checkPublished({ register, facts, config }: Workspace): Iterable<Observation> {
  for (const entry of register.entries) {
    if (entry.kind !== 'version') continue;
    for (const file of Object.values(entry.files)) {
      const front = facts.get(file.sha256)?.frontMatter;
      if (!front) continue;
      const at = { file: 'policies/register.yaml', start: entry.fields['effective'] ?? entry.start };
      if (front.version !== entry.version)
        yield {
          message: `The text registered as ${entry.document} ${entry.version} calls itself ${front.version}.`,
          at,
          seen: front.version,
          expected: entry.version,
        };
      const effective = parseInstant(front.effective, config.timeZone);
      if (effective && effective !== entry.effective) {
        yield {
          message: `The text of ${entry.document} ${entry.version} and its entry give different effective dates.`,
          at,
          seen: localTime(entry.effective, config.timeZone),
          expected: front.effective,
        };
      }
    }
  }
}

/** All languages of a document's text are one version. */
function* checkLanguages(drafts: readonly Draft[]): Iterable<Observation> {
  const first = new Map<string, Draft>();
  for (const draft of drafts) {
    const other = first.get(draft.id);
    if (!other) first.set(draft.id, draft);
    else if (draft.frontMatter && other.frontMatter) {
      for (const key of ['version', 'effective'] as const) {
        if (draft.frontMatter[key] === other.frontMatter[key]) continue;
        yield {
          message: `The languages of ${draft.id} have different values of "${key}".`,
          at: { file: draft.file, start: draft.fields[key] },
          seen: draft.frontMatter[key],
          expected: `${other.frontMatter[key]}, as in ${other.file}`,
        };
      }
    }
  }
}
