import { type Assertion, assertionsOf } from '../model/assertion.ts';
import type { StatusService } from '../model/status-measurement.ts';
import { readAmount, SHORT_AMOUNT } from './stated-amounts.ts';
import type { StatingText } from './stated-periods.ts';
import { isWithin } from './statements.ts';

/**
 * What a text promises of a status service:
 * - `availability`: this part of a month or year, from 0 to 1;
 * - `outage`: the hours within which an outage ends;
 * - `publication`: the hours within which a CRL is published once it is signed;
 * - `response`: the part of the answers that come within so many milliseconds.
 */
export type ServiceLevel = { section: string; written: string; services: readonly StatusService[] } & (
  | { kind: 'availability'; share: number; per: 'month' | 'year' }
  | { kind: 'outage'; hours: number }
  | { kind: 'publication'; hours: number }
  | { kind: 'response'; share: number; within: number }
);
export type LevelOf<Kind extends ServiceLevel['kind']> = Extract<ServiceLevel, { kind: Kind }>;

const SECTIONS = ['4.9.7', '4.9.8', '4.9.9', '4.9.10', '4.10'];
const NUMBER = String.raw`\d{1,3}(?:[.,]\d{1,4})?`;
const AVAILABLE = /\bavailab|\buptime\b|verfügbar/iu;
const PERCENT = new RegExp(String.raw`\b(?<share>${NUMBER})\s?%`, 'gu');
const YEARLY = /%\s*(?:(?:a|per|each|every|in (?:a|each|every)|of (?:a|each|every)|im|pro|je)\s+)?(?:calendar\s+)?(?:year|Jahr|annual|jährlich)/iu;
const OUTAGE = new RegExp(
  String.raw`\b(?:outages?|interruptions?|disruptions?|downtimes?|Ausf[aä]ll\w*|Unterbrechung\w*|Störung\w*)\b[^.;|]{0,90}?\b(?:within|after|at most|no longer than|not longer than|exceeds?|maximum of|innerhalb(?: von)?|binnen|nach|höchstens|spätestens nach|länger als)\s${SHORT_AMOUNT}`,
  'giu',
);
const PUBLISHED = new RegExp(
  String.raw`\b(?:published?|veröffentlicht)\b[^.;|]{0,30}?\b${SHORT_AMOUNT}\s(?:of|after|nach)\s(?:(?:its|their|the|being|ihrer|der)\s)?(?:sign\w*|generat\w*|creat\w*|issu\w*|Signatur|Erstellung|Ausstellung)`,
  'giu',
);
const RESPONSE = new RegExp(
  String.raw`\b(?<share>${NUMBER})\s?%[^.;|]{0,60}?\b(?:within|in less than|below|under|innerhalb(?: von)?|binnen|unter)\s(?<time>${NUMBER})\s?(?<unit>ms|milliseconds?|Millisekunden|s|seconds?|Sekunden?)(?![\p{L}\d])`,
  'giu',
);
const ALWAYS = new RegExp(
  String.raw`\b(?:response time|Antwortzeit)\w*\b[^.;%]{0,60}?\b(?:within|at most|below|under|not exceed|innerhalb(?: von)?|binnen|höchstens|unter)\s(?<time>${NUMBER})\s?(?<unit>ms|milliseconds?|Millisekunden|s|seconds?|Sekunden?)(?![\p{L}\d])`,
  'giu',
);

/** What a text promises of its status services. A sentence or row with several numbers for one thing is left out: a reader cannot tell what each is for. */
export function statedLevels({ sections }: StatingText): readonly ServiceLevel[] {
  return sections.filter((section) => isWithin(section, SECTIONS)).flatMap((section) => assertionsOf(section).flatMap(readLevels));
}

function readLevels(assertion: Assertion): ServiceLevel[] {
  const { own, section } = assertion;
  const found: ServiceLevel[] = [];
  const response = only(own, RESPONSE) ?? only(own, ALWAYS);
  const common = (match: RegExpExecArray) => ({ section: section.number, written: match[0], services: servicesOf(assertion) });
  if (response) {
    const { share, time = '0', unit = '' } = response.groups ?? {};
    const within = readNumber(time) * (/^m/iu.test(unit) ? 1 : 1000);
    found.push({ kind: 'response', share: share === undefined ? 1 : readNumber(share) / 100, within, ...common(response) });
  }
  const availability = !response && AVAILABLE.test(`${section.title} ${own}`) ? only(own, PERCENT) : undefined;
  if (availability) {
    const share = readNumber(availability.groups?.['share'] ?? '0') / 100;
    const per = YEARLY.test(own.slice(availability.index)) ? 'year' : 'month';
    if (share <= 1) found.push({ kind: 'availability', share, per, ...common(availability) });
  }
  for (const [kind, pattern] of [['outage', OUTAGE] as const, ['publication', PUBLISHED] as const]) {
    const match = only(own, pattern);
    const { amount, unit } = match?.groups ?? {};
    if (match && amount !== undefined && unit !== undefined) found.push({ kind, hours: readAmount(amount, unit), ...common(match) });
  }
  return found;
}

function only(text: string, pattern: RegExp): RegExpExecArray | undefined {
  const [match, ...others] = text.matchAll(pattern);
  return others.length === 0 ? match : undefined;
}

const readNumber = (text: string): number => Number(text.replace(',', '.'));

/** What a sentence names; else what its section is about. */
function servicesOf({ own, section }: Assertion): readonly StatusService[] {
  const named = [...(/\bCRLs?\b|Sperrlist/iu.test(own) ? ['crl' as const] : []), ...(/\bOCSP\b|\bresponders?\b|Antwort/iu.test(own) ? ['ocsp' as const] : [])];
  if (named.length > 0) return named;
  if (isWithin(section, ['4.9.7', '4.9.8'])) return ['crl'];
  return isWithin(section, ['4.9.9', '4.9.10']) ? ['ocsp'] : ['crl', 'ocsp'];
}
