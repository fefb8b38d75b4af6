import { checkCertificate } from '../check/certificate/check-certificate.ts';
import { showShort } from '../check/report/words.ts';
import { askLists } from '../model/ask-lists.ts';
import type { CertificateFacts } from '../model/certificate.ts';
import type { CertificateStandards } from '../model/certificate-rule.ts';
import { declarationsOf } from '../model/declared-text.ts';
import type { Observation, Place } from '../model/finding.ts';
import { type Declarations, deviates, findGoverning } from '../model/governing.ts';
import type { ListedAuthorities } from '../model/listed-authorities.ts';
import { plural } from '../model/plural.ts';
import type { Instant } from '../model/time.ts';
import type { Workspace } from '../model/workspace.ts';
import { readCertificateStandards } from '../read/certificate-catalogues.ts';
import { readX509, type X509Item } from '../read/x509/x509.ts';
import { readOwnListings } from '../site/own-listings.ts';
import { type Input, listInputs, listPassedOver, readInput } from './in-force-inputs.ts';
import { governingJson } from './in-force-json.ts';
import { type Answered, type Answering, describeAnswer, explainGoverning, listDeviations, listStandardFindings } from './in-force-words.ts';
import { type Io, UsageError } from './main.ts';

export interface CertificateQuestion {
  /** Files, folders, and `-` for standard input. */
  files: readonly string[];
  /** Instead of each certificate's notBefore. */
  at: Instant | undefined;
  format: 'text' | 'json' | 'json-lines';
  /** Whether certificates of this provider are compared with the standards of ETSI too. */
  standards: boolean;
}

const KINDS = {
  governed: 'governed',
  deviating: 'otherwise than declared',
  elsewhere: 'not under a policy in force then',
  infrastructure: 'of CAs and OCSP signers',
  unreadable: 'unreadable',
};
type Count = keyof typeof KINDS;

/** Where an answer stands: a file, and the line or number of the certificate in it. */
type Source = { file: string; line: number | null; number: number };
type Answer = Source & (({ facts: CertificateFacts } & Answered) | { observation: Observation } | { other: string });

/**
 * `cartulary in-force --certificate`: which texts governed each certificate, and where it is otherwise than they declare.
 * One file is held at a time, so that any number of them can be asked for. 0: all are governed and agree; 1: not so.
 */
export async function answerCertificates(workspace: Workspace, { files, at, format, standards }: CertificateQuestion, io: Io): Promise<number> {
  const found = await listInputs(files, io.folder);
  const { inputs } = found;
  const unread = listPassedOver(found);
  if (inputs.length === 0) throw new UsageError(`There are no certificates in what was named: ${unread.join('; ')}.`);
  const isBrief = inputs.length > 1 || inputs[0]?.name !== files[0];
  const print = printers(workspace, isBrief)[format];
  const judging = {
    declarations: declarationsOf(workspace),
    now: workspace.now,
    at,
    standards: standards ? await readCertificateStandards() : undefined,
    lists: readOwnListings(workspace),
  };
  const counts: Record<Count, number> = { governed: 0, deviating: 0, elsewhere: 0, infrastructure: 0, unreadable: 0 };
  io.out(print.head);
  let printed = 0;
  for (const [index, input] of inputs.entries()) {
    if (index % 20 === 0 && inputs.length > 20) io.progress?.(drawProgress(index, inputs.length, counts));
    for await (const answer of answerFile(input, judging, io)) {
      const count = countAs(answer);
      if (count) counts[count] += 1;
      io.out(`${printed > 0 ? print.between : ''}${print.answer(answer)}`);
      printed += 1;
    }
  }
  io.progress?.('');
  io.out(print.foot(counts, found.passedOver + found.links));
  const summary = `${[summarise(counts), ...unread].join('; ')}.\n`;
  if (format === 'text' && (isBrief || printed > 1 || unread.length > 0)) io.out(summary);
  if (format === 'json-lines') io.err(summary);
  return counts.governed + counts.infrastructure > 0 && counts.deviating + counts.elsewhere + counts.unreadable === 0 ? 0 : 1;
}

/** What certificates are held against. */
interface Judging {
  declarations: Declarations;
  now: Instant;
  at: Instant | undefined;
  standards: CertificateStandards | undefined;
  lists: ListedAuthorities | undefined;
}

async function* answerFile(input: Input, judging: Judging, io: Io): AsyncIterable<Answer> {
  const file = input.name;
  const { bytes, problem } = await readInput(input, io);
  if (!bytes) {
    yield { file, line: null, number: 1, observation: { message: problem, at: { file } } };
    return;
  }
  const { items, observations } = readX509(bytes, file);
  for (const [index, item] of items.entries()) yield { ...sourceOf(file, item.place, index + 1), ...answerItem(item, judging) };
  for (const [index, observation] of observations.entries()) yield { ...sourceOf(file, observation.at, items.length + index + 1), observation };
}

const sourceOf = (file: string, { start }: Place, number: number): Source => ({ file, line: start?.line ?? null, number });

function answerItem({ facts }: X509Item, { declarations, now, at, standards, lists }: Judging) {
  if (facts.kind !== 'certificate') return { other: facts.kind === 'crl' ? 'a CRL' : 'an OCSP response' };
  const governing = findGoverning(facts, declarations, { now, at });
  const [own] = [...governing.texts, ...governing.others];
  return {
    facts,
    governing,
    judgement: own && standards && checkCertificate(facts, standards, { policy: own.policy.conformsTo }),
    listed: lists && askLists(facts, lists),
  };
}

/** CRLs and OCSP responses are no certificates, and not counted. */
function countAs(answer: Answer): Count | undefined {
  if ('other' in answer) return undefined;
  if ('observation' in answer) return 'unreadable';
  const { governing, judgement } = answer;
  if (governing.kind === 'ca' || governing.kind === 'ocsp-signer') return 'infrastructure';
  if (governing.kind !== 'governed') return 'elsewhere';
  const isBroken = judgement?.findings.some(({ severity }) => severity === 'error');
  return deviates(governing) || isBroken ? 'deviating' : 'governed';
}

function summarise(counts: Readonly<Record<Count, number>>): string {
  const names = Object.entries(KINDS) as [Count, string][];
  const total = names.reduce((sum, [name]) => sum + (name === 'unreadable' ? 0 : counts[name]), 0);
  return `${plural(total, 'certificate')}: ${names.map(([name, words]) => `${counts[name]} ${words}`).join(', ')}`;
}

const WIDTH = 30;

function drawProgress(done: number, all: number, { deviating, elsewhere, unreadable }: Readonly<Record<Count, number>>): string {
  const full = Math.floor((done / all) * WIDTH);
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${done} of ${all} files, ${deviating + elsewhere + unreadable} to look at`;
}

/** How answers are printed: what comes before the first, between two, each itself, and after the last. */
interface Printer {
  head: string;
  between: string;
  answer(answer: Answer): string;
  foot(counts: Readonly<Record<Count, number>>, passedOver: number): string;
}

function printers(workspace: Workspace, isBrief: boolean): Readonly<Record<CertificateQuestion['format'], Printer>> {
  const { config } = workspace;
  const addressing = { provider: config.name, zone: config.timeZone, site: config.site, lists: readOwnListings(workspace) };
  const json = (answer: Answer) => JSON.stringify(answerJson(answer, (facts, answered) => governingJson(facts, answered, addressing)));
  return {
    text: {
      head: '',
      between: isBrief ? '' : '\n',
      answer: (answer) => answerText(answer, (answered) => tell(answered, addressing, isBrief)),
      foot: () => '',
    },
    json: {
      head: '{"answers":[\n',
      between: ',\n',
      answer: json,
      foot: (counts, passedOver) => `\n],"counts":${JSON.stringify(counts)},"passedOver":${passedOver}}\n`,
    },
    'json-lines': { head: '', between: '', answer: (answer) => `${json(answer)}\n`, foot: () => '' },
  };
}

function tell(answered: Answered, addressing: Answering, isBrief: boolean): string[] {
  if (!isBrief) return describeAnswer(answered, addressing);
  const { governing, judgement } = answered;
  return [explainGoverning(governing, addressing), ...listDeviations(governing), ...listStandardFindings(judgement).filter((line) => line.startsWith('error'))];
}

function answerText(answer: Answer, lines: (answered: Answered) => readonly string[]): string {
  const { file, line, number } = answer;
  const place = `${showShort(file, 300)}${line ? `:${line}` : number > 1 ? `, no. ${number}` : ''}`;
  if ('other' in answer) return `${place}: passed over, for it is ${answer.other}.\n`;
  if ('observation' in answer) return `${place}: ${describeObservation(answer.observation)}\n`;
  const [first = '', ...rest] = lines(answer);
  return `${[`${place}: ${first}`, ...rest.map((text) => `  ${text}`)].join('\n')}\n`;
}

const describeObservation = ({ message, advice }: Observation): string => showShort([message, advice].filter(Boolean).join(' '), 600);

function answerJson(answer: Answer, describe: (facts: CertificateFacts, answered: Answered) => object): object {
  const { file, line, number } = answer;
  const source = { file, line, number };
  if ('other' in answer) return { ...source, answer: 'no-certificate', explanation: `It is ${answer.other}.` };
  if ('governing' in answer) return { ...source, ...describe(answer.facts, answer) };
  const { message, seen, expected, advice, at } = answer.observation;
  return {
    ...source,
    answer: 'unreadable',
    explanation: message,
    path: at.path ?? null,
    seen: seen ?? null,
    expected: expected ?? null,
    advice: advice ?? null,
  };
}
