import type { Authentication, ListWarning } from '../../../model/authentic-list.ts';
import type { Citation, Observation, Place, Rule } from '../../../model/finding.ts';
import type { TrustedLists } from '../../../model/list-snapshot.ts';
import { authenticLists } from '../../../model/service-proof.ts';
import { readingObservations, type Workspace } from '../../../model/workspace.ts';
import { foundServices, inForm, inProcedure, nameLine } from '../../entered-services.ts';

const RULE = 'trusted-lists/snapshot-holds';
const LIST_OF_LISTS = inProcedure('4.1');

/** The files of the snapshot are there, unaltered and proved, up to the anchors. */
export const snapshotHolds: Rule = {
  id: RULE,
  demands: 'The lists of the snapshot are there, unaltered, signed by those who are announced, and not past their next update.',
  basis: inProcedure('4.2'),
  severity: 'error',
  *check(workspace) {
    yield* readingObservations(workspace, RULE);
    const { trustedLists } = workspace;
    if (!trustedLists) return;
    yield* checkRefused(workspace, trustedLists);
    yield* checkWarnings(trustedLists);
    yield* checkTaken(trustedLists);
    yield* checkHistories(workspace);
  },
};

const placeIn = ({ file, fields }: TrustedLists, path: string): Place => ({ file, path, ...(fields[path] && { start: fields[path] }) });

/** Where the list of the lists is refused, nothing else is proved, and one finding says so. A file that is missing or another was told while reading. */
function* checkRefused({ observations }: Workspace, lists: TrustedLists): Iterable<Observation> {
  const isTold = (path: string) => observations.some(({ rule, at }) => rule === RULE && at.path === path);
  const refuse = (authentication: Authentication, path: string, more: Partial<Observation>): readonly Observation[] =>
    authentication.authenticated || isTold(path) ? [] : [{ ...describeRefused(authentication, placeIn(lists, path)), ...more }];
  if (!lists.listOfLists.authenticated) {
    yield* refuse(lists.listOfLists, 'listOfLists.file', { basis: LIST_OF_LISTS });
    return;
  }
  for (const [index, { authentication }] of lists.lists.entries()) yield* refuse(authentication, `lists.${index}.file`, {});
}

function describeRefused(refused: Extract<Authentication, { authenticated: false }>, at: Place): Observation {
  const { file, problem, reason } = refused;
  return {
    message: `${file} is not proved. ${problem}`,
    at,
    seen: `${reason}${refused.at ? ` at ${file}:${refused.at.line}` : ''}`,
    expected: reason === 'lotl-next-update-passed' ? 'a list of the lists before its next update' : 'a list that is traced to the anchors',
    advice: 'Fetch the lists anew where there is a network: cartulary trusted-list update. Anchors change only by a commit, from the Official Journal itself.',
  };
}

/** What of a list is odd and does not make it unusable; the histories of services are told of one's own only. */
function* checkWarnings(lists: TrustedLists): Iterable<Observation> {
  if (!lists.listOfLists.authenticated) return;
  yield* warnOf(lists.listOfLists, placeIn(lists, 'listOfLists.file'), LIST_OF_LISTS);
  for (const [index, { authentication }] of lists.lists.entries()) yield* warnOf(authentication, placeIn(lists, `lists.${index}.file`), undefined);
}

function* warnOf(authentication: Authentication, at: Place, basis: Citation | undefined): Iterable<Observation> {
  if (!authentication.authenticated) return;
  const { file, list, warnings } = authentication;
  for (const { code, message, line } of warnings) {
    if (code === 'history') continue;
    yield {
      severity: 'warning',
      message: `${file}: ${message}`,
      at,
      seen: `sequence number ${list.sequence}, issued ${list.issued}${line === undefined ? '' : `, line ${line}`}`,
      expected: EXPECTED[code],
      ...(basis && { basis }),
    };
  }
}

const EXPECTED: Readonly<Record<Exclude<ListWarning['code'], 'history'>, string>> = {
  'next-update-passed': 'a list before its next update: cartulary trusted-list update',
  'territory-differs': 'a list of the territory for which it is announced',
  'journal-differs': 'anchors of the notice that the list of the lists names, put there by a commit',
  signature: 'a signature without remarks',
};

/** A list that was issued after the snapshot was taken was not in it. */
function* checkTaken(trustedLists: TrustedLists): Iterable<Observation> {
  const { listOfLists, snapshot } = trustedLists;
  const lists = [...(listOfLists.authenticated ? [listOfLists] : []), ...authenticLists(trustedLists).map(({ authentication }) => authentication)];
  for (const { file, list } of lists.filter(({ list: { issued } }) => issued > snapshot.taken)) {
    yield {
      message: `${file} was issued after the snapshot is said to have been taken.`,
      at: placeIn(trustedLists, 'taken'),
      seen: `taken ${snapshot.taken}, the list issued ${list.issued}`,
      expected: 'the instant at which all lists were fetched',
      basis: inForm('5.3.14'),
      advice: 'Let the command write both: cartulary trusted-list update.',
    };
  }
}

/** A history that does not go back in time cannot be followed; of two states that begin at once the first in the list counts. */
function* checkHistories(workspace: Workspace): Iterable<Observation> {
  for (const { entry, placeOf } of foundServices(workspace)) {
    const lines = new Set(entry.service.states.map(({ line }) => line));
    for (const { severity, message, line } of entry.list.list.remarks.filter((remark) => lines.has(remark.line))) {
      yield {
        severity,
        message: `The history of the entry is not in order. ${message}`,
        at: placeOf('entry'),
        seen: nameLine(entry, line),
        expected: 'states that go strictly back in time, the newest first',
        basis: inProcedure('4.3'),
        advice: 'Have the scheme operator correct the list.',
      };
    }
  }
}
