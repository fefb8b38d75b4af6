import type { Section } from '../model/document.ts';
import type { Observation } from '../model/finding.ts';
import {
  type DeclaredIdentity,
  IDENTITY_FILE,
  type IdentityMethod,
  type IdentityPolicy,
  isUsedOn,
  METHOD_KINDS,
  type MethodKind,
  methodsOf,
} from '../model/identity.ts';
import { excerpt, nameSection } from '../model/running-text.ts';
import type { OperationStatements } from '../model/statement.ts';
import type { Draft } from '../model/workspace.ts';
import { findMatches, type PlainSentence, plainSentencesOf } from './operation-patterns.ts';
import { languageOf } from './stated-devices.ts';

/** What a text is compared with: the methods of the policies that it lists. */
export interface MethodReading {
  draft: Draft;
  forms: OperationStatements;
  policies: readonly IdentityPolicy[];
  methods: readonly IdentityMethod[];
}

/** The model as far as it is about the policies of a text; undefined where it is about none. */
export function readMethodsFor(draft: Draft, model: DeclaredIdentity, forms: OperationStatements, today: string): MethodReading | undefined {
  const oids = new Set(draft.frontMatter?.policies.map(({ oid }) => oid));
  const policies = model.policies.filter(({ oid }) => oids.has(oid));
  const ids = new Set(policies.flatMap((policy) => methodsOf(model, policy)).map(({ id }) => id));
  const methods = model.methods.filter((method) => ids.has(method.id) && isUsedOn(method, today));
  return policies.length > 0 ? { draft, forms, policies, methods } : undefined;
}

const KIND_WORDS: Readonly<Record<MethodKind, string>> = {
  'physical-presence': 'physical presence',
  eid: 'an eID',
  certificate: 'an existing qualified certificate',
  remote: 'remote identification',
};

/** Where a text says how persons are identified, otherwise than in the model. */
export function* findMethodFaults(reading: MethodReading): Iterable<Observation> {
  for (const section of findSections(reading)) {
    const sentences = plainSentencesOf(section);
    yield* checkKinds(reading, section, sentences);
    let head: PlainSentence | undefined;
    for (const [index, sentence] of sentences.entries()) {
      if (sentence.isRow && !sentences[index - 1]?.isRow) head = sentence;
      yield* checkUseCases(reading, sentence);
      yield* checkLevels(reading, sentence);
      yield* checkRecords(reading, sentence, head);
    }
  }
  for (const sentence of reading.draft.sections.flatMap(plainSentencesOf)) {
    yield* checkReuse(reading, sentence);
    yield* checkDomainMethods(reading, sentence);
    yield* checkChoice(reading, sentence);
  }
  yield* checkDomainMethodsNamed(reading);
}

const isPractice = ({ type }: Draft) => type === 'CP' || type === 'CPS' || type === 'CP-CPS';

/** 3.2.3 of a CP or CPS; of another text the section of such a title that names the most methods. */
function findSections(reading: MethodReading): readonly Section[] {
  const { draft, forms } = reading;
  if (isPractice(draft)) return draft.sections.filter(({ number }) => number === '3.2.3');
  const title = new RegExp(forms.sections[languageOf(draft)] ?? '$^', 'iu');
  const counted = draft.sections
    .filter((section) => title.test(section.title))
    .map((section) => ({ section, count: kindsIn(reading, plainSentencesOf(section)).size }));
  const most = Math.max(0, ...counted.map(({ count }) => count));
  return most < 2 ? [] : counted.filter(({ count }) => count === most).map(({ section }) => section);
}

/** The kinds of method that sentences name, each with its first place. */
function kindsIn({ draft, forms }: MethodReading, sentences: readonly PlainSentence[]): ReadonlyMap<MethodKind, { sentence: PlainSentence; at: number }> {
  const found = new Map<MethodKind, { sentence: PlainSentence; at: number }>();
  for (const kind of METHOD_KINDS) {
    for (const sentence of sentences) {
      const [match] = findMatches(forms.methods[kind]?.[languageOf(draft)], sentence.text);
      if (match && !found.has(kind)) found.set(kind, { sentence, at: match.at });
    }
  }
  return found;
}

/** The kinds of method that the first cells of tables name: where these list the methods, they list all. */
function kindsInTable({ draft, forms }: MethodReading, sentences: readonly PlainSentence[]): ReadonlySet<MethodKind> {
  const cells = sentences.flatMap(({ isRow, text }) => (isRow ? [text.split(' | ')[0] ?? ''] : []));
  return new Set(METHOD_KINDS.filter((kind) => cells.some((cell) => findMatches(forms.methods[kind]?.[languageOf(draft)], cell).length > 0)));
}

function fault({ draft }: MethodReading, sentence: PlainSentence, at: number, says: string, expected: string): Observation {
  return {
    message: `${nameSection(sentence.section)} of ${draft.id} ${says}.`,
    at: sentence.placeAt(at),
    seen: excerpt(sentence.text, at),
    expected,
    advice: `Correct whichever is wrong: the text, or ${IDENTITY_FILE}.`,
  };
}

function* checkKinds(reading: MethodReading, section: Section, sentences: readonly PlainSentence[]): Iterable<Observation> {
  const stated = kindsIn(reading, sentences);
  const tabled = kindsInTable(reading, sentences);
  const declared = new Set(reading.methods.map(({ kind }) => kind));
  const listed = [...declared].map((kind) => KIND_WORDS[kind]).join(', ');
  for (const [kind, { sentence, at }] of stated)
    if (!declared.has(kind))
      yield fault(reading, sentence, at, `names ${KIND_WORDS[kind]}, by which nobody is identified`, `the methods of ${IDENTITY_FILE}: ${listed}`);
  for (const kind of declared) {
    if (tabled.size > 1 ? tabled.has(kind) : stated.has(kind)) continue;
    yield {
      message: `${nameSection(section)} of ${reading.draft.id} does not name ${KIND_WORDS[kind]}, by which persons are identified.`,
      at: section.place,
      seen: [...(tabled.size > 1 ? tabled : stated.keys())].map((one) => KIND_WORDS[one]).join(', ') || 'no method',
      expected: `the methods of ${IDENTITY_FILE}: ${listed}`,
    };
  }
}

/** `clause 9.2.1 for physical presence, 9.2.2 for remote identification`: each clause goes with the method that is named next. */
function* checkUseCases(reading: MethodReading, { text, ...rest }: PlainSentence): Iterable<Observation> {
  const sentence = { text, ...rest };
  const clauses = [...text.matchAll(/(?<![\d.])9\.2\.[1-5](?![\d.]*\d)/gu)];
  for (const [index, clause] of clauses.entries()) {
    const part = text.slice(clause.index, clauses[index + 1]?.index);
    const kinds = METHOD_KINDS.filter((kind) => findMatches(reading.forms.methods[kind]?.[languageOf(reading.draft)], part).length > 0);
    const [kind] = kinds;
    const declared = reading.methods.filter((method) => method.kind === kind).flatMap(({ useCase }) => useCase ?? []);
    if (kinds.length !== 1 || kind === undefined || declared.length === 0 || declared.includes(clause[0])) continue;
    yield fault(reading, sentence, clause.index, `gives clause ${clause[0]} of TS 119 461 for ${KIND_WORDS[kind]}`, `clause ${declared.join(' or ')}`);
  }
}

const LEVELS: Readonly<Record<'eid' | 'remote', readonly string[]>> = { eid: ['low', 'substantial', 'high'], remote: ['baseline', 'extended'] };

function* checkLevels(reading: MethodReading, sentence: PlainSentence): Iterable<Observation> {
  const language = languageOf(reading.draft);
  for (const kind of ['eid', 'remote'] as const) {
    const declared = new Set(reading.methods.filter((method) => method.kind === kind).flatMap(({ level }) => level ?? []));
    if (declared.size === 0 || findMatches(reading.forms.methods[kind]?.[language], sentence.text).length === 0) continue;
    for (const level of LEVELS[kind]) {
      if ([...declared].some((one) => one === level)) continue;
      for (const { at } of findMatches(reading.forms.levels[level]?.[language], sentence.text))
        yield fault(reading, sentence, at, `gives the level "${level}" for ${KIND_WORDS[kind]}`, [...declared].join(' or '));
    }
  }
}

/** A row of a table with a column on records names all that its method leaves. */
function* checkRecords(reading: MethodReading, sentence: PlainSentence, head: PlainSentence | undefined): Iterable<Observation> {
  if (!sentence.isRow) return;
  const column = head?.text.split(' | ').findIndex((title) => new RegExp(reading.forms.records[languageOf(reading.draft)] ?? '$^', 'iu').test(title)) ?? -1;
  const cells = sentence.text.split(' | ');
  if (column < 1 || cells[column] === undefined) return;
  const [kind, another] = METHOD_KINDS.filter((one) => findMatches(reading.forms.methods[one]?.[languageOf(reading.draft)], cells[0] ?? '').length > 0);
  if (kind === undefined || another !== undefined) return;
  const said = cells[column].toLowerCase();
  const missing = reading.methods
    .filter((method) => method.kind === kind)
    .flatMap(({ records }) => records.filter((record) => !said.includes(record.toLowerCase())));
  if (missing.length > 0)
    yield fault(
      reading,
      sentence,
      cells.slice(0, column).join(' | ').length + 3,
      `does not name all that ${KIND_WORDS[kind]} leaves`,
      `also: ${missing.join('; ')}`,
    );
}

/** Months count as 30 days only to tell different periods apart: texts say 3 years for 36 months. */
function daysOf(count: number, unit: string): number {
  if (unit === 'year') return count * 12 * 30;
  return unit === 'month' ? count * 30 : count;
}

const daysOfPeriod = (period: string): number => {
  const [, count = '0', unit = 'day'] = /^(\d+) (day|month|year)s?$/.exec(period) ?? [];
  return daysOf(Number(count), unit);
};

function* checkReuse(reading: MethodReading, sentence: PlainSentence): Iterable<Observation> {
  const {
    forms: { reuse },
    draft,
    policies,
  } = reading;
  const language = languageOf(draft);
  const has = (source: string | undefined) => new RegExp(source ?? '$^', 'iu').test(sentence.text);
  if (!sentence.section.number.startsWith('3.') || !has(reuse.check[language]) || !has(reuse.counts[language])) return;
  const periods = new Set(policies.flatMap(({ validFor }) => validFor ?? []));
  for (const match of sentence.text.matchAll(new RegExp(reuse.period[language] ?? '$^', 'giu'))) {
    const days = daysOf(Number(match[1]), reuse.units[(match[2] ?? '').toLowerCase()] ?? 'day');
    if (periods.size > 0 && ![...periods].some((period) => daysOfPeriod(period) === days))
      yield fault(reading, sentence, match.index, `gives another period for which a check of identity counts`, [...periods].join(', '));
  }
  const most = new Set(policies.flatMap(({ mostCertificates }) => mostCertificates ?? []));
  const counted = new RegExp((reuse.most[language] ?? '$^').replaceAll('{number}', '(\\d+|\\p{L}+)'), 'iu').exec(sentence.text);
  const number = counted?.slice(1).find(Boolean)?.toLowerCase();
  if (counted && number !== undefined && most.size > 0 && !most.has(reuse.numbers[number] ?? number))
    yield fault(reading, sentence, counted.index, 'gives another number of certificates for which a check of identity counts', [...most].join(', '));
}

const BR_METHOD = /(?<![\d.])3\.2\.2\.(?:4\.\d+|[58]\.\d+)(?![\d.]*\d)/gu;

function* checkDomainMethods(reading: MethodReading, sentence: PlainSentence): Iterable<Observation> {
  const declared = new Set(reading.policies.flatMap(({ domainMethods }) => domainMethods));
  if (declared.size === 0) return;
  for (const { index, 0: name } of sentence.text.matchAll(BR_METHOD))
    if (!declared.has(name))
      yield fault(reading, sentence, index, `names the method ${name} of the Baseline Requirements`, `the methods in use: ${[...declared].join(', ')}`);
}

/** A text that names some of the methods of the Baseline Requirements names all that are in use. */
function* checkDomainMethodsNamed(reading: MethodReading): Iterable<Observation> {
  const sentences = reading.draft.sections.flatMap(plainSentencesOf);
  const first = sentences.find(({ text }) => text.search(BR_METHOD) >= 0);
  if (!first) return;
  const named = new Set(sentences.flatMap(({ text }) => [...text.matchAll(BR_METHOD)].map(([name]) => name)));
  const missing = [...new Set(reading.policies.flatMap(({ domainMethods }) => domainMethods))].filter((name) => !named.has(name));
  if (missing.length > 0)
    yield fault(
      reading,
      first,
      first.text.search(BR_METHOD),
      `does not name the method ${missing.join(', ')} of the Baseline Requirements`,
      'all methods in use',
    );
}

/** Who gets website certificates decides by which rule they are verified. */
function* checkChoice(reading: MethodReading, sentence: PlainSentence): Iterable<Observation> {
  const choices = reading.policies.flatMap(({ choice }) => choice);
  if (choices.length === 0) return;
  const toNatural = choices.some(({ subscriber, route }) => subscriber === 'natural' && route !== undefined);
  const { websites } = reading.forms;
  const [match] = findMatches((toNatural ? websites.onlyLegal : websites.natural)[languageOf(reading.draft)], sentence.text);
  if (match)
    yield fault(
      reading,
      sentence,
      match.at,
      `says ${toNatural ? 'that legal persons alone' : 'that natural persons'} get website certificates`,
      toNatural ? 'natural persons too, as "choice" declares' : 'legal persons only, as "choice" declares',
    );
}
