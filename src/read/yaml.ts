import { type Document, isAlias, isCollection, isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
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

const MOST_CHARACTERS = 500_000;
const MOST_ALIASES = 20;
const MOST_DEPTH = 40;
const MOST_ISSUES = 50;

/**
 * Reads YAML with every scalar as a string (schema `failsafe`) and checks it against a schema. Never throws for bad
 * input: doubled keys, tags, deep nesting, too many aliases and whatever the schema refuses become observations
 * with their line and column.
 */
export function readYaml<T>(source: YamlSource, schema: z.ZodType<T>): YamlResult<T> {
  const parsed = parse(source);
  if ('observations' in parsed) return { fields: {}, observations: parsed.observations };
  const { document, places } = parsed;
  const fields = fieldPlaces(document.contents, places);
  // To compile a schema to a function takes longer than to check the few small values that one process reads.
  const checked = schema.safeParse(parsed.value, { jitless: true });
  if (checked.success) return { value: checked.data, fields, observations: [] };
  const observations = checked.error.issues
    .slice(0, MOST_ISSUES)
    .flatMap(flattenIssue)
    .slice(0, MOST_ISSUES)
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
  const refuse = (message: string, start: Point, expected: string) => ({
    observations: [{ rule: source.rule, message, at: { file: source.file, start }, expected }],
  });
  const first = { line: source.firstLine, column: 1 };
  if (source.text.length > MOST_CHARACTERS) return refuse('The YAML is too large to be read.', first, `at most ${MOST_CHARACTERS} characters`);
  if (deepest(source.text) > MOST_DEPTH) return refuse('The YAML is nested too deeply.', first, `at most ${MOST_DEPTH} levels`);
  const lines = new LineCounter();
  const places: Places = (offset) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line) + source.firstLine - 1, column: Math.max(1, col) };
  };
  try {
    // The library compares each key with every other one; duplicates are found below in one pass.
    const document = parseDocument(source.text, { schema: 'failsafe', uniqueKeys: false, lineCounter: lines, prettyErrors: false });
    const faults = findFaults(document, source.text);
    if (faults.length === 0) return { document, value: document.toJS({ maxAliasCount: MOST_ALIASES }), places };
    return { observations: faults.flatMap(({ offset, ...fault }) => refuse(fault.message, places(offset), fault.expected).observations) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse(`The YAML cannot be read: ${reason}.`, first, `plain YAML with at most ${MOST_ALIASES} uses of aliases`);
  }
}

/** How deep collections nest at most, told by brackets, by markers at the start of a line and by eight columns of indentation each. */
function deepest(text: string): number {
  let open = 0;
  let most = 0;
  for (const line of text.split('\n')) {
    const start = /^[\s?-]*/.exec(line)?.[0] ?? '';
    const blocks = (start.match(/[?-](?=\s)/g)?.length ?? 0) + Math.floor((start.match(/\s/g)?.length ?? 0) / 8);
    most = Math.max(most, open + blocks);
    for (const character of line) {
      if (character === '[' || character === '{') most = Math.max(most, ++open + blocks);
      if ((character === ']' || character === '}') && open > 0) open -= 1;
    }
  }
  return most;
}

interface Fault {
  offset: number;
  message: string;
  expected: string;
}

const CONTROL = /[^\P{Cc}\t\n\r\u0085]/u;

/** What keeps a text from being read as plain YAML: the parser's errors, control characters, doubled keys, many aliases. */
function findFaults(document: Document, text: string): Fault[] {
  const faults = [...document.errors, ...document.warnings].slice(0, 10).map((problem) => ({
    offset: problem.pos[0],
    message: `The YAML cannot be read: ${problem.message.replace(/(?:;|\.?\n|\.$)[\s\S]*/, '')}.`,
    expected: 'plain YAML: each key once, no tags, indented with spaces',
  }));
  if (faults.length > 0) return faults;
  const control = CONTROL.exec(text);
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    faults.push({ offset: control.index, message: `The YAML holds the control character U+${code}.`, expected: 'text without control characters' });
  }
  faults.push(...findNodeFaults(document.contents));
  return faults.slice(0, 10);
}

function findNodeFaults(root: unknown): Fault[] {
  const faults: Fault[] = [];
  const anchors = new Set<string>();
  let aliases = 0;
  const visit = (node: unknown): void => {
    if (isAlias(node)) {
      const offset = node.range?.[0] ?? 0;
      if (!anchors.has(node.source)) faults.push({ offset, message: `The alias "${node.source}" names nothing that stands before it.`, expected: 'an anchor' });
      if (++aliases === MOST_ALIASES + 1)
        faults.push({ offset, message: 'The YAML uses too many aliases.', expected: `at most ${MOST_ALIASES} uses of aliases` });
    } else if (isNode(node) && node.anchor) {
      anchors.add(node.anchor);
    }
    if (isMap(node)) faults.push(...findKeyFaults(node));
    if (isCollection(node)) for (const item of node.items) visit(isPair(item) ? item.value : item);
  };
  visit(root);
  return faults;
}

function findKeyFaults(map: YAMLMap): Fault[] {
  const seen = new Set<unknown>();
  return map.items.flatMap(({ key }) => {
    const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
    if (!isScalar(key)) return [{ offset, message: 'A key of the YAML is not a plain text.', expected: 'keys that are names' }];
    const twin = seen.has(key.value);
    seen.add(key.value);
    return twin ? [{ offset, message: `The key "${key.value}" stands twice.`, expected: 'each key once' }] : [];
  });
}

function fieldPlaces(root: unknown, places: Places): Record<string, Point> {
  const fields = new Map<string, Point>();
  const visit = (node: unknown, path: string): void => {
    if (isNode(node) && node.range && path) fields.set(path, places(node.range[0]));
    if (isMap(node)) {
      for (const pair of node.items) visit(pair.value ?? pair.key, join(path, String(isScalar(pair.key) ? pair.key.value : pair.key)));
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => {
        visit(isPair(item) ? item.value : item, join(path, String(index)));
      });
    }
  };
  visit(root, '');
  // An own property each, "__proto__" too.
  return Object.fromEntries(fields);
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
  const at: Place = { file: source.file, start, ...(path.length > 0 && { path: path.join('.') }) };
  const name = `"${path.join('.')}"`;
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
  if (path.length === 0) return { rule: source.rule, message: 'The YAML is not valid as a whole.', at, seen: excerpt(node), expected };
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
  if (!node) return 'nothing';
  const text = isScalar(node) ? String(node.value) : JSON.stringify(node.toJSON());
  return text.length > 120 ? `${text.slice(0, 117)}…` : text || 'nothing';
}
