import { explainInForce } from '../model/answer.ts';
import { type InForce, inForce, readTimelines } from '../model/in-force.ts';
import { OID } from '../model/oid.ts';
import { type Instant, localTime, parseInstant } from '../model/time.ts';
import type { Register } from '../model/version.ts';

/** What `/api/v1/in-force.json` gives: enough to answer for any instant. */
export interface LookupData {
  timeZone: string;
  /** Address of the home page. */
  base: string;
  documents: Readonly<Record<string, { title: string }>>;
  register: { entries: Register['entries'] };
  /** Policy OIDs by `<document> <version>`. */
  policies: Readonly<Record<string, readonly string[]>>;
  /** Pages of the intervals between two changes, oldest first. */
  intervals: readonly { from: string; href: string }[];
}

/** What was typed; an empty policy means all documents. */
export interface LookupQuery {
  date: string;
  policy: string;
}

export interface LookupRow {
  document: string;
  title: string;
  version: { number: string; href: string; from: string; until: string | undefined; held: boolean } | undefined;
  next: { number: string; href: string; from: string } | undefined;
  /** The sentence that the command prints. */
  explanation: string;
}

export interface LookupAnswer {
  at: Instant;
  /** The instant in the provider's time zone. */
  when: string;
  timeZone: string;
  rows: readonly LookupRow[];
  /** The page that shows the same without scripts; undefined before the first version of all. */
  interval: string | undefined;
  /** False where no version of any document ever listed the policy that was asked for. */
  policyKnown: boolean;
}

/** Which of the two fields cannot be read. */
export type LookupProblem = { field: 'date' | 'policy'; typed: string };

/** Reads what was typed; gives the instant, or the field that cannot be read. */
export function readQuery({ date, policy }: LookupQuery, timeZone: string): { at: Instant; problem?: undefined } | { at?: undefined; problem: LookupProblem } {
  const at = parseInstant(date.trim(), timeZone);
  if (!at) return { problem: { field: 'date', typed: date.trim() } };
  if (policy.trim() !== '' && !OID.test(policy.trim())) return { problem: { field: 'policy', typed: policy.trim() } };
  return { at };
}

/** Answers for an instant by the same functions as the command `cartulary in-force`. */
export function answerLookup(data: LookupData, at: Instant, typedPolicy: string): LookupAnswer {
  const policy = typedPolicy.trim();
  const register: Register = { entries: data.register.entries, last: undefined };
  const lists = (answer: InForce) => answer.version && data.policies[`${answer.document} ${answer.version.entry.version}`]?.includes(policy);
  const answers = [...readTimelines(register).keys()].map((document) => inForce(register, document, at)).filter((answer) => policy === '' || lists(answer));
  return {
    at,
    when: localTime(at, data.timeZone),
    timeZone: data.timeZone,
    rows: answers.map((answer) => toRow(data, answer)),
    interval: data.intervals.findLast(({ from }) => from <= at)?.href,
    policyKnown: policy === '' || Object.values(data.policies).some((oids) => oids.includes(policy)),
  };
}

function toRow({ base, documents, timeZone }: LookupData, answer: InForce): LookupRow {
  const { document, version, next } = answer;
  const address = (number: string) => `${base}${document}/${number}/`;
  return {
    document,
    title: documents[document]?.title ?? document,
    version: version && {
      number: version.entry.version,
      href: address(version.entry.version),
      from: localTime(version.from, timeZone),
      until: version.until && localTime(version.until, timeZone),
      held: Object.keys(version.entry.files).length > 0,
    },
    next: next && { number: next.entry.version, href: address(next.entry.version), from: localTime(next.from, timeZone) },
    explanation: explainInForce(answer, timeZone),
  };
}
