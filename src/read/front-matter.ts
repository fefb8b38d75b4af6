import matter from 'gray-matter';
import { z } from 'zod';
import type { FrontMatter } from '../model/document.ts';
import { FrontMatter as FrontMatterSchema } from '../model/document.ts';
import type { Point, ReadingObservation } from '../model/finding.ts';
import { readYaml } from './yaml.ts';

/** A text split into its front matter and its body. */
export interface SplitText {
  /** Undefined where there is none or it is not valid; the observations say why. */
  frontMatter: FrontMatter | undefined;
  /** Whether the text begins with a front matter block at all. */
  hasBlock: boolean;
  /** Place of each value by path, `effective`, `policies.0.oid`. */
  fields: Readonly<Record<string, Point>>;
  body: string;
  /** Line of the file on which the body begins. */
  bodyLine: number;
  observations: readonly ReadingObservation[];
}

const MOST_CHARACTERS = 65_536;
const RULE = 'form/front-matter-valid';

/**
 * Splits front matter off a text and checks it. Nothing in it can run code, and nothing is coerced: each scalar is the
 * string that stands there.
 */
export function readFrontMatter(text: string, file: string): SplitText {
  const split = splitText(text);
  if (split.block === undefined && !split.problem) return { frontMatter: undefined, hasBlock: false, fields: {}, body: text, bodyLine: 1, observations: [] };
  const bodyLine = text.slice(0, text.length - split.body.length).split('\n').length;
  const rest = { hasBlock: true, body: split.body, bodyLine };
  if (split.problem || split.block === undefined) {
    const at = { file, start: { line: 1, column: 1 } };
    return { ...rest, frontMatter: undefined, fields: {}, observations: [{ rule: RULE, at, ...(split.problem as Problem) }] };
  }
  const result = readYaml({ text: split.block, file, firstLine: 1, rule: RULE }, FrontMatterSchema);
  return { ...rest, frontMatter: result.value, fields: result.fields, observations: result.observations };
}

interface Problem {
  message: string;
  seen: string;
  expected: string;
}

/** gray-matter splits; the YAML is left to our own reader, and every engine that could run code throws. */
function splitText(text: string): { block?: string; body: string; problem?: Problem } {
  let block: string | undefined;
  const keep = (raw: string) => {
    // With the line end that stands before the closing line: without it, a value would keep the CR of a CRLF.
    block = `${raw}\n`;
    return {};
  };
  const refuse = () => {
    throw new Error('only YAML is read');
  };
  const engines = { yaml: keep, yml: keep, json: refuse, javascript: refuse, js: refuse, coffee: refuse, coffeescript: refuse, cson: refuse, toml: refuse };
  const seen = text.slice(0, 60).split('\n')[0]?.trim() ?? '';
  try {
    const { content, language } = matter({ content: text }, { engines });
    // A name such as "constructor" is found on every object, so the list of engines alone does not keep it out.
    if (!['', 'yaml', 'yml'].includes(language)) refuse();
    const head = text.slice(0, text.length - content.length);
    if (head.trim() === '') return { body: text };
    const closed = /\n---[ \t]*\r?\n$/.test(head) || (head.endsWith('\n---') && /^[ \t]*\r?(?:\n|$)/.test(content));
    if (!closed) return { body: '', problem: { message: 'The front matter does not end.', seen, expected: 'a line "---" after the last key' } };
    if (head.length > MOST_CHARACTERS) {
      return {
        body: content,
        problem: { message: 'The front matter is too large.', seen: `${head.length} characters`, expected: `at most ${MOST_CHARACTERS} characters` },
      };
    }
    return { block: block ?? '\n', body: content };
  } catch {
    return { body: '', problem: { message: 'The front matter is in a language that is not read.', seen, expected: 'a line "---", YAML, and a line "---"' } };
  }
}

/**
 * The scalars at the top of the front matter of any tool, as they stand there. Empty for a text without front matter,
 * undefined where it cannot be read.
 */
export function readForeignFields(text: string, file: string): Readonly<Record<string, string>> | undefined {
  const { block, problem } = splitText(text);
  if (problem) return undefined;
  if (block === undefined || block.trim() === '') return {};
  const { value } = readYaml({ text: block, file, firstLine: 1, rule: RULE }, z.record(z.string(), z.unknown()));
  return value && Object.fromEntries(Object.entries(value).filter((field): field is [string, string] => typeof field[1] === 'string'));
}
