import type { Finding } from '../../model/finding.ts';
import { plural } from '../../model/plural.ts';
import type { Reporter, ReportOptions } from './index.ts';
import { describeBasis, listDetails, pageAddress, showShort, summarise, toAddress } from './words.ts';

/** GitHub takes one mebibyte for a step; a character can be three bytes. */
const MOST_CHARACTERS = 300_000;
const LONGEST = 400;

/** The summary of a workflow's step, in GitHub's Markdown: the counts, and a table of the findings with their rules. */
export const reportStepSummary: Reporter = (result, options) => {
  const head = `### Cartulary check\n\n${escapeMarkdown(summarise(result))}\n`;
  if (result.findings.length === 0) return head;
  const rows: string[] = [];
  let size = 0;
  for (const finding of result.findings) {
    const row = writeRow(finding, options);
    size += row.length;
    if (size > MOST_CHARACTERS) break;
    rows.push(row);
  }
  const rest = result.findings.length - rows.length;
  const more = rest > 0 ? `\n${plural(rest, 'finding')} more in the log.\n` : '';
  return `${head}\n| | place | finding | rule |\n| --- | --- | --- | --- |\n${rows.join('')}${more}`;
};

function writeRow(finding: Finding, options: ReportOptions): string {
  const { rule, severity, message } = finding;
  const text = [message, ...listDetails(finding).map(([word, detail]) => `${word}: ${detail}`)].map(cell).join('<br>');
  const basis = `${link(rule, pageAddress(rule, options))}<br>${cell(describeBasis(finding))}`;
  return `| ${severity === 'info' ? 'note' : severity} | ${placeOf(finding, options)} | ${text} | ${basis} |\n`;
}

function placeOf({ at }: Finding, { files, folder = '' }: ReportOptions): string {
  const name = `${at.file}${at.start ? `:${at.start.line}` : ''}`;
  // Without `plain`, GitHub shows Markdown as a page, which has no lines.
  const address = files === undefined ? undefined : `${files}${toAddress(folder + at.file)}?plain=1${at.start ? `#L${at.start.line}` : ''}`;
  return link(name, address);
}

const link = (text: string, address: string | undefined) => (address === undefined ? cell(text) : `[${cell(text)}](${address})`);
const cell = (text: string) => escapeMarkdown(showShort(text, LONGEST));

/** Plain text whatever it holds: each sign that Markdown, HTML or GitHub could read as more becomes a character reference. */
function escapeMarkdown(text: string): string {
  return text.replace(/[&<>|`*_[\]()~#@!\\:$]|(?<=www)\./gi, (sign) => `&#${sign.charCodeAt(0)};`);
}
