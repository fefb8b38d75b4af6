import { type Assertion, assertionsOf } from '../model/assertion.ts';
import type { Section } from '../model/document.ts';
import type { Place } from '../model/finding.ts';
import { excerpt } from '../model/running-text.ts';
import { findMentions } from './name-mentions.ts';
import { AMOUNT, readAmount } from './stated-amounts.ts';
import { isWithin } from './statements.ts';

/** A CA, as far as a text can speak of it. */
export interface Authority {
  name: string;
  /** Whether it issues certificates of CAs. */
  isForCas: boolean;
}

/** How long a CRL or OCSP response lives at most, as a text states it. */
export interface StatedPeriod {
  hours: number;
  /** `24 hours` as it is written. */
  written: string;
  at: Place;
  /** The words around it, and the number of their section. */
  seen: string;
  section: string;
  isAbout(authority: Authority): boolean;
}

/** Where RFC 3647 puts these periods. */
const SECTIONS = { crl: ['4.9.7', '7.2'], 'ocsp-response': ['4.9.9', '4.9.10', '7.3'] } as const;

const SOME_AMOUNT = new RegExp(String.raw`\b${AMOUNT}`, 'iu');
/** `every 12 hours`, `at least once every 12 hours`, `alle 12 Stunden`; or a word for it. */
const ISSUANCE = new RegExp(
  String.raw`\b(?:every|in each|alle|once (?:in|within|per)) (?:last )?${AMOUNT}|\b(?<word>daily|weekly|(?:once|each|every) (?:a )?(?:day|week)|täglich|wöchentlich)\b`,
  'giu',
);
/** From the word for the period to its length; the cell of a table that gives the value of a parameter may lie between. */
const PERIOD = new RegExp(
  String.raw`\b(?:next\s?Update|(?<valid>valid(?:ity)?|gültig|Gültigkeit\w*))\b(?:[^.;|]{0,60}\| (?:Value|Wert): )?[^.;|]{0,60}?\b${AMOUNT}`,
  'giu',
);

/** A text, as far as periods are read from it. */
export interface StatingText {
  sections: readonly Section[];
}

/** The periods that a text states for CRLs or OCSP responses. A sentence or row with several is left out: a reader cannot tell what each is for. */
export function statedPeriods(draft: StatingText, kind: keyof typeof SECTIONS, authorities: readonly Authority[]): readonly StatedPeriod[] {
  return findPeriods(draft, { sections: SECTIONS[kind], pattern: PERIOD, accepts: (text, match) => isOfKind(text, match, kind) }, authorities);
}

/** How often CRLs are issued, as a text states it. */
export function statedIssuance(draft: StatingText, authorities: readonly Authority[]): readonly StatedPeriod[] {
  return findPeriods(draft, { sections: ['4.9.7'], pattern: ISSUANCE, accepts: (text) => WHAT.crl.test(text) }, authorities);
}

/** Where a kind of period stands, and in which words: the named groups `amount` and `unit` of the pattern, or its group `word`. */
interface Sought {
  sections: readonly string[];
  pattern: RegExp;
  accepts(text: string, match: RegExpExecArray): boolean;
}

function findPeriods(draft: StatingText, { sections, pattern, accepts }: Sought, authorities: readonly Authority[]): readonly StatedPeriod[] {
  const assertions = draft.sections.filter((section) => isWithin(section, sections)).flatMap(assertionsOf);
  const periods = assertions.flatMap((assertion) => {
    const [match, ...others] = assertion.own.matchAll(pattern);
    return match && others.length === 0 && accepts(assertion.own, match) ? [readPeriod(assertion, match, authorities)] : [];
  });
  // What is said of a CA by name goes before what is said of its kind, and that before what is said of all.
  return periods.map((period) => ({
    ...period,
    isAbout: (authority) => period.rank(authority) > 0 && periods.every((other) => other.rank(authority) <= period.rank(authority)),
  }));
}

const WHAT = { crl: /\bCRLs?\b|\blists?\b|\bListen?\b|Sperrliste/iu, 'ocsp-response': /respon|\bOCSP\b|Antwort/iu };

/** Certificates are valid for a time too, and say nothing of nextUpdate. */
function isOfKind(text: string, { index, groups }: RegExpExecArray, kind: keyof typeof SECTIONS): boolean {
  if (groups?.['valid'] === undefined) return true;
  return WHAT[kind].test(text) && !/certificate|zertifikat/iu.test(text.slice(0, index));
}

function readPeriod(assertion: Assertion, match: RegExpExecArray, authorities: readonly Authority[]) {
  const { amount, unit = '', word = '' } = match.groups ?? {};
  const at = match.index + (amount === undefined ? 0 : match[0].lastIndexOf(amount));
  return {
    hours: amount === undefined ? (/w/iu.test(word) ? 168 : 24) : readAmount(amount, unit),
    written: assertion.own.slice(at, match.index + match[0].length),
    at: assertion.placeAt(at),
    seen: excerpt(assertion.own, at),
    section: assertion.section.number,
    rank: rankOf(assertion.own, match.index + match[0].length, authorities),
  };
}

const FOR_CAS = /\broot\b|\bC?ARLs?\b|\bsubordinate CA|\bRoot-|Wurzel|\bCA[ -](?:certificates|Zertifikate)/iu;
const FOR_SUBJECTS = /\b(?:issuing|subscriber|subject|end[ -](?:entity|user))|\bausstellende|Endanwender|Zertifikatsinhaber/iu;

type Rank = (authority: Authority) => number;

/** How closely a period is about a CA: 3 by name, 2 by kind, 1 as about all, 0 as about others. What follows it can except a CA: "; for the root 12 months". */
function rankOf(text: string, end: number, authorities: readonly Authority[]): Rank {
  const [after = ''] = text.slice(end).split(' | ');
  const rest = /[;,].*$/u.exec(after)?.[0] ?? '';
  const start = end + after.length - rest.length;
  const own = rankWords(`${text.slice(0, start)} ${text.slice(start + rest.length)}`, authorities);
  const excepted = SOME_AMOUNT.test(rest) ? rankWords(rest, authorities) : () => 0;
  return (authority) => (excepted(authority) > 1 ? 0 : own(authority));
}

function rankWords(text: string, authorities: readonly Authority[]): Rank {
  const mentions = findMentions(
    text,
    authorities.map(({ name }) => name),
  );
  const named = new Set(mentions.map(({ name }) => name));
  const [forCas, forSubjects] = [FOR_CAS.test(text), FOR_SUBJECTS.test(text)];
  return ({ name, isForCas }) => {
    if (named.size > 0) return named.has(name) ? 3 : 0;
    if (forCas === forSubjects) return 1;
    return forCas === isForCas ? 2 : 0;
  };
}
