import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type CheckResult, publicationErrors, runCheck } from '../check/run.ts';
import type { Finding } from '../model/finding.ts';
import { statedProfiles } from '../model/profile-binding.ts';
import {
  decideVersion,
  findSpan,
  type Registration,
  refuseBeforeVersion,
  refuseBytes,
  refuseDates,
  refuseRescheduling,
  refuseVersion,
  refuseWithdrawal,
} from '../model/registration.ts';
import { type Instant, localTime, parseInstant } from '../model/time.ts';
import { RepositoryPath, type VersionFile } from '../model/version.ts';
import { appendEntries, type NewEntry, REGISTER, readRegister, sha256 } from '../read/register.ts';
import { type OpenedRepository, openWorkspace, readRepositoryFile } from '../read/workspace.ts';
import { type Command, type Io, UsageError } from './main.ts';
import { confirmMarks } from './register-confirm.ts';
import { bindProfiles, isSameText, proposeDeclaration } from './register-profiles.ts';

const options = {
  'dry-run': { type: 'boolean' },
  published: { type: 'string' },
  effective: { type: 'string' },
  version: { type: 'string' },
  language: { type: 'string' },
  archive: { type: 'string' },
  withdraw: { type: 'string' },
  reschedule: { type: 'string' },
  erratum: { type: 'string' },
  section: { type: 'string' },
  text: { type: 'string' },
  reason: { type: 'string' },
  'continued-by': { type: 'string' },
  confirm: { type: 'string' },
  profiles: { type: 'boolean' },
} as const;
type Values = ReturnType<typeof parse>['values'];
const parse = (args: readonly string[]) => parseArgs({ args: [...args], allowPositionals: true, options });

type Option = keyof typeof options;

/** What each way to register takes besides `ALWAYS`, and how many words: named by its own option, or `texts`, which has none. */
const MODES = {
  profiles: { takes: [], least: 2, most: 2 },
  archive: { takes: ['version', 'effective', 'language'], least: 1, most: 1 },
  withdraw: { takes: ['reason', 'continued-by'], least: 1, most: 1 },
  reschedule: { takes: ['effective', 'reason'], least: 1, most: 1 },
  erratum: { takes: ['text', 'section'], least: 1, most: 1 },
  texts: { takes: ['confirm'], least: 0, most: 1 },
} as const satisfies Record<string, { takes: readonly Option[]; least: number; most: number }>;
const ALWAYS: readonly Option[] = ['published', 'dry-run'];

/** `cartulary register`: appends what was approved to the register, or refuses with reasons. */
export const register: Command = {
  summary: 'Append an approved version, a withdrawal, a rescheduling, an erratum or a declaration of profiles to the register.',
  usage: `cartulary register [<document>] [--confirm all|<name>,<name>…]    the approved texts in the work tree
cartulary register <document> --archive <file> --version <n> --effective <date> [--language <tag>]
                                                                a version older than git, kept as a file
cartulary register <document> --withdraw <date> --reason <text> [--continued-by <document>]
cartulary register <document> --reschedule <version> --effective <date> --reason <text>
cartulary register <document> --erratum <version> --text <text> [--section <number>]
cartulary register <document> <version> --profiles              what the text of that version states, as content/profiles says it

  --confirm <names>      suspect marks that you have read again against the text, such as 411-2:OVR-5.1-09,411-1:6.2.2
  --published <instant>  when the fact became public, where that is not now
  --dry-run              show what would be written, and write nothing`,
  async run(args, io) {
    const { values, positionals } = parse(args);
    refuseForeign(values, positionals);
    const folder = pathToFileURL(`${io.folder}/`);
    const opened = await openWorkspace(folder, { now: io.now, purpose: 'check' });
    const result = runCheck(opened.workspace);
    const [document, version] = positionals;
    // A text altered under its version is what a new registration may be about; everything else must hold first.
    const blocking = publicationErrors(result).filter((finding) => finding.rule !== 'form/published-unaltered');
    if (blocking.length > 0) return refuse(io, [...blocking.map((finding) => finding.message), 'Run `cartulary check` for more.']);
    const published = values.published === undefined ? io.now : parseInstant(values.published, opened.workspace.config.timeZone);
    if (!published) throw new UsageError(`"${values.published}" is neither a date nor an instant.`);
    if (published > io.now) return refuse(io, [`--published ${values.published} lies in the future: an entry says what was published.`]);
    const context = { register: opened.workspace.register, config: opened.workspace.config, published };
    const proposal =
      values.profiles && document !== undefined && version !== undefined
        ? await proposeDeclaration(document, version, opened, context, io.folder)
        : await propose(document, values, { ...opened, errors: listErrors(result) }, context, io.folder);
    if (proposal.refusals.length > 0 || proposal.entries.length === 0)
      return refuse(io, proposal.refusals.length > 0 ? proposal.refusals : ['There is nothing to register: every approved text is registered already.']);
    const marks = confirmMarks(proposal.entries, values.confirm, opened.workspace);
    if (marks.refusals.length > 0) return refuse(io, marks.refusals);
    const code = await write(marks.entries, values['dry-run'] === true, io);
    if (code === 0) io.out(marks.told);
    return code;
  },
};

/** Throws for an option or a word that does not belong to what is to be registered, rather than leave it out. */
function refuseForeign(values: Values, words: readonly string[]): void {
  const mode = (Object.keys(MODES) as (keyof typeof MODES)[]).find((name) => name !== 'texts' && values[name] !== undefined) ?? 'texts';
  const { takes, least, most } = MODES[mode];
  const place = mode === 'texts' ? 'the registration of texts in the work tree' : `--${mode}`;
  const own: readonly string[] = [mode, ...takes, ...ALWAYS];
  const foreign = Object.keys(values).filter((name) => !own.includes(name));
  if (foreign.length > 0)
    throw new UsageError(`${foreign.map((name) => `--${name}`).join(', ')} ${foreign.length > 1 ? 'do' : 'does'} not belong to ${place}.`);
  if (words.length < least) throw new UsageError(least > 1 ? 'Name the document and the version.' : 'Name the document.');
  const superfluous = words.slice(most).map((word) => `"${word}"`);
  const advice =
    mode === 'texts' ? ' One document is named; its version is that of its text. What a registered version states is declared with --profiles.' : '';
  if (superfluous.length > 0) throw new UsageError(`${superfluous.join(', ')} ${superfluous.length > 1 ? 'do' : 'does'} not belong to ${place}.${advice}`);
}

interface Proposal {
  entries: NewEntry[];
  refusals: string[];
}

/** The repository with the errors that the check found in it. */
interface CheckedRepository extends OpenedRepository {
  errors: readonly Finding[];
}

/** What is published stays: a text on which the check has errors is mended before, not after. */
const listErrors = ({ findings }: CheckResult): Finding[] =>
  findings.filter(({ severity, rule }) => severity === 'error' && rule !== 'form/published-unaltered');

async function propose(document: string | undefined, values: Values, opened: CheckedRepository, context: Registration, folder: string): Promise<Proposal> {
  if (document === undefined) return proposeAll(opened, context, folder);
  if (values.archive !== undefined) return proposeArchive(document, values.archive, values, context, folder);
  if (values.withdraw !== undefined) return proposeWithdrawal(document, values, context);
  if (values.reschedule !== undefined) return proposeRescheduling(document, values.reschedule, values, context);
  if (values.erratum !== undefined) return proposeErratum(document, values.erratum, values, context);
  return proposeVersion(document, opened, context, folder);
}

/** Every document whose approved text is not registered yet. */
async function proposeAll(opened: CheckedRepository, context: Registration, folder: string): Promise<Proposal> {
  const { drafts, register } = opened.workspace;
  const open = drafts.filter((draft) => draft.frontMatter?.status === 'approved' && !findSpan(register, draft.id, draft.frontMatter.version));
  const proposals = await Promise.all([...new Set(open.map((draft) => draft.id))].sort().map((id) => proposeVersion(id, opened, context, folder)));
  return { entries: proposals.flatMap((proposal) => proposal.entries), refusals: proposals.flatMap((proposal) => proposal.refusals) };
}

async function proposeVersion(document: string, { workspace, git, errors }: CheckedRepository, context: Registration, folder: string): Promise<Proposal> {
  const drafts = workspace.drafts.filter((draft) => draft.id === document);
  const front = drafts[0]?.frontMatter;
  const files = new Set([...drafts, ...(front ? statedProfiles(front, workspace.profiles) : [])].map(({ file }) => file));
  const own = errors.filter(({ at }) => files.has(at.file));
  if (own.length > 0) return { entries: [], refusals: own.map(({ at, message }) => `${at.file}${at.start ? `:${at.start.line}` : ''}: ${message}`) };
  const heads = (await git?.blobsAt(drafts.map((draft) => ({ revision: 'HEAD', path: draft.file })))) ?? new Map<string, string>();
  const committed = new Map<string, VersionFile>();
  for (const draft of drafts) {
    const blob = heads.get(`HEAD:${draft.file}`);
    const bytes = blob && (await git?.readBlobs([blob]))?.get(blob);
    const here = await readRepositoryFile(folder, draft.file);
    if (blob && bytes && here && isSameText(bytes, here)) committed.set(draft.file, { path: draft.file, blob, sha256: sha256(bytes) });
  }
  const decision = decideVersion(drafts, committed, context);
  const { profiles, refusals } = front ? await bindProfiles(front, { workspace, git }, folder) : { profiles: {}, refusals: [] };
  const reasons = [...(decision.refusals ?? []), ...refusals].map((reason) => `${document}: ${reason}`);
  if (!decision.entry || reasons.length > 0) return { entries: [], refusals: reasons };
  return { entries: [{ ...decision.entry, ...(Object.keys(profiles).length > 0 && { profiles }) }], refusals: [] };
}

async function proposeArchive(document: string, path: string, values: Values, context: Registration, folder: string): Promise<Proposal> {
  const version = required(values.version, '--version');
  const effective = instant(required(values.effective, '--effective'), context);
  if (!RepositoryPath.safeParse(path).success) throw new UsageError(`"${path}" is not a path inside the repository.`);
  const bytes = await readRepositoryFile(folder, path);
  if (!bytes) return { entries: [], refusals: [`There is no file ${path}.`] };
  const published = values.published === undefined ? effective : context.published;
  const refusals = [
    ...refuseVersion(document, version, context.register),
    ...refuseDates(document, effective, { ...context, published }),
    ...refuseBytes(sha256(bytes), context.register),
  ];
  const entry = {
    document,
    version,
    published,
    effective,
    files: { [values.language ?? context.config.languages[0] ?? 'en']: { path, sha256: sha256(bytes) } },
  };
  return { entries: refusals.length > 0 ? [] : [entry], refusals };
}

function proposeWithdrawal(document: string, values: Values, context: Registration): Proposal {
  const withdrawn = instant(required(values.withdraw, '--withdraw'), context);
  const refusals = refuseWithdrawal(document, withdrawn, context);
  const entry = {
    document,
    withdrawn,
    published: context.published,
    reason: required(values.reason, '--reason'),
    ...(values['continued-by'] && { continuedBy: values['continued-by'] }),
  };
  return { entries: refusals.length > 0 ? [] : [entry], refusals };
}

function proposeRescheduling(document: string, version: string, values: Values, context: Registration): Proposal {
  const rescheduled = instant(required(values.effective, '--effective'), context);
  const refusals = refuseRescheduling(document, version, rescheduled, context);
  const entry = { document, version, rescheduled, published: context.published, reason: required(values.reason, '--reason') };
  return { entries: refusals.length > 0 ? [] : [entry], refusals };
}

function proposeErratum(document: string, version: string, values: Values, context: Registration): Proposal {
  const span = findSpan(context.register, document, version);
  if (!span) return { entries: [], refusals: [`${document} ${version} is not in the register.`] };
  const refusals = refuseBeforeVersion(span, context);
  const entry = {
    document,
    version,
    erratum: String(span.errata.length + 1),
    published: context.published,
    text: required(values.text, '--text'),
    ...(values.section && { section: values.section }),
  };
  return { entries: refusals.length > 0 ? [] : [entry], refusals };
}

function required(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new UsageError(`The option ${option} is needed here.`);
  return value;
}

function instant(text: string, { config }: Registration): Instant {
  const at = parseInstant(text, config.timeZone);
  if (!at) throw new UsageError(`"${text}" is neither a date nor an instant.`);
  return at;
}

async function write(entries: readonly NewEntry[], dry: boolean, io: Io): Promise<number> {
  const before = (await readRepositoryFile(io.folder, REGISTER))?.toString('utf8') ?? '';
  const { text, added } = appendEntries(before, entries);
  // What a reader of the register would refuse is never written: no entry can be taken back.
  const { observations } = readRegister(text);
  if (observations.length > 0)
    return refuse(
      io,
      observations.map(({ message, seen, expected }) => [message, seen && `seen: ${seen}`, expected && `expected: ${expected}`].filter(Boolean).join(' ')),
    );
  io.out(`${dry ? 'Would append' : 'Appended'} to ${REGISTER}:\n\n${added}`);
  if (dry) return 0;
  const path = join(io.folder, REGISTER);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  io.out(`\nCommit ${REGISTER} now (${localTime(io.now, 'UTC')} UTC).\n`);
  return 0;
}

function refuse(io: Io, reasons: readonly string[]): number {
  io.err(`Nothing was registered:\n${reasons.map((reason) => `  - ${reason}\n`).join('')}`);
  return 1;
}
