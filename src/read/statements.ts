import { findNeededWords } from '../model/pattern-words.ts';
import {
  Demands,
  Disclosure,
  OperationStatements,
  PolicyStatements,
  PracticeStatements,
  ProgrammeDemands,
  type StatementPatterns,
  StatementWords,
} from '../model/statement.ts';
import { readCompiled, readShippedYaml } from './shipped.ts';

let known: Promise<StatementPatterns> | undefined;

/** The patterns that ship with the package in `content/statements/`. Read once a process. Throws where the package is broken. */
export function readStatements(): Promise<StatementPatterns> {
  known ??= readCompiled('statements.json', compileStatements);
  return known;
}

/** The patterns as the program uses them, from the YAML. Throws for a file that is not valid. */
export async function compileStatements(): Promise<StatementPatterns> {
  const [words, policies, { demands }, { sections: disclosure }, { practices }, { demands: programmes }, operation] = await Promise.all([
    readShippedYaml('statements/words.yaml', StatementWords),
    readShippedYaml('statements/policies.yaml', PolicyStatements),
    readShippedYaml('statements/demands.yaml', Demands),
    readShippedYaml('statements/disclosure.yaml', Disclosure),
    readShippedYaml('statements/practices.yaml', PracticeStatements),
    readShippedYaml('statements/programmes.yaml', ProgrammeDemands),
    readShippedYaml('statements/operation.yaml', OperationStatements),
  ]);
  const patterns = { words, policies, demands, disclosure, practices, programmes };
  return {
    ...patterns,
    operation,
    needed: Object.fromEntries(Object.keys(words.negation).map((language) => [language, findNeeded(patterns, words, language)])),
  };
}

/** The words that the patterns of a language need. A fragment that the provider's own names are added to may be anything as well. */
function findNeeded(patterns: unknown, { names }: StatementWords, language: string): Record<string, readonly string[]> {
  const expand = (pattern: string) =>
    pattern.replace(/\{([a-z]+)\}/g, (whole, name: string) =>
      name === 'provider' ? `${names[name]?.[language] ?? '.'}|.` : (names[name]?.[language] ?? whole),
    );
  return Object.fromEntries(
    [...listForms(patterns, language)].flatMap((form) => {
      const pattern = form.replace(/^#/, '');
      const needed = findNeededWords(expand(pattern));
      return needed ? [[pattern, needed]] : [];
    }),
  );
}

/** All patterns of forms in a language, wherever in the data they stand. */
function* listForms(value: unknown, language: string): Iterable<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inside] of Object.entries(value)) {
    if (key !== language) yield* listForms(inside, language);
    else if (Array.isArray(inside)) yield* inside.flat() as string[];
  }
}
