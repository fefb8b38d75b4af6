import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { showShort } from '../check/report/words.ts';
import { ListSnapshot, type SnapshotFile } from '../model/list-snapshot.ts';
import { plural } from '../model/plural.ts';
import { localTime } from '../model/time.ts';
import type { TrustedList } from '../model/trusted-list.ts';
import { writeSnapshot } from '../model/write-snapshot.ts';
import { type FetchedList, type FetchedLists, fetchLists, LIST_OF_LISTS } from '../read/fetch-lists.ts';
import { readInside } from '../read/files.ts';
import { sha256 } from '../read/register.ts';
import { readTrustedList } from '../read/trusted-list.ts';
import { readAnchors, readServices, readSnapshot, SERVICES, SNAPSHOT, TRUSTED_LISTS } from '../read/trusted-lists.ts';
import type { Io } from './main.ts';
import { type Replacement, replaceFiles } from './replace-files.ts';
import { describeList, nameSigner } from './trusted-list-words.ts';

export interface UpdateWishes {
  from: string | undefined;
  countries: readonly string[] | undefined;
}

/** Why nothing can be fetched or written, in whole sentences, with the exit code. */
interface Refusal {
  code: 1 | 2;
  lines: readonly string[];
}

/** `cartulary trusted-list update`: a new snapshot of lists that are all proved, or nothing. */
export async function updateLists(wishes: UpdateWishes, io: Io): Promise<number> {
  const root = await realpath(io.folder);
  const begun = await begin(root, wishes);
  if ('lines' in begun) return refuse(begun, io);
  const result = await fetchLists({ location: begun.location, countries: begun.countries, anchors: begun.anchors, at: io.now });
  if (result.kind === 'unreachable') return refuse({ code: 2, lines: result.problems }, io);
  if (result.kind === 'refused') return refuse({ code: 1, lines: [...result.problems, ...adviseOnAnchors(begun, result.problems)] }, io);
  const { lists } = result;
  const { older, warnings } = await compareHeld(root, begun.held, lists);
  const untimely = [...older, ...findFuture(lists, io)];
  if (untimely.length > 0) return refuse({ code: 1, lines: untimely }, io);
  const snapshot = toSnapshot(lists, begun, io);
  const writable = ListSnapshot.safeParse(snapshot);
  if (!writable.success)
    return refuse({ code: 1, lines: writable.error.issues.map(({ path, message }) => `The value of "${path.join('.')}" would not be valid: ${message}.`) }, io);
  const replacements = await planFiles(root, begun.held, snapshot, lists);
  await replaceFiles(root, replacements);
  io.out(`${tellLists(lists, begun, warnings)}${tellFiles(replacements)}`);
  return 0;
}

function refuse({ code, lines }: Refusal, io: Io): number {
  io.err(`${lines.map((line) => showShort(line, 600)).join('\n')}\nNothing was written: what is held in ${TRUSTED_LISTS} is as it was.\n`);
  return code;
}

interface Begun {
  location: string;
  countries: readonly string[];
  anchors: { certificates: readonly Uint8Array[]; journal: string | undefined };
  anchorFiles: readonly string[];
  /** Countries of the lists in which services are declared to be entered. */
  declared: readonly string[];
  held: ListSnapshot | undefined;
}

/** Reads what is held and declared. */
async function begin(root: string, { from, countries }: UpdateWishes): Promise<Begun | Refusal> {
  const [read, { services, observations }] = await Promise.all([readSnapshot(root), readServices(root)]);
  const wrong = [...(read?.observations ?? []), ...(countries ? [] : observations)].map(
    ({ at, message }) => `${at.file}${at.start ? `:${at.start.line}` : ''}: ${message}`,
  );
  if (wrong.length > 0) return { code: 2, lines: wrong };
  const held = read?.value;
  const declared = services?.services.map(({ entry }) => entry.country) ?? [];
  const wanted = countries ?? [...new Set([...declared, ...(held?.lists.map(({ country }) => country) ?? [])])].sort();
  if (wanted.length === 0) return { code: 2, lines: [`No country is known: declare services in ${SERVICES}, or name countries with --countries AT,DE.`] };
  const anchorFiles = held?.anchors.files ?? (await listPemFiles(root));
  const certificates = (await Promise.all(anchorFiles.map((file) => readAnchors(root, file)))).flatMap((read) => read ?? []);
  if (certificates.length === 0) return { code: 2, lines: noAnchors(held) };
  return {
    location: from ?? held?.listOfLists.location ?? LIST_OF_LISTS,
    countries: wanted,
    anchors: { certificates, journal: held?.anchors.journal },
    anchorFiles,
    declared,
    held,
  };
}

/** Before there is a snapshot, the certificates that lie where it will be are its anchors. */
async function listPemFiles(root: string): Promise<string[]> {
  const names = await readdir(join(root, TRUSTED_LISTS)).catch(() => []);
  return names.filter((name) => /^[A-Za-z0-9][A-Za-z0-9._-]*\.pem$/.test(name)).sort();
}

const noAnchors = (held: ListSnapshot | undefined): string[] => [
  `There are no anchors, so nothing could prove a list: ${held ? `none of ${held.anchors.files.join(', ')}` : `no file *.pem in ${TRUSTED_LISTS}`} holds a certificate.`,
  `Put the certificates of the Commission's notice in the Official Journal on the list of trusted lists there, as ${TRUSTED_LISTS}/${held?.anchors.files[0] ?? 'journal-anchors.pem'}` +
    ` (${held ? held.anchors.journal : 'the notice in force is named on the page of the list of the lists, and is read at eur-lex.europa.eu'}). Take them from the Journal itself; this command never fetches them.`,
];

/** What keeps a list of the lists from being traced may be that the Journal has published other anchors. */
function adviseOnAnchors({ anchorFiles, anchors, location }: Begun, problems: readonly string[]): string[] {
  // Once the list of the lists is proved, the anchors are right.
  const own = problems.filter((problem) => problem.startsWith(`${location}:`) || problem.startsWith(`${location},`));
  if (!own.some((problem) => /\((signer-not-announced|journal-missing)\)$/.test(problem))) return [];
  const journal = anchors.journal === undefined ? '' : `, of ${anchors.journal}`;
  return [`The anchors are those in ${anchorFiles.join(', ')}${journal}. If the Official Journal has published others since, put them there and commit them.`];
}

/** What lists say that were fetched, beside those that are held. */
interface BesideHeld {
  /** In whole sentences: lists that are older than what is held. */
  older: readonly string[];
  /** What is odd about lists that are taken all the same, by file. */
  warnings: ReadonlyMap<string, string>;
}

/** The number of a list grows with each issue (TS 119 612, 5.3.2); one that stays the same over other bytes is told, for it may have been signed anew. */
async function compareHeld(root: string, held: ListSnapshot | undefined, { listOfLists, lists }: FetchedLists): Promise<BesideHeld> {
  const pairs = [
    { fetched: listOfLists, before: held?.listOfLists },
    ...lists.map((fetched) => ({ fetched, before: held?.lists.find(({ country }) => country === fetched.country) })),
  ];
  const older: string[] = [];
  const warnings = new Map<string, string>();
  for (const { fetched, before } of pairs) {
    const known = before && (await readHeld(root, before));
    const { sequence, issued } = fetched.proof.list;
    if (before && !known) warnings.set(fetched.file, NOT_COMPARED);
    if (!known) continue;
    if (sequence < known.sequence || issued < known.issued) {
      const [came, was] = [tellIssue(fetched.proof.list), tellIssue(known)];
      older.push(`${fetched.location} gave ${came}, but ${was} is held: a list does not go back. Try again later, or from another place.`);
    } else if (sequence === known.sequence && fetched.proof.sha256 !== before.sha256) warnings.set(fetched.file, SAME_NUMBER);
  }
  return { older, warnings };
}

const SAME_NUMBER = 'this number was held already, over other bytes; its number should have grown. See what differs (git diff) before you commit it.';
const NOT_COMPARED =
  'the file that was held is missing or altered, so nothing says whether this one is newer. Where git changes line ends, keep it from these files: `content/trusted-lists/* -text` in .gitattributes.';

/** A list is not of a time that has not come. */
const findFuture = ({ listOfLists, lists }: FetchedLists, { now }: Io): string[] =>
  [listOfLists, ...lists]
    .filter(({ proof }) => proof.list.issued > now)
    .map(
      ({ location, proof }) =>
        `${location} gave ${tellIssue(proof.list)}, which has not come. Try again then, and see whether the clock of this machine is right.`,
    );

const tellIssue = ({ sequence, issued }: Pick<TrustedList, 'sequence' | 'issued'>) => `number ${sequence} of ${localTime(issued, 'UTC')} UTC`;

/** A list of the snapshot that is held, where its file is still the one that was taken. */
async function readHeld(root: string, { file, sha256: digest }: SnapshotFile) {
  const bytes = await readInside(root, `${TRUSTED_LISTS}/${file}`);
  return bytes && sha256(bytes) === digest ? readTrustedList(bytes).list : undefined;
}

function toSnapshot({ listOfLists, pivots, lists, journal }: FetchedLists, { anchors, anchorFiles }: Begun, io: Io): ListSnapshot {
  const toFile = ({ file, location, proof }: FetchedList): SnapshotFile => ({ file, location, sha256: proof.sha256 });
  return {
    taken: io.now,
    anchors: { journal: anchors.journal ?? journal, files: [...anchorFiles] },
    listOfLists: toFile(listOfLists),
    pivots: pivots.map(toFile),
    lists: lists.map((list) => ({ ...toFile(list), country: list.country })),
  };
}

/** What is to be written, the snapshot last; files of the old snapshot that the new one does not have go. */
async function planFiles(
  root: string,
  held: ListSnapshot | undefined,
  snapshot: ListSnapshot,
  { listOfLists, pivots, lists }: FetchedLists,
): Promise<Replacement[]> {
  const contents = new Map<string, Uint8Array | undefined>();
  for (const { file } of held ? [held.listOfLists, ...held.pivots, ...held.lists] : []) contents.set(`${TRUSTED_LISTS}/${file}`, undefined);
  for (const { file, bytes } of [...pivots, ...lists, listOfLists]) contents.set(`${TRUSTED_LISTS}/${file}`, bytes);
  for (const file of snapshot.anchors.files) contents.delete(`${TRUSTED_LISTS}/${file}`);
  contents.set(SNAPSHOT, Buffer.from(writeSnapshot(snapshot)));
  const planned = await Promise.all([...contents].map(async ([path, after]) => ({ path, after, before: await readInside(root, path) })));
  return planned.filter(({ before, after }) => (after ? !before?.equals(after) : before));
}

function tellLists({ listOfLists, pivots, lists, journal }: FetchedLists, { anchors, declared }: Begun, warnings: ReadonlyMap<string, string>): string {
  const tell = ({ file, location, proof }: FetchedList): string[] => [
    `  ${file}: ${describeList(proof)}`,
    `    from ${showShort(location, 300)}, signed by ${nameSigner(proof)}`,
    ...proof.warnings.filter(({ code }) => code !== 'history').map(({ message }) => `    warning: ${showShort(message, 300)}`),
    ...(warnings.has(file) ? [`    warning: ${warnings.get(file)}`] : []),
  ];
  const first = anchors.journal === undefined ? [`The list of the lists names ${showShort(journal, 300)}: make sure that the anchors are from there.`] : [];
  const missing = [...new Set(declared)].filter((country) => !lists.some((list) => list.country === country)).sort();
  const left = missing.length > 0 ? [`${SERVICES} has services in ${missing.join(', ')}, whose list was not fetched: nothing proves them now.`] : [];
  return `${['Fetched and proved:', ...[listOfLists, ...pivots, ...lists].flatMap(tell), ...first, ...left].join('\n')}\n`;
}

function tellFiles(replacements: readonly Replacement[]): string {
  const gone = replacements.filter(({ after }) => !after).map(({ path }) => path);
  const lines = [
    `${plural(replacements.length - gone.length, 'file')} written in ${TRUSTED_LISTS}.`,
    ...(gone.length > 0 ? [`No longer part of the snapshot, and removed: ${gone.join(', ')}.`] : []),
    'See what it means for your services: cartulary check, and cartulary trusted-list prove. Then commit it.',
  ];
  return `${lines.join('\n')}\n`;
}
