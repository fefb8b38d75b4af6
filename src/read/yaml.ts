import { type Document, isCollection, isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Place, Point, ReadingObservation, RuleId } from '../model/finding.ts';

/** A YAML text with what is needed to say where something in it stands. */
export interface YamlSource {
  text: string;
  file: string;
  /** Line of the file on which `text` begins, counted from 1. */
  firstLine: number;
  /** The rule that speaks for what is wrong in it. */
  rule: RuleId;
}

/** What was read: a checked value with the place of each field, or the observations that say why there is none. */
export type YamlResult<T> =
  | { value: T; fields: Readonly<Record<string, Point>>; observations: readonly [] }
  | { value?: undefined; fields: Readonly<Record<string, Point>>; observations: readonly ReadingObservation[] };

const MOST_BYTES = 20_000_000;
const MOST_ALIASES = 20;
const MOST_DEPTH = 40;

/**
 * Reads YAML with every scalar as a string (schema `failsafe`) and checks it against a schema. Never throws for bad
 * input: duplicate keys, tags, deep nesting, too many aliases and whatever the schema refuses become observations
 * with their line and column.
 */
export function readYaml<T>(source: YamlSource, schema: z.ZodType<T>): YamlResult<T> {
  const parsed = parse(source);
  if ('observations' in parsed) return { fields: {}, observations: parsed.observations };
  const { document, places } = parsed;
  const fields = fieldPlaces(document.contents, places);
  const checked = schema.safeParse(parsed.value);
  if (checked.success) return { value: checked.data, fields, observations: [] };
  const observations = checked.error.issues
    .slice(0, 50)
    .flatMap(flattenIssue)
    .map((issue) => describeIssue(issue, source, document, places));
  return { fields, observations };
}

type Places = (offset: number) => Point;
interface Parsed {
  document: Document;
  value: unknown;
  places: Places;
}

function parse(source: YamlSource): Parsed | { observations: ReadingObservation[] } {
  const refuse = (message: string, start: Point, expected: string, advice?: string) => ({
    observations: [{ rule: source.rule, message, at: { file: source.file, start }, expected, ...(advice && { advice }) }],
  });
  const first = { line: source.firstLine, column: 1 };
  if (source.text.length > MOST_BYTES) return refuse('The YAML is too large to be read.', first, `at most ${MOST_BYTES} characters`);
  const depth = deepest(source.text);
  if (depth > MOST_DEPTH) return refuse(`The YAML is nested ${depth} levels deep.`, first, `at most ${MOST_DEPTH} levels`);
  const lines = new LineCounter();
  const places: Places = (offset) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line) + source.firstLine - 1, column: Math.max(1, col) };
  };
  try {
    const document = parseDocument(source.text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
    const problems = [...document.errors, ...document.warnings].slice(0, 10);
    if (problems.length > 0) {
      return {
        observations: problems.map((problem) => ({
          rule: source.rule,
          message: `The YAML cannot be read: ${problem.message.split('\n')[0]}.`.replace(/\.\.$/, '.'),
          at: { file: source.file, start: places(problem.pos[0]) },
          expected: 'plain YAML: each key once, no tags, indented with spaces',
        })),
      };
    }
    return { document, value: document.toJS({ maxAliasCount: MOST_ALIASES }), places };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse(`The YAML cannot be read: ${reason}.`, first, `plain YAML with at most ${MOST_ALIASES} uses of aliases`);
  }
}

/** An upper bound of how deep flow and block collections nest, told from brackets and indentation in one pass. */
function deepest(text: string): number {
  let open = 0;
  let most = 0;
  for (const line of text.split('\n')) {
    const dashes = /^[\s-]*/.exec(line)?.[0] ?? '';
    let depth = open + (dashes.match(/-(?=\s)/g)?.length ?? 0) + Math.floor(dashes.length / 8);
    for (const character of line) {
      if (character === '[' || character === '{') depth += 1;
      most = Math.max(most, depth);
      if (character === ']' || character === '}') depth -= 1;
      if (character === '[' || character === '{') open += 1;
      if ((character === ']' || character === '}') && open > 0) open -= 1;
    }
  }
  return most;
}

function fieldPlaces(root: unknown, places: Places): Record<string, Point> {
  const fields: Record<string, Point> = {};
  const visit = (node: unknown, path: string): void => {
    if (isNode(node) && node.range && path) fields[path] = places(node.range[0]);
    if (isMap(node)) {
      for (const pair of node.items) visit(pair.value ?? pair.key, join(path, String(isScalar(pair.key) ? pair.key.value : pair.key)));
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) visit(isPair(item) ? item.value : item, join(path, String(index)));
    }
  };
  visit(root, '');
  return fields;
}

const join = (path: string, key: string) => (path ? `${path}.${key}` : key);

interface Issue {
  code: string;
  message: string;
  path: readonly PropertyKey[];
  keys?: readonly string[];
  values?: readonly unknown[];
  expected?: string;
  input?: unknown;
}

/** A key that the schema does not know is an issue of its own, at that key. */
function flattenIssue(issue: z.core.$ZodIssue): Issue[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ ...issue, path: [...issue.path, key], keys: [key] }) as Issue);
  return [issue as Issue];
}

function describeIssue(issue: Issue, source: YamlSource, document: Document, places: Places): ReadingObservation {
  const path = issue.path.map(String);
  const { node, exact } = nearest(document, path, issue.code === 'unrecognized_keys');
  const start = node?.range ? places(node.range[0]) : { line: source.firstLine, column: 1 };
  const at: Place = { file: source.file, start, path: path.join('.') };
  const name = path.length > 0 ? `"${path.join('.')}"` : 'the whole file';
  if (issue.code === 'unrecognized_keys') {
    return {
      rule: source.rule,
      message: `The key ${name} is not known.`,
      at,
      seen: path.at(-1) ?? '',
      expected: 'a key that the documentation names',
      advice: 'Correct its spelling, or take it out.',
    };
  }
  const expected = expectation(issue);
  if (!exact) return { rule: source.rule, message: `The value ${name} is missing.`, at, seen: 'nothing', expected };
  return { rule: source.rule, message: `The value of ${name} is not valid.`, at, seen: excerpt(node), expected };
}

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_value' && issue.values) return `one of ${issue.values.map((value) => `"${String(value)}"`).join(', ')}`;
  if (issue.code === 'invalid_type') {
    const names: Record<string, string> = { object: 'a mapping', record: 'a mapping', array: 'a list', string: 'a text' };
    return names[issue.expected ?? ''] ?? issue.expected ?? 'a value';
  }
  if (issue.code === 'invalid_union') return 'one of the forms that the documentation shows';
  if (issue.code === 'too_small') return 'something that is not empty';
  return issue.message.replace(/^expected /, '');
}

function nearest(document: Document, path: readonly string[], key: boolean): { node: Node | undefined; exact: boolean } {
  let node: unknown = document.contents;
  for (const [index, step] of path.entries()) {
    const last = index === path.length - 1;
    const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === step) : undefined;
    const next = isCollection(node) ? (pair ? (last && key ? pair.key : pair.value) : node.get(Number(step), true)) : undefined;
    if (next === undefined || next === null) return { node: isNode(node) ? node : undefined, exact: false };
    node = next;
  }
  return { node: isNode(node) ? node : undefined, exact: true };
}

function excerpt(node: Node | undefined): string {
  const text = isScalar(node) ? String(node.value) : JSON.stringify(node?.toJSON?.() ?? null);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text || 'nothing';
}
