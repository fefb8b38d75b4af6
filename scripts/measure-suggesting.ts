// `node scripts/measure-suggesting.ts` writes docs/measured/suggesting.md: how often `check --suggest` names the section in
// which the authors of the example put a mark. The test of the same name holds floors under these figures.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WEIGHTS } from '../src/check/suggest.ts';
import { type Hits, listShares, type Measured, measureSuggesting, readMarked } from '../test/helpers/suggesting.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const marked = await readMarked(ROOT);

const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`);
const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const cells = ({ asked, first, firstThree }: Hits) => [String(asked), percent(first, asked), percent(firstThree, asked)];
const NONE: Hits = { asked: 0, first: 0, firstThree: 0 };

function groupTable({ groups }: Measured): string[] {
  const names = [...groups.keys()].sort(
    (a, b) => Number(a === 'all') - Number(b === 'all') || Number(a.includes('/')) - Number(b.includes('/')) || (a < b ? -1 : 1),
  );
  return [
    line(['Marks of', 'asked', 'first', 'first three']),
    '| --- | ---: | ---: | ---: |',
    ...names.map((name) => line([name, ...cells(groups.get(name) ?? NONE)])),
  ];
}

function waysTable(): string[] {
  const none = { place: 0, words: 0, topic: 0, kin: 0 };
  const ways: [string, Measured][] = [
    ['as it is', measureSuggesting(marked)],
    ['only words: its own, and those of the titles that the outline gives its places', measureSuggesting(marked, { ...WEIGHTS, place: 0 })],
    ['only its own words', measureSuggesting(marked, { ...none, words: 1 })],
    ['only the places that the catalogue names', measureSuggesting(marked, { ...none, place: 1 })],
    ['as it is, where all other marks stand', measureSuggesting(marked, WEIGHTS, true)],
  ];
  return [
    line(['Ranked by', 'asked', 'first', 'first three']),
    '| --- | ---: | ---: | ---: |',
    ...ways.map(([name, { groups }]) => line([name, ...cells(groups.get('all') ?? NONE)])),
  ];
}

function workTable({ work }: Measured): string[] {
  const names = { mark: 'seems to say it', read: 'says something of it', write: 'text to be written here, it seems' } as const;
  return [
    line(['What is said of the first place', 'times', 'the mark is there']),
    '| --- | ---: | ---: |',
    ...(['mark', 'read', 'write'] as const).map((name) => line([names[name], ...cells(work.get(name) ?? NONE).slice(0, 2)])),
  ];
}

function sharesTable(): string[] {
  const { marked: own, others } = listShares(marked);
  const above = (shares: readonly number[], least: number) => percent(shares.filter((share) => share >= least).length, shares.length);
  return [
    line(['Share of the words', 'sections with the mark', 'all other sections']),
    '| --- | ---: | ---: |',
    ...[0.12, 0.2, 0.45, 0.6].map((least) => line([`${Math.round(least * 100)} % or more`, above(own, least), above(others, least)])),
  ];
}

const asIs = measureSuggesting(marked);
writeFileSync(
  `${ROOT}docs/measured/suggesting.md`,
  `# Proposing sections, measured

All marks are taken out of the example's texts, and \`cartulary check --suggest\` proposes sections for the requirements that are
open then. Counted is how often the first proposal, and how often one of the first three, is a section in which the authors had
put the mark: once for each requirement and each text that had it. Where a requirement was marked in several sections of a text,
each of them counts as right.

Made by \`node scripts/measure-suggesting.ts\`; a test holds floors under these figures.

${groupTable(asIs).join('\n')}

The catalogues name sections of RFC 3647, the authors of the example knew them, and the ranking was tried on these same texts. A
text by other hands will follow them less, so what the words alone find is the more cautious figure:

${waysTable().join('\n')}

A program compares words, without their endings, and understands nothing. What it says of a section follows from the share of the
requirement's words that its text has, rare words counting more:

${workTable(asIs).join('\n')}

Where the author's section stands first with few of the words, it often says the same in others: "text to be written" is a guess.
How well the share tells sections that say it from those that do not, over all sections of the English texts:

${sharesTable().join('\n')}

A text that was not written to these standards, in November 2026: the CP/CPS 6.2 of Let's Encrypt, held against what QNCP-w asks
for. Of 357 open requirements, 8 "seem to be said", something of 146, and 203 are "to be written". The sections of the eight were
read: three say what is asked (methods of domain validation, copies of CA keys, the OCSP profile), five a part of it (what the log
holds, where the root's keys are, a termination plan that "will" be made), and none is about something else.

Terms and disclosure statements have no outline with numbers. For the latter the model of EN 319 411-1 annex A helps; in the former
only words do. Texts in German are read by the words of the English text of the same document where there is one, and by a short
list of German terms otherwise.
`,
);
