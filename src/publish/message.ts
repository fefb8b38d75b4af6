/** A part of a message to people, without markup, so that each form of it says the same. */
export type MessageBlock =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string }
  /** `name`: what it lists, for forms that show long lists folded. */
  | { kind: 'list'; name: string; items: readonly MessageItem[] }
  | { kind: 'facts'; rows: readonly (readonly [label: string, value: string])[] }
  /** A label and what it stands before: an address, or a digest. */
  | { kind: 'reference'; label: string; value: string };

export interface MessageItem {
  text: string;
  /** Lines of their own, below. */
  more?: readonly string[] | undefined;
  url?: string | undefined;
}

/** Characters that XML 1.0 (section 2.2) forbids; no mail or feed has a use for them. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A text in which characters that XML forbids are U+FFFD. */
export const cleanText = (text: string): string => text.replace(FORBIDDEN, '\ufffd');

/** A text on one line: each stretch of white space, but not the spaces that hold words together, is one space. */
export const oneLine = (text: string): string =>
  cleanText(text)
    .split(/[\t\n\v\f\r \u0085\u2028\u2029]+/)
    .filter((word) => word !== '')
    .join(' ');

/** The paragraphs of a text that a person wrote: parted by empty lines. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map(oneLine)
    .filter(Boolean);

const WIDTH = 72;

/**
 * Plain text for mail: at most 72 columns, but no word is broken and each address stands on a line of its own. No line
 * begins with `From `, which some mail programs would alter.
 */
export function messageText(blocks: readonly MessageBlock[]): string {
  return `${blocks.map(blockText).join('\n\n')}\n`;
}

function blockText(block: MessageBlock): string {
  switch (block.kind) {
    case 'heading':
      return `${wrap(block.text)}\n${'-'.repeat(Math.min(widthOf(oneLine(block.text)), WIDTH))}`;
    case 'paragraph':
      return wrap(block.text);
    case 'list':
      return block.items
        .map(({ text, more = [], url }) => [wrap(text, '- ', '  '), ...more.map((line) => wrap(line, '  ')), ...(url ? [`  ${url}`] : [])].join('\n'))
        .join('\n');
    case 'facts': {
      const column = Math.max(...block.rows.map(([label]) => widthOf(label))) + 3;
      return block.rows.map(([label, value]) => wrap(value, `${label}:${' '.repeat(column - 1 - widthOf(label))}`, ' '.repeat(column))).join('\n');
    }
    case 'reference':
      return `${wrap(`${block.label}:`)}\n${block.value}`;
  }
}

const widthOf = (text: string) => [...text].length;

/** Words on lines. `first` stands before the first line, `next` before the others. */
function wrap(text: string, first = '', next = first): string {
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(text).split(' ')) {
    const start = lines.length === 0 ? first : next;
    if (line !== '' && widthOf(`${start}${line} ${word}`) > WIDTH) {
      lines.push(start + line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  lines.push((lines.length === 0 ? first : next) + line);
  // A space before it, as RFC 3676 (section 4.4) does.
  return lines.map((each) => each.replace(/^From(?= |$)/, ' From')).join('\n');
}

/** How many items of a list are shown at once in Markdown; a longer list is folded. */
const OPEN_ITEMS = 20;

/** Markdown as GitHub and GitLab show it in a comment. Nothing of the text is taken for markup, a mention or an issue. */
export function messageMarkdown(blocks: readonly MessageBlock[]): string {
  return `${blocks.map(blockMarkdown).join('\n\n')}\n`;
}

function blockMarkdown(block: MessageBlock): string {
  switch (block.kind) {
    case 'heading':
      return `### ${escapeMarkdown(block.text)}`;
    case 'paragraph':
      return escapeMarkdown(block.text);
    case 'list': {
      const list = block.items.map(itemMarkdown).join('\n');
      return block.items.length > OPEN_ITEMS ? `<details><summary>${escapeXml(block.name)}</summary>\n\n${list}\n\n</details>` : list;
    }
    case 'facts':
      return block.rows.map(([label, value]) => `- ${escapeMarkdown(label)}: ${escapeMarkdown(value)}`).join('\n');
    case 'reference':
      return `${escapeMarkdown(block.label)}: ${isAddress(block.value) ? `<${block.value}>` : `\`${block.value}\``}`;
  }
}

function itemMarkdown({ text, more = [], url }: MessageItem): string {
  const shown = escapeMarkdown(text);
  return [`- ${url ? `[${shown}](<${url}>)` : shown}`, ...more.map((line) => `  - ${escapeMarkdown(line)}`)].join('\n');
}

/** A text on one line in which Markdown, HTML, `@name` and `#1` mean nothing. */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]|~$]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/^(?:[-+=#]|\d+[.)](?= |$))/, (mark) => `${mark.slice(0, -1)}\\${mark.slice(-1)}`)
    .replace(/[@#](?=[A-Za-z0-9])/g, '$&<!-- -->');
}

const isAddress = (text: string) => /^https?:/.test(text);

/** HTML of paragraphs, lists and links, for feeds. */
export function messageHtml(blocks: readonly MessageBlock[]): string {
  return blocks.map(blockHtml).join('\n');
}

function blockHtml(block: MessageBlock): string {
  switch (block.kind) {
    case 'heading':
      return `<h2>${escapeXml(block.text)}</h2>`;
    case 'paragraph':
      return `<p>${escapeXml(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${itemHtml(item)}</li>`).join('')}</ul>`;
    case 'facts':
      return `<ul>${block.rows.map(([label, value]) => `<li>${escapeXml(label)}: ${escapeXml(value)}</li>`).join('')}</ul>`;
    case 'reference':
      return `<p>${isAddress(block.value) ? anchor(block.label, block.value) : `${escapeXml(block.label)}: <code>${escapeXml(block.value)}</code>`}</p>`;
  }
}

function itemHtml({ text, more = [], url }: MessageItem): string {
  return [url ? anchor(text, url) : escapeXml(text), ...more.map(escapeXml)].join('<br>');
}

const anchor = (text: string, url: string) => `<a href="${escapeXml(url)}">${escapeXml(text)}</a>`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text for XML or HTML, on one line, in elements and in quoted attributes. */
export const escapeXml = (text: string): string => oneLine(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
