import { type Assertion, assertionsOf } from '../model/assertion.ts';
import type { Policy, PolicyDocument, Section } from '../model/document.ts';
import type { Place } from '../model/finding.ts';
import { foldCase } from '../model/pattern-words.ts';
import type { Catalogue, Requirement } from '../model/requirement.ts';
import { excerpt } from '../model/running-text.ts';
import type { Forms } from '../model/statement.ts';
import type { Workspace } from '../model/workspace.ts';
import { blotOut, type Compile, type Matched, makeCompiler, matchForm, mayHave, shareCompiler } from './statement-patterns.ts';

/** What an assertion says of something: it, its opposite, or that it is left to choice. */
export interface Said {
  how: 'said' | 'denied' | 'allowed';
  assertion: Assertion;
  /** The words that say it: the assertion's own, or those of the sentence that leads to it; and where in them. */
  by: Assertion;
  at: number;
}

/** Reads the assertions of one text by the patterns of its language. */
export interface StatementReader {
  assertions: readonly Assertion[];
  /** What an assertion says of these forms; undefined where it has none of them. */
  says(assertion: Assertion, forms: Forms, options?: ReadOptions): Said | undefined;
  /** A sentence with what matches these forms blotted out. */
  without(text: string, forms: Forms): string;
  /** Whether an assertion is about a policy: by its identifier or name, by the sentence before it, or as one about all. */
  isAbout(assertion: Assertion, policy: Policy): boolean;
  /** The same, but only where the policy is named. */
  names(assertion: Assertion, policy: Policy): boolean;
}

export interface ReadOptions {
  /** A sentence that leaves it to choice does not say it; unless advice will do, neither does one that only recommends it. */
  duty?: boolean;
  advice?: boolean;
  /** Read without the words that lead to a list or table. */
  ownOnly?: boolean;
  /** Read instead of the assertion's own words, of the same length. */
  instead?: string;
}

const known = new WeakMap<PolicyDocument, StatementReader | undefined>();

/** The reader of a text; undefined where there are no patterns in its language. */
export function readStatementsOf(draft: PolicyDocument, workspace: Workspace): StatementReader | undefined {
  if (!known.has(draft)) known.set(draft, makeReader(draft, workspace));
  return known.get(draft);
}

const languageOf = ({ language }: PolicyDocument) => language.split('-')[0] ?? '';

function makeReader(draft: PolicyDocument, workspace: Workspace): StatementReader | undefined {
  const { words } = workspace.statements;
  const language = languageOf(draft);
  const negations = words.negation[language];
  if (negations === undefined) return undefined;
  const pattern = (source: string | undefined) => new RegExp(source ?? '$^', 'iu');
  const everywhere = (source: string | undefined) => new RegExp(source ?? '$^', 'giu');
  const fragments = Object.fromEntries(Object.entries(words.names).map(([name, byLanguage]) => [name, byLanguage[language] ?? '$^']));
  fragments.provider = [fragments.provider, ...providerNames(workspace).map(asWritten)].filter(Boolean).join('|');
  const negation = new RegExp(negations, 'iu');
  const needed = workspace.statements.needed[language] ?? {};
  const tongue: Tongue = {
    negation,
    permission: everywhere(words.permission[language]),
    advice: everywhere(words.advice[language]),
    conditional: pattern(words.conditional[language]),
    compile: shareCompiler(workspace, `${language} ${fragments.provider}`, () => makeCompiler({ language, fragments, negation, needed })),
  };
  const everyPolicy = pattern(words.everyPolicy[language]);
  const policies = draft.frontMatter?.policies ?? [];
  const mentionedBy = makeMentions(policies);
  return {
    assertions: draft.sections.flatMap(assertionsOf),
    says: remember(tongue),
    without: (text, forms) => blotOut(tongue.compile(forms).flat(), text),
    names: (assertion, policy) => mentionedBy(assertion).oids.has(policy.oid),
    isAbout: (assertion, policy) => {
      const { named, oids } = mentionedBy(assertion);
      if (named) return oids.has(policy.oid);
      return !assertion.leads && (policies.length === 1 || everyPolicy.test(`${assertion.lead} ${assertion.own}`));
    },
  };
}

/** How a language says things. */
interface Tongue {
  negation: RegExp;
  permission: RegExp;
  advice: RegExp;
  conditional: RegExp;
  compile: Compile;
}

/** The first form that is said; else the first that is denied or left to choice. */
function readAssertion(assertion: Assertion, forms: Forms, { duty, advice, ownOnly, instead }: ReadOptions, tongue: Tongue): Said | undefined {
  const lead = ownOnly || !assertion.lead ? '' : `${assertion.lead} `;
  const text = lead + (instead ?? assertion.own);
  const matched: Matched = { text, folded: foldCase(text), title: assertion.section.title };
  let weaker: Said | undefined;
  let weak = { start: 0, end: 0 };
  for (const form of tongue.compile(forms)) {
    const match = matchForm(form, matched);
    // "Not made and used only in it" denies the whole: a shorter form finds no "used only in it" inside.
    if (!match || (match.start >= weak.start && match.end <= weak.end)) continue;
    const before = text.slice(clauseStart(text, match.start), match.start);
    const isDenied = !match.negating && tongue.negation.test(before + text.slice(match.start, match.end));
    // "If nobody takes it over" denies nothing.
    if (isDenied && tongue.conditional.test(text.slice(text.slice(0, match.start).search(/[^.;:,|(]*$/), match.start))) continue;
    const isAllowed =
      duty && [match.start, lead.length - 1].some((at) => isLeftToChoice(text, at, advice ? [tongue.permission] : [tongue.permission, tongue.advice]));
    const said: Said = { how: isDenied ? 'denied' : isAllowed ? 'allowed' : 'said', assertion, ...whose(assertion, match.start, lead) };
    if (said.how === 'said') return said;
    weak = match;
    weaker ??= said;
  }
  return weaker;
}

/** Whether a word before a place, in the same clause, leaves it to choice; "to check" depends on what stands before its clause. */
function isLeftToChoice(text: string, at: number, words: readonly RegExp[]): boolean {
  if (at < 0) return false;
  const own = clauseStart(text, at);
  const start = /^(?:and |or )?to\s/.test(text.slice(own, own + 8)) ? 0 : own;
  const clause = text.slice(start);
  return words.some((word) => [...clause.matchAll(word)].some(({ index }) => start + index < at));
}

/** Several policies and rules ask the same of an assertion. What has none of the words is not looked at any closer. */
function remember(tongue: Tongue): StatementReader['says'] {
  const answers = new Map<string, Map<Forms, Map<Assertion, Said | undefined>>>();
  const fold = foldAssertions();
  return (assertion, forms, options = {}) => {
    if (options.instead !== undefined) return readAssertion(assertion, forms, options, tongue);
    const words = { folded: fold(assertion, options.ownOnly), title: assertion.section.title };
    if (!tongue.compile(forms).some((form) => mayHave(form, words))) return undefined;
    const key = `${options.duty ?? false} ${options.advice ?? false} ${options.ownOnly ?? false}`;
    const byForms = answers.get(key) ?? new Map<Forms, Map<Assertion, Said | undefined>>();
    const byAssertion = byForms.get(forms) ?? new Map<Assertion, Said | undefined>();
    if (!byAssertion.has(assertion)) byAssertion.set(assertion, readAssertion(assertion, forms, options, tongue));
    answers.set(key, byForms.set(forms, byAssertion));
    return byAssertion.get(assertion);
  };
}

/** Gives the words of an assertion, with or without those that lead to it, as they are looked for. */
function foldAssertions(): (assertion: Assertion, ownOnly: boolean | undefined) => string {
  const known = new Map<Assertion, { own: string; all: string }>();
  return (assertion, ownOnly) => {
    let folded = known.get(assertion);
    if (!folded) {
      const own = foldCase(assertion.own);
      folded = { own, all: assertion.lead ? `${foldCase(assertion.lead)} ${own}` : own };
      known.set(assertion, folded);
    }
    return ownOnly ? folded.own : folded.all;
  };
}

/** The policies that an assertion names; where it names none, those that the sentence before it names. */
function makeMentions(policies: readonly Policy[]): (assertion: Assertion) => Mentioned {
  const mentions = new Map<Assertion, Mentioned>();
  return (assertion) => {
    // Back to a sentence that names one; hostile paragraphs have too many sentences to do it by recursion.
    const passed: Assertion[] = [];
    let at = assertion;
    let found = mentions.get(at);
    while (!found) {
      passed.push(at);
      const own = findMentioned(at.own, policies);
      if (own.named || !at.before) found = own;
      else at = at.before;
      found ??= mentions.get(at);
    }
    for (const sentence of passed) mentions.set(sentence, found);
    return found;
  };
}

function whose(assertion: Assertion, start: number, lead: string): Pick<Said, 'by' | 'at'> {
  return start < lead.length && assertion.leader ? { by: assertion.leader, at: start } : { by: assertion, at: Math.max(0, start - lead.length) };
}

const CLAUSE = /[.;:|,(]\s|\s(?:and|but|und|aber|sondern)\s/gu;

/** Where the clause begins in which something stands. */
function clauseStart(text: string, at: number): number {
  let start = 0;
  for (const { index, 0: mark } of text.slice(0, at).matchAll(CLAUSE)) start = index + mark.length;
  return start;
}

const asWritten = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** How texts call the provider: by its name, and by what stands in quotes in brackets behind it. */
function providerNames({ config: { name }, drafts }: Workspace): string[] {
  const short = new RegExp(`${asWritten(name)}[^("„“]{0,60}\\(["„“']([^"“”']{2,40})["“”']`, 'u');
  const found = drafts.flatMap(({ sections }) => {
    for (const { own } of sections.flatMap(assertionsOf)) {
      const called = own.includes(name) ? short.exec(own)?.[1] : undefined;
      if (called) return [called];
    }
    return [];
  });
  return [...new Set([name, ...found])].sort();
}

interface Mentioned {
  /** Whether any policy is named, be it an unknown one. */
  named: boolean;
  oids: ReadonlySet<string>;
}

const parentOf = (oid: string) => oid.slice(0, oid.lastIndexOf('.'));

/** The policies that a sentence names: by their identifiers, else by name, else by the ETSI policy where only one conforms to it. */
function findMentioned(text: string, policies: readonly Policy[]): Mentioned {
  const parents = new Set(policies.map(({ oid }) => parentOf(oid)));
  const written = [...text.matchAll(/(?<![\d.])\d+(?:\.\d+){4,}/g)].map(([oid]) => oid).filter((oid) => parents.has(parentOf(oid)));
  if (written.length > 0) return { named: true, oids: new Set(written) };
  const lower = text.toLowerCase();
  const named = policies.filter(({ name }) => lower.includes(name.toLowerCase()));
  if (named.length > 0) return { named: true, oids: new Set(named.map(({ oid }) => oid)) };
  const conforming = policies.filter(
    ({ conformsTo }) =>
      conformsTo &&
      policies.filter((other) => other.conformsTo === conformsTo).length === 1 &&
      new RegExp(`(?<![\\w-])${asWritten(conformsTo)}(?![\\w+-])`).test(text),
  );
  return { named: conforming.length > 0, oids: new Set(conforming.map(({ oid }) => oid)) };
}

/** Whether a section is one of these, or below one of them. */
export const isWithin = ({ number }: Section, numbers: readonly string[]) => numbers.some((wanted) => number === wanted || number.startsWith(`${wanted}.`));

/** Where something is said, and the words for a finding. */
export function locate({ by, at }: Said): { at: Place; seen: string } {
  return { at: by.placeAt(at), seen: excerpt(by.own, at) };
}

export const nameSection = ({ number, title }: Section) => (number ? `Section ${number}` : title ? `The section "${title}"` : 'The text');

/** A requirement by the name that marks give it. */
export function findRequirement(catalogues: readonly Catalogue[], name: string): { catalogue: Catalogue; requirement: Requirement } | undefined {
  const [short, id] = name.split(':');
  const catalogue = catalogues.find((candidate) => candidate.short === short);
  const requirement = catalogue?.requirements.find((candidate) => candidate.id === id);
  return catalogue && requirement && { catalogue, requirement };
}
