import type { Authentication, AuthenticationFault, AuthenticList, ListWarning, RefusedList } from '../model/authentic-list.ts';
import type { Point } from '../model/finding.ts';
import type { Instant } from '../model/time.ts';
import type { ListPointer, TrustedList } from '../model/trusted-list.ts';
import { sha256 } from './register.ts';
import { readTrustedList } from './trusted-list.ts';
import { verifyListSignature } from './xml-signature/list-signature.ts';

/** A list file with its name, for messages. */
export interface ListFile {
  file: string;
  bytes: Uint8Array;
}

/** What is trusted before any list: the certificates of a notice in the Official Journal, and its address. They change by a commit only. */
export interface ListAnchors {
  certificates: readonly Uint8Array[];
  /** As the list of the lists names it among its addresses; where it is not given, any address of EUR-Lex. */
  journal?: string | undefined;
}

/** The MIME type of the XML form of a list (TS 119 612, 5.3.13); PDF forms have another. */
const XML_FORM = 'application/vnd.etsi.tsl+xml';
const EUR_LEX = /^https?:\/\/eur-lex\.europa\.eu\//;

/** A file that was read. */
type Named = Pick<AuthenticList, 'file' | 'sha256'>;

const refuse = ({ file, sha256: digest }: Named, reason: AuthenticationFault, problem: string, at?: Point): RefusedList => ({
  authenticated: false,
  file,
  sha256: digest,
  reason,
  problem,
  ...(at && { at }),
});

/** A list whose signature holds, by whomsoever it may be. */
async function readSigned({ file, bytes }: ListFile): Promise<AuthenticList | RefusedList> {
  const named = { file, sha256: sha256(bytes) };
  const read = readTrustedList(bytes);
  if (!read.list) return refuse(named, read.fault, read.problem, read.at);
  const verified = await verifyListSignature(read.root, read.instructions);
  if (!verified.holds) return refuse(named, verified.fault, verified.problem, verified.at);
  const { signer, signingTime } = verified;
  const warnings = [...verified.warnings.map((message): ListWarning => ({ code: 'signature', message })), ...read.list.remarks.map(toWarning)];
  return { authenticated: true, ...named, list: read.list, signer, signingTime, warnings, pivots: [] };
}

const toWarning = ({ message, line }: TrustedList['remarks'][number]): ListWarning => ({ code: 'history', message, line });

const isSame = (one: Uint8Array, other: Uint8Array): boolean => one.length === other.length && one.every((octet, index) => octet === other[index]);
const isAmong = (der: Uint8Array, certificates: readonly Uint8Array[]): boolean => certificates.some((certificate) => isSame(certificate, der));

/** The signers that a list of the lists announces for lists of the lists. */
const announcedIn = ({ pointers }: TrustedList): readonly Uint8Array[] =>
  pointers.filter(({ type, mimeType }) => type === 'EUlistofthelists' && mimeType === XML_FORM).flatMap(({ signers }) => signers);

const notAnnounced = (named: Named, where: string): RefusedList =>
  refuse(named, 'signer-not-announced', `The signer of ${named.file} is not among the certificates ${where}.`);

/**
 * Traces a list of the lists to the anchors, through its pivots where signers changed (TS 119 615, 4.1). After its next
 * update it is refused: nobody could tell what it hides. The anchors are never replaced by what a list says.
 */
export async function authenticateListOfLists(
  file: ListFile,
  { anchors, pivots, at }: { anchors: ListAnchors; pivots: readonly ListFile[]; at: Instant },
): Promise<Authentication> {
  const lotl = await readSigned(file);
  if (!lotl.authenticated) return lotl;
  const { list } = lotl;
  if (list.type !== 'EUlistofthelists') return refuse(lotl, 'not-a-list-of-lists', `${file.file} is no list of the lists.`);
  if (!isAmong(lotl.signer.der, announcedIn(list))) return notAnnounced(lotl, 'that it announces for itself');
  const route = findPivots(list, anchors);
  if (!route) return refuse(lotl, 'journal-missing', `${file.file} names no notice in the Official Journal among the addresses of its scheme.`);
  const traced = await traceToAnchors(lotl, route.pivots, pivots, anchors);
  if ('reason' in traced) return traced;
  if (list.nextUpdate !== undefined && at > list.nextUpdate) {
    return refuse(lotl, 'lotl-next-update-passed', `${file.file} had to be replaced by ${list.nextUpdate}; it was asked for ${at}.`);
  }
  const differs: ListWarning[] = route.differs ? [{ code: 'journal-differs', message: route.differs }] : [];
  return { ...lotl, pivots: traced, warnings: [...lotl.warnings, ...differs] };
}

/** The addresses before that of the Official Journal are those of the pivots, newest first. */
export function findPivots(
  { schemeUris }: TrustedList,
  { journal }: Pick<ListAnchors, 'journal'>,
): { pivots: readonly string[]; journal: string; differs?: string } | undefined {
  const index = schemeUris.findIndex((uri) => (journal !== undefined && uri === journal) || EUR_LEX.test(uri));
  const found = schemeUris[index];
  if (found === undefined) return undefined;
  const pivots = schemeUris.slice(0, index);
  if (journal === undefined || journal === found) return { pivots, journal: found };
  return {
    pivots,
    journal: found,
    differs: `The list names ${found} for its signers; the anchors here are those of ${journal}. Anchors change only by a commit.`,
  };
}

/** The name of the file to which an address leads. */
export const nameOf = (uri: string): string => uri.split(/[?#]/)[0]?.split('/').at(-1) ?? uri;

/** Walks from the newest pivot to the oldest: each announces the signer of the later file and its own; the anchors announce that of the last. */
async function traceToAnchors(
  lotl: AuthenticList,
  uris: readonly string[],
  files: readonly ListFile[],
  anchors: ListAnchors,
): Promise<readonly AuthenticList[] | RefusedList> {
  const walked: AuthenticList[] = [];
  let later = lotl;
  for (const uri of uris) {
    const file = files.find((candidate) => nameOf(candidate.file) === nameOf(uri));
    if (!file) return refuse(lotl, 'pivot-missing', `The pivot ${uri} is not there, through which ${lotl.file} is traced to the Official Journal.`);
    const pivot = await readSigned(file);
    if (!pivot.authenticated) return { ...pivot, reason: 'pivot-broken' };
    const announced = announcedIn(pivot.list);
    if (!isAmong(later.signer.der, announced)) return notAnnounced(later, `that ${pivot.file} announces`);
    if (!isAmong(pivot.signer.der, announced)) return notAnnounced(pivot, 'that it announces for itself');
    walked.push(pivot);
    later = pivot;
  }
  return isAmong(later.signer.der, anchors.certificates) ? walked : notAnnounced(later, 'of the Official Journal');
}

/**
 * Proves a national list by its pointer in an authenticated list of the lists (TS 119 615, 4.2). Whether the signer's
 * certificate has expired does not count: the pointer decides. Past its next update a list is warned of, not refused.
 * Without pointers given, those are taken that lead to a file of that name, or to the territory that the list names.
 */
export async function authenticateList(file: ListFile, lotl: AuthenticList, at: Instant, given?: readonly ListPointer[]): Promise<Authentication> {
  const read = await readSigned(file);
  if (!read.authenticated) return read;
  const { list } = read;
  const pointers = given ?? pointersTo(lotl.list, list, file.file);
  if (pointers.length === 0) {
    return refuse(read, 'no-pointer', `${lotl.file} has no pointer to a list of ${list.territory}, which ${file.file} would be.`);
  }
  const chosen = pointers.find(({ signers }) => isAmong(read.signer.der, signers));
  if (!chosen) return notAnnounced(read, `that ${lotl.file} announces for it`);
  return { ...read, warnings: [...read.warnings, ...warnOf(list, chosen, at)] };
}

/** By the name of its file where a pointer leads to one of that name, else by its territory. */
function pointersTo({ pointers }: TrustedList, { territory }: TrustedList, file: string): readonly ListPointer[] {
  const national = pointers.filter(({ type, mimeType }) => type !== 'EUlistofthelists' && (mimeType === XML_FORM || mimeType === undefined));
  const named = national.filter(({ location }) => nameOf(location) === nameOf(file));
  return named.length > 0 ? named : national.filter((pointer) => pointer.territory === territory);
}

function warnOf({ nextUpdate, territory }: TrustedList, pointer: ListPointer, at: Instant): readonly ListWarning[] {
  const passed: ListWarning[] =
    nextUpdate !== undefined && at > nextUpdate
      ? [{ code: 'next-update-passed', message: `The list had to be replaced by ${nextUpdate}; it was asked for ${at}.` }]
      : [];
  const differs: ListWarning[] =
    pointer.territory !== undefined && pointer.territory !== territory
      ? [{ code: 'territory-differs', message: `The list is of ${territory}; its pointer says ${pointer.territory}.` }]
      : [];
  return [...passed, ...differs];
}
