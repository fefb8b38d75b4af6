import { foldCase, mayMatch } from '../model/pattern-words.ts';
import type { Forms } from '../model/statement.ts';
import type { Workspace } from '../model/workspace.ts';

/** One pattern of a form. */
export interface Compiled {
  /** Words of which each match has one, folded; undefined where none are known. */
  words: readonly string[] | undefined;
  pattern: RegExp;
  /** The same for all places of a text. */
  everywhere: RegExp;
  /** It may stand in the section's title. */
  inTitle: boolean;
  /** It has a negating word itself. */
  negating: boolean;
}

/** The patterns of each form of a statement in one language, made once. */
export type Compile = (forms: Forms) => readonly (readonly Compiled[])[];

const compilers = new WeakMap<Workspace['statements'], Map<string, Compile>>();

/** Texts of one language share their patterns: to make them is most of the work. */
export function shareCompiler({ statements }: Workspace, key: string, make: () => Compile): Compile {
  const shared = compilers.get(statements) ?? new Map<string, Compile>();
  const compile = shared.get(key) ?? make();
  compilers.set(statements, shared.set(key, compile));
  return compile;
}

/** Letters of the languages that are read: all of Unicode's would cost a millisecond for each pattern. */
const LETTERS = 'A-Za-z\\u00C0-\\u024F';

/** What patterns are made with in one language. */
export interface Wording {
  language: string;
  fragments: Readonly<Record<string, string>>;
  negation: RegExp;
  /** By pattern: words of which each match has one. */
  needed: Readonly<Record<string, readonly string[]>>;
}

export function makeCompiler({ language, fragments, negation, needed }: Wording): Compile {
  const compileOne = (source: string): Compiled => {
    const inTitle = source.startsWith('#');
    const bare = inTitle ? source.slice(1) : source;
    const written = bare.replaceAll('\\p{L}', LETTERS).replace(/\{([a-z]+)\}/g, (whole, name: string) => fragments[name] ?? whole);
    // Folding case by Unicode's rules takes twice the time to compile, and makes no difference in these languages.
    const flags = /\\[pPu]\{/.test(written) ? 'iu' : 'i';
    return {
      words: needed[bare],
      pattern: new RegExp(written, flags),
      everywhere: new RegExp(written, `g${flags}`),
      inTitle,
      negating: negation.test(written.replace(/\\[bn]/g, ' ')),
    };
  };
  const compiled = new WeakMap<Forms, readonly (readonly Compiled[])[]>();
  return (forms) => {
    const made = compiled.get(forms) ?? (forms[language] ?? []).map((form) => (typeof form === 'string' ? [form] : form).map(compileOne));
    compiled.set(forms, made);
    return made;
  };
}

/** A text in which forms are looked for, with the title of its section. */
export interface Matched {
  text: string;
  folded: string;
  title: string;
}

/** Whether a text has the words of a form, so that it is worth a closer look. */
export function mayHave(patterns: readonly Compiled[], { folded, title }: Omit<Matched, 'text'>): boolean {
  return patterns.every(({ words, inTitle }) => mayMatch(words, folded) || (inTitle && mayMatch(words, foldCase(title))));
}

/** Where a text has all of the patterns: the stretch of the last one, which is what is asserted; the others say of what. */
export function matchForm(patterns: readonly Compiled[], matched: Matched): { start: number; end: number; negating: boolean } | undefined {
  if (!mayHave(patterns, matched)) return undefined;
  const { text, folded, title } = matched;
  let asserted = { start: 0, end: 0, negating: true };
  for (const { words, pattern, inTitle, negating } of patterns) {
    const match = mayMatch(words, folded) ? pattern.exec(text) : null;
    if (match) asserted = { start: match.index, end: match.index + match[0].length, negating };
    else if (!(inTitle && pattern.test(title))) return undefined;
  }
  return asserted;
}

/** A text with what matches these patterns blotted out. */
export function blotOut(patterns: readonly Compiled[], text: string): string {
  return patterns.reduce(
    (rest, { words, everywhere }) => (mayMatch(words, foldCase(rest)) ? rest.replace(everywhere, (found) => ' '.repeat(found.length)) : rest),
    text,
  );
}
