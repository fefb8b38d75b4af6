import { comparisonTitle, judgementBlocks, type TextComparison, type ToldComparisons } from './comparison-message.ts';
import { escapeHtml } from './escape-html.ts';
import { messageHtml } from './message.ts';
import { type NoticeWords, noticeWords } from './notice-words.ts';
import { renderChangeList, renderRedline } from './redline.ts';
import { redlineWords } from './redline-words.ts';

/**
 * Comparisons as one HTML file that can be mailed and printed: it has its `styles` in it, asks nobody for anything and
 * runs nothing. Whole texts are in it as far as they changed, and a line for each run of unchanged sections.
 */
export function writeRedlinePage({ comparisons, sentences }: ToldComparisons, styles: string): string {
  const words = noticeWords('en');
  const [only] = comparisons;
  const title = only && comparisons.length === 1 ? `What changed: ${comparisonTitle(only, words)}` : 'What changed';
  const several = comparisons.length > 1;
  const body = [
    ...comparisons.map((compared, index) => writeComparison(compared, words, several ? `${index + 1}-` : undefined)),
    ...sentences.map((sentence) => `<p>${escapeHtml(sentence)}</p>`),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>
${styles.replaceAll('</', '<\\/')}
</style>
</head>
<body>
<main class="sheet">
<header class="title-block"><h1>${escapeHtml(title)}</h1></header>
${body.join('\n')}
</main>
</body>
</html>
`;
}

/** `ids`: what the ids of this comparison begin with, where the page has others. */
function writeComparison(compared: TextComparison, words: NoticeWords, ids: string | undefined): string {
  const { comparison, language, section } = compared;
  const options = { words: redlineWords(language), level: 3, ...(ids !== undefined && { idPrefix: ids }) };
  // Words between the changes are those of the text's own language, in which it is read aloud.
  const changes = comparison.sections.some(({ traits }) => traits.length > 0)
    ? `<h2>${escapeHtml(words.headings.sections)}</h2>
<div lang="${escapeHtml(language)}">
${section === undefined ? `${renderChangeList(comparison, options)}\n` : ''}${renderRedline(comparison, options)}
</div>`
    : '';
  const title = ids === undefined ? '' : `<h2>${escapeHtml(comparisonTitle(compared, words))}</h2>\n`;
  return `${title}${messageHtml(judgementBlocks(compared, words))}\n${changes}`;
}
