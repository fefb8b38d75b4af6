import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { publicationErrors, runCheck } from '../check/run.ts';
import { type ComparedText, changedSections, summarise, type TextComparison, type ToldComparisons } from '../publish/comparison-message.ts';
import { GITHUB_LIMIT, writeMarkdownRedline } from '../publish/markdown-redline.ts';
import { writePlainRedline } from '../publish/plain-redline.ts';
import { writeRedlinePage } from '../publish/redline-page.ts';
import { openWorkspace, readInstant } from '../read/workspace.ts';
import { type Answer, answerQuestion, WORK } from './diff-texts.ts';
import { type Command, type Io, UsageError } from './main.ts';

/** `cartulary diff`: what changed between two versions, or since one in the work tree. */
export const diff: Command = {
  summary: 'Show what changed between two versions, or in the work tree.',
  usage: `cartulary diff [<version>] [<version>] [--document <id>] [--language <language>]
               [--section <number>] [--format text|markdown|html|json] [--at <date or instant>]

  Two versions are compared with each other, one with the work tree; without one, the version in
  force is. "${WORK}" is the work tree where a version can stand.
  --document  only this document; without it, every document that has what is to be compared
  --language  only the texts in this language
  --section   only this section and those below it
  --format    text (default); markdown, for a pull request; html, a page of its own; json
  --at        the version in force on this date instead of today

Exit codes: 0 compared, 1 something could not be compared, 2 could not run.`,
  async run(args, io) {
    const { values, positionals: names } = parse(args);
    const write = Object.hasOwn(formats, values.format) ? formats[values.format] : undefined;
    if (!write) throw new UsageError(`There is no format "${values.format}". There are: ${Object.keys(formats).join(', ')}.`);
    if (names.length > 2) throw new UsageError(`Two versions can be compared, not ${names.length}.`);
    if (names.length > 0 && names.every((name) => name === WORK)) throw new UsageError('Name a version with which the work tree is to be compared.');
    const at = values.at === undefined ? io.now : await readInstant(io.folder, values.at);
    if (!at) throw new UsageError(`"${values.at}" is neither a date nor an instant.`);
    const opened = await openWorkspace(pathToFileURL(`${io.folder}/`), { now: at, purpose: 'publish' });
    // A text that was altered is what an author may want to see, and a version whose bytes are lost hinders no other.
    const broken = publicationErrors(runCheck(opened.workspace)).filter(({ rule }) => !['form/published-unaltered', 'form/register-holds'].includes(rule));
    for (const { message } of broken.slice(0, 5)) io.err(`${message}\n`);
    if (broken.length > 0) {
      io.err('The register cannot be trusted as it is: run `cartulary check`.\n');
      return 2;
    }
    const { document, language, section } = values;
    const answer = await answerQuestion(opened, io.folder, { names, document, language, section, at });
    for (const refusal of answer.refused) io.err(`${refusal}\n`);
    io.out(await write(answer, io));
    return answer.refused.length > 0 ? 1 : 0;
  },
};

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { document: text, language: text, section: text, format: { ...text, default: 'text' }, at: text },
  });
}

const formats: Readonly<Record<string, (answer: Answer, io: Io) => string | Promise<string>>> = {
  text: (answer, { color }) => [...answer.comparisons.map((compared) => writePlainRedline(compared, { color })), ...remarks(answer)].join('\n'),
  markdown: (answer) => writeMarkdownRedline(tell(answer), { limit: GITHUB_LIMIT, command: commandOf }),
  html: async (answer) => writeRedlinePage(tell(answer), await readStyles()),
  json: ({ comparisons, ...told }) => `${JSON.stringify({ comparisons: comparisons.map(toJson), ...told }, null, 2)}\n`,
};

/** That texts are the same is told only where there is nothing else. */
function remarks({ comparisons, same, unpublished }: Answer): string[] {
  return [...unpublished, ...(comparisons.length > 0 ? [] : same)].map((sentence) => `${sentence}\n`);
}

/** What stays where nobody sees what is told beside the output has it all. */
function tell({ comparisons, same, unpublished, refused }: Answer): ToldComparisons {
  return { comparisons, sentences: [...same, ...unpublished, ...refused] };
}

/** The command that shows one comparison whole. */
function commandOf({ document, language, before, after, section }: TextComparison): string {
  const names = [before, after].map(({ source, version }) => (source === WORK ? WORK : version));
  return ['cartulary diff', ...names, `--document ${document} --language ${language}`, ...(section === undefined ? [] : [`--section ${section}`])].join(' ');
}

/** A comparison with what it comes to: changed sections without their texts before all sections with them. */
function toJson({ comparison, before, after, section, significance, ...told }: TextComparison) {
  const side = (text: ComparedText) => ({ ...text, version: text.version ?? null });
  return {
    ...told,
    before: side(before),
    after: side(after),
    section: section ?? null,
    significance: { ...significance, set: significance.set ?? null },
    sections: changedSections(comparison).map(summarise),
    comparison,
  };
}

/** The style sheets of the site, which ship as source beside the compiled package. */
async function readStyles(): Promise<string> {
  const read = (name: string) => readFile(new URL(`../../src/site/styles/${name}`, import.meta.url), 'utf8');
  return (await Promise.all(['site.css', 'changes.css', 'print.css'].map(read))).join('\n');
}
