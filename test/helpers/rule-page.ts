import { isMadeKind } from './page-certificates.ts';

/** A page of docs/rules taken apart: what it says of its rule, and its examples. */
export interface RulePage {
  title: string;
  /** The first paragraph: what the rule demands. */
  demands: string;
  /** Rows of the table below it, such as Severity and Basis. */
  facts: Readonly<Record<string, string>>;
  examples: readonly Example[];
}

/** An example: what is done to a repository, in order, and the findings that must come out. */
export interface Example {
  kind: 'Passes' | 'Fails';
  title: string;
  blocks: readonly Block[];
  findings: string;
}

/** A fenced block of an example. */
export interface Block {
  /** What the words after the language say: `file`, `section`, `front-matter`, `register`, `lists`, `steps`; or the language, where it is one of MADE_KINDS. */
  kind: string;
  /** The path after `file=`, the number after `section=`. */
  name: string;
  content: string;
}

const KINDS = ['file', 'section', 'front-matter', 'register', 'lists', 'steps', 'findings'];
const PROSE = ['Why', 'What it does not look at'];

/** Takes a page apart. Throws for anything that it does not know, so that no example is passed over. */
export function readRulePage(text: string): RulePage {
  const [head = '', ...chapters] = splitChapters(text);
  const [, title = '', demands = ''] = /^# (.+)\n\n(.+)\n/.exec(head) ?? [];
  const facts = Object.fromEntries([...head.matchAll(/^\| (\w[\w ]*) \| (.+) \|$/gm)].map(([, name, value]) => [name, value]));
  const examples: Example[] = [];
  const seen: string[] = [];
  for (const chapter of chapters) {
    const heading = chapter.slice(3, chapter.indexOf('\n'));
    const [, kind, about] = /^(Passes|Fails): (.+)$/.exec(heading) ?? [];
    if (kind && about) examples.push(readExample(kind as Example['kind'], about, chapter));
    else if (PROSE.includes(heading)) seen.push(heading);
    else throw new Error(`The page has a chapter "${heading}" that no test knows.`);
  }
  if (seen.join() !== PROSE.join())
    throw new Error(`The page has the chapters "${seen.join('", "')}" instead of "${PROSE.join('", "')}", each once, in this order.`);
  return { title, demands, facts, examples };
}

/** Splits at headings of the second level, but not inside fenced blocks. */
function splitChapters(text: string): string[] {
  const chapters = [''];
  let fence = '';
  for (const line of text.split('\n')) {
    const mark = /^(`{3,})/.exec(line)?.[1] ?? '';
    if (fence === '' && line.startsWith('## ')) chapters.push('');
    if (fence === '') fence = mark;
    else if (mark === fence) fence = '';
    chapters[chapters.length - 1] += `${line}\n`;
  }
  if (fence !== '') throw new Error('A fenced block of the page does not end.');
  return chapters;
}

function readExample(kind: Example['kind'], title: string, chapter: string): Example {
  const all = [...chapter.matchAll(/^(`{3,})([^\n]*)\n([\s\S]*?)^\1$/gm)].map(([, , info = '', content = '']) => readBlock(info, content));
  const findings = all.filter((block) => block.kind === 'findings');
  const blocks = all.filter((block) => block.kind !== 'findings');
  if (kind === 'Passes' && findings.length > 0) throw new Error(`The example "${title}" passes, and has findings.`);
  if (kind === 'Fails' && (findings.length !== 1 || all.at(-1) !== findings[0])) throw new Error(`The example "${title}" does not end with its findings.`);
  if (kind === 'Fails' && findings[0]?.content.trim() === '') throw new Error(`The example "${title}" fails, and has no findings.`);
  return { kind, title, blocks, findings: findings[0]?.content.trimEnd() ?? '' };
}

function readBlock(info: string, content: string): Block {
  const words = info.trim().split(/\s+/);
  const [kind = '', name = ''] = (words.length === 1 ? (words[0] ?? '') : (words[1] ?? '')).split('=');
  if (words.length > 2 || !KINDS.includes(kind)) throw new Error(`The page has a block "${info}" that no test knows.`);
  // What a certificate is made of stands in the block; the bytes go into the file.
  const isMade = kind === 'file' && isMadeKind(words[0] ?? '');
  return { kind: isMade ? (words[0] ?? '') : kind, name, content };
}
