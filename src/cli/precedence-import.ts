import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { showShort } from '../check/report/words.ts';
import { plural } from '../model/plural.ts';
import { type KnownVersion, OUTSIDE_NAMES, type OutsideRules, type OutsideVersion, PRECEDENCE, versionsOf } from '../model/precedence.ts';
import { listBoundTimes } from '../model/precedence-state.ts';
import { dateIn } from '../model/time.ts';
import { compareVersionNumbers } from '../model/version-number.ts';
import { insertVersions } from '../model/write-precedence.ts';
import { type OutsideRevisions, readOutsideRevisions } from '../read/outside-revisions.ts';
import { readPrecedenceText } from '../read/precedence.ts';
import { openWorkspace, readRepositoryFile } from '../read/workspace.ts';
import type { Io } from './main.ts';
import { replaceFiles } from './replace-files.ts';

export interface ImportWishes {
  rules: OutsideRules | undefined;
  isAll: boolean;
  isDry: boolean;
}

/** Adds the versions that a document names and the file does not. Nothing is written unless the file then says what it said, and they besides. */
export async function importPrecedence(file: string, wishes: ImportWishes, io: Io): Promise<number> {
  const bytes = await readFile(resolve(io.folder, file)).catch(() => undefined);
  if (!bytes) return stop(io, 2, `There is no file ${file}.`);
  const revisions = readOutsideRevisions(bytes.toString('utf8'), file);
  const rules = wishes.rules ?? revisions.rules;
  if (!rules) return stop(io, 2, `The title of ${file} does not say whose rules it has. Say so: --rules baseline-requirements, or --rules ev-guidelines.`);
  if (revisions.versions.length === 0) return stop(io, 1, `${file} has no table of revisions with versions and effective dates.`);
  const before = await readRepositoryFile(io.folder, PRECEDENCE);
  const { precedence: known = [], observations } = before ? readPrecedenceText(before.toString('utf8')) : { observations: [] };
  if (observations.length > 0) return stop(io, 1, observations.map(({ at, message }) => `${at.file}:${at.start?.line ?? 1} ${message}`).join('\n'));
  const added = await choose(revisions, rules, known, wishes.isAll, io);
  const text = added.length > 0 ? insert(before?.toString('utf8') ?? '', known, added) : undefined;
  if (added.length > 0 && text === undefined)
    return stop(io, 1, `The entries of ${PRECEDENCE} do not each begin with "- " on a line of their own: nothing can be put between them safely.`);
  if (text !== undefined && !wishes.isDry) {
    await mkdir(join(io.folder, dirname(PRECEDENCE)), { recursive: true });
    await replaceFiles(io.folder, [{ path: PRECEDENCE, before, after: Buffer.from(text) }]);
  }
  io.out(tell({ rules, known, added, revisions, isDry: wishes.isDry }));
  return 0;
}

function stop(io: Io, code: number, message: string): number {
  io.err(`${showShort(message, 2000)}\nNothing was written.\n`);
  return code;
}

/** The versions that are to be added. */
async function choose({ versions }: OutsideRevisions, rules: OutsideRules, known: readonly KnownVersion[], isAll: boolean, io: Io): Promise<OutsideVersion[]> {
  const mine = versionsOf(known, rules);
  const isNew = versions.filter(({ version }) => !mine.some((one) => one.version === version)).map((version) => ({ rules, ...version }));
  if (isAll) return isNew;
  const [first] = mine;
  if (first) return isNew.filter(({ version }) => compareVersionNumbers(version, first.version) > 0);
  const start = await firstBoundDay(rules, io);
  const inEffect = versions
    .filter(({ effective }) => effective <= start)
    .sort((a, b) => compareVersionNumbers(a.version, b.version))
    .at(-1);
  return isNew.filter(({ version }) => inEffect === undefined || compareVersionNumbers(version, inEffect.version) >= 0);
}

/** The first day on which the provider was bound to the rules; today where it is not. */
async function firstBoundDay(rules: OutsideRules, io: Io): Promise<string> {
  const { workspace } = await openWorkspace(pathToFileURL(`${io.folder}/`), { now: io.now, purpose: 'publish' });
  return listBoundTimes(workspace, rules)[0]?.from ?? dateIn(io.now, workspace.config.timeZone);
}

/** The new text, proved to say all that the old one did; undefined where it cannot be made. */
function insert(text: string, known: readonly KnownVersion[], added: readonly OutsideVersion[]): string | undefined {
  const placed = known.map(({ rules, version, fields }) => ({ rules, version, line: fields['']?.line ?? 0 }));
  const after = insertVersions(text, placed, added);
  if (after === undefined) return undefined;
  const { precedence: read = [] } = readPrecedenceText(after);
  const isKept = known.every((version) => read.some((one) => isSame(one, version)));
  const isThere = added.every((version) => read.some((one) => isSame(one, version)));
  return isKept && isThere && read.length === known.length + added.length ? after : undefined;
}

const isSame = ({ fields: _, ...a }: Partial<KnownVersion>, { fields: __, ...b }: Partial<KnownVersion>) => isDeepStrictEqual({ ...a }, { ...b });

interface Imported {
  rules: OutsideRules;
  known: readonly KnownVersion[];
  added: readonly OutsideVersion[];
  revisions: OutsideRevisions;
  isDry: boolean;
}

function tell({ rules, known, added, revisions, isDry }: Imported): string {
  const shown = (text: string) => showShort(text, 200);
  const mine = versionsOf(known, rules);
  const others = revisions.versions.flatMap((version) => {
    const own = mine.find((one) => one.version === version.version);
    return own && (own.effective !== version.effective || (own.adopted ?? version.adopted) !== version.adopted)
      ? [`  ${own.version}: ${own.adopted ?? 'no day'} and ${own.effective}; in the table ${version.adopted ?? 'no day'} and ${version.effective}`]
      : [];
  });
  return [
    ...added.map(
      ({ version, ballots = [], subject = '', effective }) =>
        `${OUTSIDE_NAMES[rules]} ${version}, effective ${effective}: ${shown([...ballots, subject].join(' '))}`,
    ),
    `${plural(added.length, 'version')} ${isDry ? 'would be' : added.length === 1 ? 'was' : 'were'} added to ${PRECEDENCE}, ${mine.length} ${mine.length === 1 ? 'was' : 'were'} there.`,
    ...(added.length > 0 ? ['Assess each before its effective date: impact, summary, on, by, steps.'] : []),
    ...(others.length > 0 ? ['Days of adoption and effect that differ, and were left as they are:', ...others] : []),
    ...(revisions.unread.length > 0 ? ['Rows that were passed over:', ...revisions.unread.map(({ line, reason }) => `  line ${line}: ${shown(reason)}`)] : []),
    '',
  ].join('\n');
}
