import { pathToFileURL } from 'node:url';
import { showShort } from '../check/report/words.ts';
import { rules } from '../check/rules/index.ts';
import { runCheck } from '../check/run.ts';
import type { Finding } from '../model/finding.ts';
import type { TrustedLists } from '../model/list-snapshot.ts';
import { plural } from '../model/plural.ts';
import type { Entry, EntryMatch } from '../model/service-entry.ts';
import { type PolicyProof, proveServices, type ServiceProof } from '../model/service-proof.ts';
import { type Instant, localTime } from '../model/time.ts';
import { stateAt } from '../model/trusted-list.ts';
import { wordsIn } from '../model/words-in-language.ts';
import type { Workspace } from '../model/workspace.ts';
import { SERVICES } from '../read/trusted-lists.ts';
import { openWorkspace } from '../read/workspace.ts';
import { type Io, UsageError } from './main.ts';
import { refuseUntrusted } from './refuse-untrusted.ts';
import { tellObservations } from './trusted-list-held.ts';
import { answerJson, snapshotJson } from './trusted-list-json.ts';
import { describeAnswer, describeLists, describeRefusal, describeState, describeSteps } from './trusted-list-words.ts';

/** One service by its id, or those that issue under a policy; all where neither is named. */
export interface ProofWish {
  service?: string;
  policy?: string;
}

/** The proof of one service, and where it is otherwise than declared. */
interface Told {
  proof: ServiceProof;
  differences: readonly Finding[];
}

/** `cartulary trusted-list prove`: what the lists prove of declared services, step by step. */
export async function proveDeclared(wish: ProofWish, { at, json }: { at: Instant; json: boolean | undefined }, io: Io): Promise<number> {
  const { workspace } = await openWorkspace(pathToFileURL(`${io.folder}/`), { now: io.now, purpose: 'publish', listsAt: at });
  if (refuseUntrusted(workspace, io)) return 2;
  const { services, trustedLists } = workspace;
  const isDeclared = services !== undefined && services.services.length > 0;
  if (!isDeclared || !trustedLists) {
    tellObservations(
      workspace.observations.filter(({ rule }) => rule.startsWith('trusted-lists/')),
      io,
    );
    if (!isDeclared) io.err(`No services are declared that could be proved: write ${SERVICES}. A certificate is proved with --certificate.\n`);
    return 2;
  }
  const { told, others } = tellServices(workspace, trustedLists, wish);
  io.out(json ? `${JSON.stringify(toJson(trustedLists, { told, others }), null, 2)}\n` : toText(workspace, { told, others }));
  return others.length === 0 && told.every(({ proof, differences: own }) => proof.match.entry && own.length === 0) ? 0 : 1;
}

/** The proof of all declared services with the lists that it follows from, for machines; undefined where none is declared or no list is there. */
export function proofJson(workspace: Workspace): object | undefined {
  const { services, trustedLists } = workspace;
  if (!services || !trustedLists) return undefined;
  return toJson(trustedLists, tellServices(workspace, trustedLists, {}));
}

/** What is told of services, and the differences that are of none of them: a policy that no service has. */
interface Telling {
  told: readonly Told[];
  others: readonly Finding[];
}

const toJson = (lists: TrustedLists, { told, others }: Telling) => ({
  ...snapshotJson(lists),
  services: told.map((one) => serviceJson(lists, one)),
  otherDifferences: others.map(differenceJson),
});

function tellServices(workspace: Workspace, lists: TrustedLists, wish: ProofWish): Telling {
  const differences = listDifferences(workspace);
  const about = (proof: ServiceProof, index: number) => differences.filter((one) => isAbout(one, index, proof, wish, lists));
  const told = choose(proveServices(workspace), wish).map(({ proof, index }) => ({ proof, differences: about(proof, index) }));
  const assigned = new Set(told.flatMap(({ differences: own }) => own));
  const isWhole = wish.service === undefined && wish.policy === undefined;
  return { told, others: isWhole ? differences.filter((one) => !assigned.has(one)) : [] };
}

/** What the check says of lists and services, whatever the configuration lets pass: a proof knows no waiver. Throws where a rule could not run. */
function listDifferences(workspace: Workspace): readonly Finding[] {
  const all = { ...workspace, baseline: undefined, config: { ...workspace.config, severities: {}, waivers: [] } };
  const family = rules.filter(({ id }) => id.startsWith('trusted-lists/'));
  const { findings, crashed } = runCheck(all, family);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (crashed) throw new Error(errors.find(({ message }) => message.includes('could not run'))?.message);
  return errors;
}

/** Whether a finding is about a service: by its place in the declaration, by the list of its country, or by the policy that it names. */
function isAbout({ at, message }: Finding, index: number, { service }: ServiceProof, { policy }: ProofWish, lists: TrustedLists): boolean {
  const [of, part, which] = (at.path ?? '').split('.');
  if (at.file === lists.file) return of !== 'lists' || lists.lists[Number(part)]?.country === service.entry.country;
  const own = service.policies.filter(({ oid }) => policy === undefined || oid === policy);
  if (at.file !== SERVICES) return own.some(({ oid }) => message.split(/[\s,:;]+/).some((word) => word.replace(/\.$/, '') === oid));
  return of === String(index) && (part !== 'policies' || own.some(({ oid }) => oid === service.policies[Number(which)]?.oid));
}

function choose(proofs: readonly ServiceProof[], { service, policy }: ProofWish): readonly { proof: ServiceProof; index: number }[] {
  const all = proofs.map((proof, index) => ({
    proof: { ...proof, policies: proof.policies.filter(({ oid }) => policy === undefined || oid === policy) },
    index,
  }));
  const chosen = all.filter(({ proof }) => (service === undefined || proof.service.id === service) && (policy === undefined || proof.policies.length > 0));
  if (chosen.length > 0 || (service === undefined && policy === undefined)) return chosen;
  const known = proofs.map((proof) => proof.service.id).join(', ') || 'none';
  const what = service === undefined ? `No service of ${SERVICES} issues under the policy ${policy}` : `There is no service "${service}" in ${SERVICES}`;
  throw new UsageError(`${what}. Services: ${known}.`);
}

function toText(workspace: Workspace, { told, others }: Telling): string {
  const { trustedLists } = workspace;
  if (!trustedLists) return '';
  const countries = told.map(({ proof }) => proof.service.entry.country);
  const lines = [
    `Proof as of ${trustedLists.at}, by ETSI TS 119 615, from the lists of ${trustedLists.snapshot.taken}:`,
    ...describeLists(trustedLists, countries).map((line) => `  ${line}`),
    ...told.flatMap((one) => ['', ...describeService(workspace, one)]),
    ...(others.length > 0 ? ['', `Of none of these services, ${plural(others.length, 'difference')}:`, ...others.map(describeDifference)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function describeService(workspace: Workspace, { proof, differences }: Told): string[] {
  const { service, match, policies } = proof;
  const { entry } = match;
  return [
    `${service.id}: ${showShort(wordsIn(service.title, 'en'), 200)}`,
    ...describeFound(workspace, proof),
    ...(entry ? policies.flatMap(({ oid, proofs }) => describePolicy(workspace, oid, proofs, entry.list.file)) : []),
    differences.length === 0 ? '  Confirmed as declared.' : `  Not as declared, ${plural(differences.length, 'difference')}:`,
    ...differences.map(describeDifference),
  ];
}

const describeDifference = ({ message, seen, expected, at }: Finding): string =>
  `    ${showShort(`${message} Seen: ${seen}; expected: ${expected} (${at.file}${at.start ? `:${at.start.line}` : ''})`, 900)}`;

/** Why nothing can be said of an entry: the list in which it is declared to be is not there, or refused. Undefined for a list that is proved. */
function whyUnproved({ lists, listOfLists }: TrustedLists, { service }: ServiceProof): string | undefined {
  const { country } = service.entry;
  const list = lists.find((one) => one.country === country)?.authentication;
  if (!list) return `The snapshot holds no list of ${country}.`;
  if (list.authenticated) return undefined;
  return `${list.file} is refused: ${describeRefusal(listOfLists.authenticated ? list : listOfLists)}`;
}

function describeFound(workspace: Workspace, proof: ServiceProof): string[] {
  const { match, service } = proof;
  if (match.entry) return describeEntry(workspace, match.entry, service.entry.identity);
  const unproved = workspace.trustedLists && whyUnproved(workspace.trustedLists, proof);
  return [unproved ? `  Nothing can be said of the entry. ${unproved}` : `  The entry is not found: ${describeMiss(match)}`];
}

function describeEntry({ trustedLists }: Workspace, { list, provider, service }: Entry, identity: string): string[] {
  const state = trustedLists && stateAt(service, trustedLists.at)?.state;
  return [
    `  Entry: ${list.country}, ${showShort(provider.names[0] ?? '', 200)}, ${list.file}:${service.line}; its certificate has SHA-256 ${identity}`,
    `  State: ${state ? describeState(state, list.file) : 'not yet listed'}`,
  ];
}

function describeMiss(match: EntryMatch): string {
  if (match.entry) return '';
  const near = match.nearest ? `; the nearest is at ${match.nearest.list.file}:${match.nearest.service.line}` : '';
  return `${match.field} is otherwise, ${showShort(match.seen, 300)}${near}.`;
}

/** Every step for the version that is in force, and of the others the answer; each step of all of them is in the JSON form. */
function describePolicy({ config, trustedLists }: Workspace, oid: string, proofs: readonly PolicyProof[], file: string): string[] {
  if (proofs.length === 0) return [`  ${oid}: no version in force since the service is listed has this policy.`];
  const shown = Math.max(
    proofs.findLastIndex(({ issued }) => trustedLists && issued <= trustedLists.at),
    0,
  );
  return [
    `  ${oid}:`,
    ...proofs.flatMap(({ version, issued, answer }, index) => {
      const { entry, from, until } = version.span;
      const time = `${localTime(from, config.timeZone)}${until ? ` until ${localTime(until, config.timeZone)}` : ''}`;
      const isToCome = trustedLists !== undefined && issued > trustedLists.at;
      const facts = version.profile ? `profile ${version.profile.id}` : 'front matter alone';
      const head = `    ${entry.document} ${entry.version}, in force from ${time}, issued from ${localTime(issued, config.timeZone)} on, by its ${facts}: ${isToCome ? `not yet; as the list stands: ${describeAnswer(answer)}` : describeAnswer(answer)}`;
      return index === shown ? [head, ...describeSteps(answer, file, isToCome).map((line) => `      ${line}`)] : [head];
    }),
  ];
}

function serviceJson(lists: TrustedLists, { proof, differences }: Told) {
  const { service, match, policies } = proof;
  const { entry } = match;
  const unproved = entry ? undefined : whyUnproved(lists, proof);
  return {
    service: service.id,
    declared: service.entry,
    entry: entry
      ? { country: entry.list.country, file: entry.list.file, line: entry.service.line, provider: entry.provider.names[0] ?? '', matchedBy: match.by }
      : unproved
        ? { unproved }
        : { missing: match.field, seen: match.seen, nearest: match.nearest ? { file: match.nearest.list.file, line: match.nearest.service.line } : null },
    policies: policies.map(({ oid, proofs }) => ({ oid, versions: proofs.map((one) => versionJson(one, lists.at)) })),
    confirmedAsDeclared: entry !== undefined && differences.length === 0,
    differences: differences.map(differenceJson),
  };
}

const differenceJson = ({ rule, message, seen, expected, at }: Finding) => ({
  ...{ rule, message, seen: seen ?? null, expected: expected ?? null },
  file: at.file,
  line: at.start?.line ?? null,
});

const versionJson = ({ version: { span, profile }, issued, answer }: PolicyProof, at: Instant) => ({
  document: span.entry.document,
  version: span.entry.version,
  from: span.from,
  until: span.until ?? null,
  profile: profile?.id ?? null,
  issued,
  toCome: issued > at,
  ...answerJson(answer),
});
