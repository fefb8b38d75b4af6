import { showShort } from '../check/report/words.ts';
import type { Authentication, AuthenticList } from '../model/authentic-list.ts';
import { writeDistinguishedName } from '../model/distinguished-name.ts';
import type { TrustedLists } from '../model/list-snapshot.ts';
import { type Qualification615, type QualificationAt, USES } from '../model/qualification.ts';
import { localTime } from '../model/time.ts';
import type { ListPointer, ServiceState } from '../model/trusted-list.ts';
import { pointersTo } from '../read/trusted-lists.ts';

const NAMES = { EUlistofthelists: 'list of the lists', EUgeneric: 'trusted list', other: 'list of another kind' } as const;

/** Kind, version, number and dates of a list. Instants of lists are told as they are, in UTC. */
export function describeList({ list }: Pick<AuthenticList, 'list'>): string {
  const { type, territory, version, sequence, issued, nextUpdate } = list;
  const next = nextUpdate ? `next update by ${localTime(nextUpdate, 'UTC')}` : 'closed';
  return `${NAMES[type]} of ${showShort(territory, 20)}, version ${version}, no. ${sequence}, issued ${localTime(issued, 'UTC')} UTC, ${next}`;
}

/** Who signed it. */
export const nameSigner = ({ signer }: Pick<AuthenticList, 'signer'>): string => showShort(writeDistinguishedName(signer.facts.subject), 300);

/** Why a list is not proved. */
export const describeRefusal = ({ problem, reason }: Extract<Authentication, { authenticated: false }>): string => `${showShort(problem, 500)} (${reason})`;

/** Where a list comes from, whose signature it bears, and what announces its signer: a line each. */
export function describeProof(proof: AuthenticList, { location, announced }: { location: string; announced: string }): string[] {
  const signed = proof.signingTime === undefined ? '' : `, signing time ${showShort(proof.signingTime, 40)}`;
  return [
    `${proof.file}: ${describeList(proof)}`,
    `  SHA-256 ${proof.sha256}`,
    `  from ${showShort(location, 300)}`,
    `  signed by ${nameSigner(proof)}${signed}`,
    `  ${announced}`,
    ...proof.warnings.filter(({ code }) => code !== 'history').map(({ message }) => `  warning: ${showShort(message, 300)}`),
  ];
}

/** The lists of a snapshot with how each is proved, from the list of the lists on; all national ones, or those of some countries. */
export function describeLists(trustedLists: TrustedLists, countries?: readonly string[]): string[] {
  const { snapshot, listOfLists, lists } = trustedLists;
  if (!listOfLists.authenticated) return [`${listOfLists.file} is refused: ${describeRefusal(listOfLists)}`];
  const pivots = listOfLists.pivots.flatMap((pivot, index) =>
    describeProof(pivot, {
      location: snapshot.pivots.find(({ file }) => pivot.file.endsWith(`/${file}`))?.location ?? '',
      announced: announcedBy(trustedLists, index + 1),
    }),
  );
  const chosen = lists.filter(({ country }) => !countries || countries.includes(country));
  const national = chosen.flatMap(({ country, location, authentication }) =>
    authentication.authenticated
      ? describeProof(authentication, { location, announced: announcedIn(listOfLists, country, authentication) })
      : [`${authentication.file} is refused: ${describeRefusal(authentication)}`],
  );
  return [...describeProof(listOfLists, { location: snapshot.listOfLists.location, announced: announcedBy(trustedLists, 0) }), ...pivots, ...national];
}

/** Of the list of the lists (0) and its pivots, newest first: what announces the signer of each. */
function announcedBy({ listOfLists, snapshot }: TrustedLists, index: number): string {
  const pivot = listOfLists.authenticated ? listOfLists.pivots[index] : undefined;
  return `its signer is announced by ${pivot ? pivot.file : `the Official Journal: ${showShort(snapshot.anchors.journal, 300)}, ${snapshot.anchors.files.join(', ')}`}`;
}

function announcedIn(lotl: AuthenticList, country: string, { signer }: AuthenticList): string {
  const line = findPointer(lotl, country, signer)?.line;
  return `its signer is announced by ${lotl.file}${line === undefined ? '' : `:${line}`} for ${country}`;
}

/** The pointer of the list of the lists by which a list was proved. */
export const findPointer = (lotl: AuthenticList, country: string, { der }: AuthenticList['signer']): ListPointer | undefined =>
  pointersTo(lotl, country).find(({ signers }) => signers.some((signer) => Buffer.from(signer).equals(der)));

/** A service of a list: since when it has had which status. */
export function describeState({ type, status, start, uses, line }: ServiceState, file: string): string {
  return `${showShort(type, 100)}, ${showShort(status, 100)} since ${start}${uses.length > 0 ? `, ${showShort(uses.join(', '), 300)}` : ''} (${file}:${line})`;
}

export const USE_NAMES = { esig: 'electronic signatures', eseal: 'electronic seals', web: 'website authentication', none: 'none' } as const;

/** The answer of the procedure in one sentence. */
export function describeAnswer({ confirmed, qscd }: Qualification615): string {
  if (confirmed === 'none') return 'Not confirmed as qualified for any use.';
  const device = {
    yes: ', with the key in a qualified device',
    no: ', with the key not in a qualified device',
    indeterminate: '; whether the key is in a qualified device is indeterminate',
  };
  return `Confirmed as qualified for ${USE_NAMES[confirmed]}${qscd ? device[qscd] : ''}.`;
}

/**
 * The procedure step by step: each column with its states, the captured qualifiers, and the reasons with their clauses. Of
 * what is to be issued after the date asked for, there is nothing to say at that date.
 */
export function describeSteps({ atIssuance, atCheck }: Qualification615, file: string, isToCome = false): string[] {
  return [...describeColumn('At issuance', atIssuance, file), ...(isToCome ? [] : describeColumn('At the date asked for', atCheck, file))];
}

function describeColumn(name: string, { at, regime, status, uses, qscd, states, reasons, warnings, errors }: QualificationAt, file: string): string[] {
  const verdicts = [...USES.map((use) => `${use} ${uses[use]}`), ...(qscd ? [`QSCD ${qscd}`] : [])].join(', ');
  const rules = regime === 'eidas' ? '' : ', under the rules before eIDAS';
  return [
    `${name}, ${at}: ${showShort(status, 100)}${rules}; ${verdicts}`,
    ...states.map(({ state, captured }) => {
      const qualifiers = captured.qualifiers.length > 0 ? captured.qualifiers.join(', ') : 'none';
      const place = state.line === undefined ? '' : ` (${file}:${state.line})`;
      return `  4.3  ${showShort(state.type, 100)}, ${showShort(state.status, 100)}${state.start ? ` since ${state.start}` : ''}${place}; qualifiers captured: ${showShort(qualifiers, 300)}`;
    }),
    ...reasons.map(({ clause, says }) => `  ${clause}  ${showShort(says, 400)}`),
    ...errors.map((message) => `  error: ${showShort(message, 400)}`),
    ...warnings.map((message) => `  warning: ${showShort(message, 400)}`),
  ];
}
