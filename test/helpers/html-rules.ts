import { HtmlValidate, type RuleConfig } from 'html-validate';

/** What the validator asks for beyond HTML itself and what this site does otherwise, each with its reason. */
const EXCEPTIONS: RuleConfig = {
  // Where a table is laid out in blocks, on a phone, browsers forget what it is; the roles keep it a table.
  'no-redundant-role': 'off',
  // All wide tables scroll in the same element, of which only some are regions.
  'prefer-native-element': ['error', { exclude: ['region'] }],
  // HTML allows any list to have a name, and a page can have two lists of facts.
  'aria-label-misuse': ['error', { allowAnyNamable: true }],
};
/** The heading of the answer is written when there is one; until then its section is hidden. */
const WRITTEN_LATER = { 'empty-heading': 'off' } as const;

const extended = ['html-validate:standard', 'html-validate:a11y'];
const validator = new HtmlValidate({ root: true, extends: extended, rules: EXCEPTIONS });
const forScripts = new HtmlValidate({ root: true, extends: extended, rules: { ...EXCEPTIONS, ...WRITTEN_LATER } });

/** What is wrong with a page by the HTML standard and by what it needs to be used by everybody, each with its place. */
export function htmlErrors(path: string, html: string): string[] {
  const { results } = (/\/compare\/index\.html$/.test(path) ? forScripts : validator).validateStringSync(html);
  const lines = html.split('\n');
  return results.flatMap(({ messages }) =>
    messages.map(
      ({ ruleId, message, line, column }) => `${path} ${ruleId}: ${message}: ${lines[line - 1]?.slice(Math.max(0, column - 40), column + 100).trim()}`,
    ),
  );
}
