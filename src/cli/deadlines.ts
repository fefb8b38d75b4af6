import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type Deadline, daysLeft, deadlineTexts, listDeadlines } from '../model/deadline.ts';
import { deadlineWords, explainDays, explainDeadline } from '../model/deadline-words.ts';
import { hasEnded, readTimelines } from '../model/in-force.ts';
import { includedProfiles } from '../model/profile-binding.ts';
import { readStatedDates, type SectionDate } from '../model/stated-date.ts';
import { dateIn, type Instant } from '../model/time.ts';
import type { Sha256 } from '../model/version.ts';
import type { Workspace } from '../model/workspace.ts';
import { deadlineAddress } from '../publish/calendar.ts';
import { toPlainText } from '../publish/plain-text.ts';
import { isMarkdown } from '../read/files.ts';
import { type OpenedRepository, openWorkspace, readDocument, readInstant } from '../read/workspace.ts';
import { type Command, UsageError } from './main.ts';
import { refuseUntrusted } from './refuse-untrusted.ts';

/** `cartulary deadlines`: what is due by the register and by the texts, nearest first. */
export const deadlines: Command = {
  summary: 'Say what is due: effective dates, notice, reviews, dates in texts.',
  usage: `cartulary deadlines [--all] [--days <n>] [--json] [--at <date or instant>]

  --all    what is past too, after what is due
  --days   only what falls within so many days
  --at     days are counted from this date instead of today

Exit codes: 0 no yearly review is overdue, 1 one is, 2 could not run.`,
  async run(args, io) {
    const { values } = parseArgs({
      args: [...args],
      options: { all: { type: 'boolean' }, days: { type: 'string' }, json: { type: 'boolean' }, at: { type: 'string' } },
    });
    if (values.days !== undefined && !/^\d{1,5}$/.test(values.days)) throw new UsageError(`"${values.days}" is not a number of days.`);
    const now = values.at === undefined ? io.now : await readInstant(io.folder, values.at);
    if (!now) throw new UsageError(`"${values.at}" is neither a date nor an instant.`);
    const opened = await openWorkspace(pathToFileURL(`${io.folder}/`), { now, purpose: 'publish' });
    const { workspace } = opened;
    if (refuseUntrusted(workspace, io)) return 2;
    // What ended without its last review cannot be reviewed any more.
    const ended = new Set(
      [...readTimelines(workspace.register).values()].filter((one) => hasEnded(workspace.register, one, now)).map(({ document }) => document),
    );
    const all = listDeadlines({ ...workspace, stated: await readStated(opened) }).map((deadline): Entry => {
      const left = daysLeft(deadline, now, workspace.config.timeZone);
      return { deadline, left, overdue: deadline.kind === 'review-due' && left < 0 && !ended.has(deadline.document) };
    });
    const due = all.filter(({ left, overdue }) => overdue || (left >= 0 && left <= Number(values.days ?? Number.POSITIVE_INFINITY)));
    const past = values.all ? all.filter(({ left, overdue }) => left < 0 && !overdue).reverse() : [];
    io.out(values.json ? toJson([...due, ...past], workspace) : toText(due, past, now, workspace.config.timeZone));
    return all.some(({ overdue }) => overdue) ? 1 : 0;
  },
};

/** A deadline on the day that is asked for. A review that was missed is due until a new version is published. */
interface Entry {
  deadline: Deadline;
  left: number;
  overdue: boolean;
}

async function readStated({ workspace, readBytes }: OpenedRepository): Promise<Map<Sha256, readonly SectionDate[]>> {
  const files = deadlineTexts(workspace.register).filter(({ path }) => isMarkdown(path));
  const entries = workspace.register.entries.filter((entry) => entry.kind === 'version');
  const bytes = await readBytes(files);
  const stated = new Map<Sha256, readonly SectionDate[]>();
  for (const file of files) {
    const { sha256, path } = file;
    const [text, facts] = [bytes.get(sha256), workspace.facts.get(sha256)];
    const entry = entries.findLast(({ files: held }) => Object.values(held).includes(file));
    const profiles = entry ? includedProfiles(workspace, entry, file) : [];
    if (text && facts) stated.set(sha256, readStatedDates(toPlainText(await readDocument(text, facts, path, profiles))));
  }
  return stated;
}

function toText(due: readonly Entry[], past: readonly Entry[], now: Instant, zone: string): string {
  const width = Math.max(0, ...[...due, ...past].map(({ left }) => explainDays(left).length));
  const lines = [
    `On ${dateIn(now, zone)} (${zone}):`,
    ...(due.length > 0 ? due.flatMap((entry) => toLines(entry, width)) : ['  Nothing is due.']),
    ...(past.length > 0 ? ['Past:', ...past.flatMap((entry) => toLines(entry, width))] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function toLines({ deadline, left, overdue }: Entry, width: number): string[] {
  const words = deadlineWords('en');
  const head = `  ${deadline.date}  ${explainDays(left).padEnd(width)}  `;
  const line = `${head}${words.summary(deadline, deadline.document)}${overdue ? ': overdue' : ''}`;
  return deadline.words === undefined ? [line] : [line, `${' '.repeat(head.length)}${words.quote(deadline.words)}`];
}

function toJson(entries: readonly Entry[], { config }: Workspace): string {
  const rows = entries.map(({ deadline, left, overdue }) => ({
    ...deadline,
    section: deadline.section ?? null,
    words: deadline.words ?? null,
    daysLeft: left,
    overdue,
    url: deadlineAddress(deadline, (path) => `${config.site}${path}`),
    explanation: explainDeadline(deadline, left),
    advice: deadlineWords('en').advice(deadline.kind),
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}
