import type { Adoption, DocumentAdoption, Draft, NewWithdrawal, Planned } from './adoption.ts';
import type { DateClaim, EffectiveDate } from './effective-date.ts';
import { showName, showText } from './name-pattern.ts';
import { groupLeftovers, type Leftover, nameSighting, type Outcome, type Sighting, versionKey } from './sighting.ts';
import { dateIn, daysBetween, type Instant, localTime, midnight } from './time.ts';

/** What the report needs besides the adoption. */
export interface ReportContext {
  zone: string;
  /** Tags that name a version of no document. */
  strayTags: readonly string[];
  /** Documents that the configuration describes. */
  declared: readonly string[];
}

const MOST_STRAYS = 30;

/** The whole report as text: document by document, then the tags that name nothing, then totals. */
export function reportAdoption({ documents }: Adoption, { zone, strayTags, declared }: ReportContext): string {
  const blocks = documents.map((adoption) => {
    const { document, sightings, leftovers } = adoption.draft.history;
    const paths = [...new Set([...sightings, ...leftovers].flatMap(({ by, path }) => (by === 'file' ? [] : [path])))];
    const head = paths.length > 0 ? `${document} (${paths.join(', ')})` : document;
    return [head, ...layOut([...describeAdoption(adoption, zone)]), ''].join('\n');
  });
  const more = strayTags.length > MOST_STRAYS ? ` and ${strayTags.length - MOST_STRAYS} more` : '';
  const strays = `Tags that name no version: ${strayTags.slice(0, MOST_STRAYS).map(showName).join(', ')}${more}.\n`;
  const unknown = documents
    .filter((adoption) => adoption.added.length > 0 && !isDescribed(adoption.draft, declared))
    .map(({ draft }) => draft.history.document);
  const advice = unknown.map((document) => `Nothing says what ${document} is: declare its id, type, title and file under "documents" in cartulary.yaml.`);
  return [...blocks, ...(strayTags.length > 0 ? [strays] : []), ...documents.map(total), ...advice, ''].join('\n');
}

function layOut(lines: readonly ReportLine[]): string[] {
  const width = Math.min(40, Math.max(0, ...lines.map(({ subject }) => subject.length)));
  return lines.map(({ kind, subject, text }) => `  ${kind.padEnd(9)}  ${subject.padEnd(width)}  ${text}`);
}

/** Whether type and title of a document are known: from the configuration, or from the front matter of its texts. */
function isDescribed({ history, outcomes }: Draft, declared: readonly string[]): boolean {
  return declared.includes(history.document) || outcomes.some(({ taken, sighting }) => taken && sighting.text?.frontMatter);
}

function total({ draft, added, withdrawal, refused }: DocumentAdoption): string {
  const named = added.filter(({ held }) => !held).length;
  const left = draft.outcomes.filter(({ taken }) => !taken).length;
  const parts = [`${added.length - named} with text`, `${named} known by name`, `${left} left`];
  if (draft.registered.size > 0) parts.push(`${draft.registered.size} registered before`);
  if (withdrawal) parts.push(`withdrawn in favour of ${withdrawal.continuedBy}`);
  return `${draft.history.document}: ${refused.entries ? 'refused' : parts.join(', ')}`;
}

/** One line of the report of `cartulary adopt`: what it is about, and one or more sentences. */
export interface ReportLine {
  kind: 'taken' | 'left' | 'by name' | 'withdrawn' | 'note' | 'refused';
  subject: string;
  text: string;
}

const note = (subject: string, text: string): ReportLine => ({ kind: 'note', subject, text: showText(text) });

/**
 * Reports tag by tag, file by file and commit by commit what was taken and left and where its dates come from, then what
 * is known by name, then what somebody should look at.
 */
export function* describeAdoption({ draft, added, withdrawal, refused }: DocumentAdoption, zone: string): Iterable<ReportLine> {
  for (const outcome of draft.outcomes) yield describeOutcome(outcome, draft, zone);
  for (const { held, entry, source } of added) {
    if (held) continue;
    yield { kind: 'by name', subject: `version ${entry.version}`, text: showText(`effective ${localTime(entry.effective as Instant, zone)} (${source})`) };
  }
  if (withdrawal) yield { kind: 'withdrawn', subject: localTime(withdrawal.withdrawn as Instant, zone), text: withdrawal.reason };
  for (const { version, reason } of draft.unwritable) yield note(`version ${showName(version)}`, `No entry can be made of it (${reason}).`);
  for (const { version, found } of draft.undated) yield* noteDates(version, found, zone);
  for (const { entry, found } of draft.versions) yield* noteDates(entry.version, found, zone);
  for (const planned of draft.versions) yield* noteDisagreements(planned, draft, zone);
  yield* noteNeverInForce(added, withdrawal);
  yield* noteLeftovers(draft, zone);
  if (refused.withdrawal) yield { kind: 'refused', subject: 'withdrawal', text: refused.withdrawal };
  if (refused.entries) yield { kind: 'refused', subject: draft.history.document, text: refused.entries };
}

function describeOutcome({ sighting, taken, reason, conflict }: Outcome, { versions, registered }: Draft, zone: string): ReportLine {
  const subject = nameSighting(sighting);
  if (!taken) return { kind: 'left', subject, text: showText(`${conflict ? 'conflict: ' : ''}${reason}`) };
  const entry = registered.get(versionKey(sighting.version ?? ''));
  if (entry) {
    const file = entry.files[sighting.language];
    const but = !file ? ' without this text, and entries are never edited' : file.sha256 === sighting.text?.sha256 ? '' : ' with other bytes';
    return { kind: 'left', subject, text: `version ${entry.version} is registered already${but}` };
  }
  const planned = versions.find(({ held }) => held?.texts.get(sighting.language) === sighting);
  return planned ? { kind: 'taken', subject, text: describePlanned(planned, zone) } : { kind: 'left', subject, text: 'no entry can be made of it' };
}

function describePlanned({ entry, held, source }: Planned, zone: string): string {
  const [published, effective] = [entry.published as Instant, entry.effective as Instant];
  const days = Math.round(daysBetween(startOfDay(published, zone), startOfDay(effective, zone)));
  const apart = days === 0 ? '' : `, ${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'} ${days > 0 ? 'after' : 'before'} ${held?.sighting.origin}`;
  return showText(
    `version ${entry.version}, published ${localTime(published, zone)} (${held?.sighting.origin}), effective ${localTime(effective, zone)} (${source})${apart}`,
  );
}

const startOfDay = (at: Instant, zone: string) => midnight(dateIn(at, zone), zone);

function* noteDates(version: string, { claim, others, unreadable }: EffectiveDate, zone: string): Iterable<ReportLine> {
  const say = ({ at, source }: DateClaim) => `${localTime(at, zone)} by ${source}`;
  for (const other of others) yield note(`version ${version}`, `Effective ${say(other)}, but ${claim && say(claim)}, which counts.`);
  if (unreadable) {
    const seen = unreadable.printed === '' ? 'has no date for it' : `dates it "${unreadable.printed}", which cannot be read`;
    yield note(`version ${version}`, `${unreadable.source} ${seen}. Give the date in a file of dates.`.replace(/^t/, 'T'));
  }
}

/** Where a text or the register contradicts what was found. */
function* noteDisagreements({ entry, held, source }: Planned, { registered }: Draft, zone: string): Iterable<ReportLine> {
  const subject = `version ${entry.version}`;
  for (const sighting of held?.texts.values() ?? []) {
    const called = sighting.text?.frontMatter?.version;
    if (called !== undefined && versionKey(called) !== versionKey(entry.version))
      yield note(subject, `Its text calls itself version ${called}; ${nameSighting(sighting)} counts.`);
  }
  const known = registered.get(versionKey(entry.version));
  if (known && known.effective !== entry.effective) {
    const [was, is] = [localTime(known.effective, zone), localTime(entry.effective as Instant, zone)];
    yield note(subject, `It is registered as effective from ${was}; ${source} says ${is}. Entries are never edited.`);
  }
}

/** Versions whose date is not before that of a later one, or of the withdrawal, which so takes their place. */
function* noteNeverInForce(added: readonly Planned[], withdrawal: NewWithdrawal | undefined): Iterable<ReportLine> {
  const lines: ReportLine[] = [];
  let next = withdrawal && { at: withdrawal.withdrawn, by: 'the withdrawal' };
  for (const { entry } of [...added].reverse()) {
    const { version, effective } = entry;
    if (next && effective >= next.at) {
      const when = effective === next.at ? 'takes effect at the same time' : 'takes effect before it';
      lines.unshift(note(`version ${version}`, `By these dates it never is in force: ${next.by} ${when}.`));
    } else {
      next = { at: effective, by: `version ${version}` };
    }
  }
  yield* lines;
}

/** Tags that hold the file under no version's name: where their text is one that no version has, something may be missing. */
function* noteLeftovers(draft: Draft, zone: string): Iterable<ReportLine> {
  const { history, outcomes, versions, registered, successor } = draft;
  const known = new Set([...versions.map(({ entry }) => versionKey(entry.version)), ...registered.keys()]);
  const held = versions.flatMap((planned) => planned.held ?? []);
  const reported = new Set(outcomes.map((outcome) => outcome.sighting.text?.blob));
  const isLate = ({ at }: Sighting) => successor !== undefined && at >= successor.settled;
  const early = history.leftovers.filter((sighting) => !isLate(sighting));
  for (const leftover of groupLeftovers(early, held, known)) {
    const { version, sighting } = leftover;
    if (version !== undefined || reported.has(sighting.text?.blob)) continue;
    yield describeLeftover(leftover, `It names no version of ${history.document}. Its ${sighting.path} has`);
  }
  for (const leftover of groupLeftovers(history.leftovers.filter(isLate), held, known)) {
    const since = successor && `${successor.document} took over on ${localTime(successor.effective, zone)}`;
    yield describeLeftover(leftover, `After ${since} ${leftover.sighting.path} is still there, with`);
  }
}

function describeLeftover({ sighting, more, version, unknown }: Leftover, where: string): ReportLine {
  const text = version === undefined ? 'a text that no version has' : `the text of version ${version}`;
  const rows = unknown.map((row) => `${row.version} (${row.date ?? row.printed})`).join(', ');
  const named = `Its revision table names versions that nothing else does, which were not adopted: ${rows}. To have them known by name, list them in a file of dates.`;
  return note(`${nameSighting(sighting)}${more > 0 ? ` and ${more} more` : ''}`, `${where} ${text}.${rows && ` ${named}`}`);
}
