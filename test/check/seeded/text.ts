/** A text in which something was changed, and the line of the change. */
export interface Changed {
  text: string;
  line: number;
}

/** A heading of a Markdown text with what stands under it up to the next heading. */
export interface Chapter {
  number: string;
  title: string;
  /** Lines count from 1; `end` is the last one. */
  line: number;
  end: number;
}

/** A mark of a text by one of the names that it has. */
export interface NamedMark {
  name: string;
  line: number;
  chapter: Chapter;
}

const quote = (words: string) => words.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Words of a text, whether they stand on one line or are broken over two. */
export const wrapped = (words: string, flags = 'u') => new RegExp(quote(words).replaceAll(' ', '(?:\\s|\\n> )+'), flags);

/** The line in which a place of a text stands. */
export const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length;

/** The line in which words stand that stand once or of which the first is meant. Throws where there are none. */
export function lineOf(text: string, words: string): number {
  const found = wrapped(words).exec(text);
  if (!found) throw new Error(`The text does not say "${words}".`);
  return lineAt(text, found.index);
}

/** Changes the first occurrence of words. Throws where there is none. */
export function swap(text: string, from: string | RegExp, to: string): Changed {
  const found = (typeof from === 'string' ? wrapped(from) : from).exec(text);
  if (!found) throw new Error(`The text does not say "${from}".`);
  if (found[0] === to) throw new Error(`Nothing changes where the text says "${from}".`);
  return { text: text.slice(0, found.index) + to + text.slice(found.index + found[0].length), line: lineAt(text, found.index) };
}

/** Changes the first occurrence of words in one chapter. */
export function swapIn(text: string, number: string, from: string | RegExp, to: string): Changed {
  const { line, end } = chapterOf(text, number);
  const lines = text.split('\n');
  const part = swap(lines.slice(line - 1, end).join('\n'), from, to);
  return { text: [...lines.slice(0, line - 1), part.text, ...lines.slice(end)].join('\n'), line: line - 1 + part.line };
}

/** The chapters of a text in their order; what stands in front matter is none. */
export function chaptersOf(text: string): Chapter[] {
  const lines = text.split('\n');
  const from = lines.indexOf('---', 1);
  const heads = lines.flatMap((line, index) => {
    const [, number = '', title = ''] = /^#{1,6} (?:([\d.]+?)\.? )?(.*)$/.exec(line) ?? [];
    return index > from && line.startsWith('#') ? [{ number, title, line: index + 1 }] : [];
  });
  return heads.map((head, index) => ({ ...head, end: (heads[index + 1]?.line ?? lines.length + 1) - 1 }));
}

/** The chapter with a number. Throws where there is none. */
export function chapterOf(text: string, number: string): Chapter {
  const found = chaptersOf(text).find((chapter) => chapter.number === number);
  if (!found) throw new Error(`The text has no section ${number}.`);
  return found;
}

/** The chapter's own text, without its heading. */
export const bodyOf = (text: string, { line, end }: Chapter) => text.split('\n').slice(line, end).join('\n');

/** A text with another body of one chapter; marks and other comments stay where they are wanted. */
export function refill(text: string, { line, end }: Chapter, body: string, keepMarks: boolean): string {
  const lines = text.split('\n');
  const marks = keepMarks ? lines.slice(line, end).filter((candidate) => candidate.startsWith('<!--')) : [];
  return [...lines.slice(0, line), '', ...marks, ...(marks.length > 0 ? [''] : []), ...(body ? [body, ''] : []), ...lines.slice(end)].join('\n');
}

/** A text without some lines, which count from 1. */
export function dropLines(text: string, from: number, to: number): string {
  return text
    .split('\n')
    .filter((_, index) => index + 1 < from || index + 1 > to)
    .join('\n');
}

/** The names in the marks of a text that say what a chapter meets. */
export function marksOf(text: string): NamedMark[] {
  const lines = text.split('\n');
  return chaptersOf(text).flatMap((chapter) =>
    lines.slice(chapter.line, chapter.end).flatMap((line, index) =>
      (/^<!-- meets (.*) -->$/.exec(line)?.[1] ?? '')
        .split(' ')
        .filter(Boolean)
        .map((name) => ({ name, line: chapter.line + 1 + index, chapter })),
    ),
  );
}

/** A text without one name in one of its marks; without the mark where it was the only name. */
export function dropName(text: string, { name, line }: NamedMark): string {
  const lines = text.split('\n');
  const left = (lines[line - 1] ?? '').replace(` ${name}`, '');
  return lines.with(line - 1, left === '<!-- meets -->' ? '' : left).join('\n');
}

/** The points of the first list of a chapter, each with its first and last line. */
export function pointsOf(text: string, number: string): { line: number; end: number; text: string }[] {
  const { line, end } = chapterOf(text, number);
  const lines = text.split('\n');
  const points: { line: number; end: number; text: string }[] = [];
  for (let at = line + 1; at <= end; at += 1) {
    const content = lines[at - 1] ?? '';
    const last = points.at(-1);
    if (content.startsWith('- ')) points.push({ line: at, end: at, text: content });
    else if (last && content.startsWith('  ') && last.end === at - 1) points[points.length - 1] = { ...last, end: at, text: `${last.text} ${content.trim()}` };
    else if (last) break;
  }
  return points;
}

/** Draws from a list, the same items in every run (mulberry32). */
export function draw<T>(items: readonly T[], count: number, seed: number): T[] {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const left = items.map((item, index) => ({ item, index }));
  const drawn = Array.from({ length: Math.min(count, items.length) }, () => left.splice(Math.floor(next() * left.length), 1)).flat();
  return drawn.sort((a, b) => a.index - b.index).map(({ item }) => item);
}
