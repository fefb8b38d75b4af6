import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readYaml } from '../../src/read/yaml.ts';
import { measure } from '../helpers/processor-time.ts';

const Anything = z.record(z.string(), z.unknown());
const Person = z.strictObject({
  name: z.string().min(1),
  role: z.enum(['author', 'auditor']).optional(),
  address: z.strictObject({ city: z.string() }).optional(),
  keys: z.array(z.strictObject({ id: z.string().regex(/^\d+$/, 'expected digits') })).default([]),
});

function read<T>(text: string, schema: z.ZodType<T>, firstLine = 1) {
  const { value, fields, observations } = readYaml({ text, file: 'a.yaml', firstLine, rule: 'form/configuration-valid' }, schema);
  const seen = observations.map(({ at, message, seen }) => `${at.start?.line}:${at.start?.column} ${message}${seen === undefined ? '' : ` (${seen})`}`);
  return { value, fields, observations: seen };
}

describe('values', () => {
  test('each scalar is the text that stands there', () => {
    const text = 'a: 1.10\nb: 2026-02-01\nc: yes\nd: null\ne: ~\nf: 0x1F\ng: ""\nh: "1.10"\ni:\n';
    expect(read(text, Anything).value).toEqual({ a: '1.10', b: '2026-02-01', c: 'yes', d: 'null', e: '~', f: '0x1F', g: '', h: '1.10', i: '' });
  });

  test('a key of the language is a key like any other', () => {
    const { value, fields } = read('__proto__: { polluted: yes }\nconstructor: a\ntoString: b\n', Anything);
    expect(Object.hasOwn(fields, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.keys(value ?? {})).toEqual(expect.arrayContaining(['constructor', 'toString']));
    expect(read('__proto__: { name: a }\n', Person).observations).toEqual([
      '1:1 The value "name" is missing. (nothing)',
      '1:1 The key "__proto__" is not known. (__proto__)',
    ]);
  });

  test('an alias stands for what it names', () => {
    expect(read('a: &x { b: c }\nd: *x\n', Anything).value).toEqual({ a: { b: 'c' }, d: { b: 'c' } });
  });
});

describe('places', () => {
  test('are those of the values, by path, in lists and flow collections too', () => {
    expect(read('name: a\naddress: { city:  b }\nkeys:\n  - id: 1\n  -   id: "2"\n', Person).fields).toEqual({
      name: { line: 1, column: 7 },
      address: { line: 2, column: 10 },
      'address.city': { line: 2, column: 19 },
      keys: { line: 4, column: 3 },
      'keys.0': { line: 4, column: 5 },
      'keys.0.id': { line: 4, column: 9 },
      'keys.1': { line: 5, column: 7 },
      'keys.1.id': { line: 5, column: 11 },
    });
  });

  test('count from the line on which the text begins, and are the same with CRLF', () => {
    expect(read('\r\nname: a\r\nrole: b\r\n', Person, 10).observations).toEqual(['12:7 The value of "role" is not valid. (b)']);
  });

  test('a missing value is missed where the mapping begins, an unknown key at the key', () => {
    expect(read('address: {}\n\nnam: a\n', Person).observations).toEqual([
      '1:1 The value "name" is missing. (nothing)',
      '1:10 The value "address.city" is missing. (nothing)',
      '3:1 The key "nam" is not known. (nam)',
    ]);
  });

  test('a value that is not valid is shown, cut where it is long', () => {
    expect(read(`name: ""\nkeys:\n  - id: ${'x'.repeat(200)}\n`, Person).observations).toEqual([
      '1:7 The value of "name" is not valid. (nothing)',
      `3:9 The value of "keys.0.id" is not valid. (${'x'.repeat(117)}…)`,
    ]);
  });

  test.each([
    ['', '1:1 The YAML is not valid as a whole. (nothing)'],
    ['# only a comment\n', '1:1 The YAML is not valid as a whole. (nothing)'],
    ['a text\n', '1:1 The YAML is not valid as a whole. (a text)'],
    ['- a\n- b\n', '1:1 The YAML is not valid as a whole. (["a","b"])'],
  ])('%j is no mapping', (text, observation) => {
    expect(read(text, Person).observations).toEqual([observation]);
  });
});

describe('what cannot be read is an observation at its place', () => {
  test.each([
    ['name: a\nname: b\n', '2:1 The key "name" stands twice.'],
    ['{ a: { b: 1, b: 2 } }', '1:14 The key "b" stands twice.'],
    ['__proto__: a\n__proto__: b\n', '2:1 The key "__proto__" stands twice.'],
    ['? [a, b]\n: c\n', '1:3 A key of the YAML is not a plain text.'],
    ['name: !!js/function "a"\n', '1:7 The YAML cannot be read: Unresolved tag: tag:yaml.org,2002:js/function.'],
    ['name: !secret a\n', '1:7 The YAML cannot be read: Unresolved tag: !secret.'],
    ['name: a\n---\nname: b\n', '2:1 The YAML cannot be read: Source contains multiple documents.'],
    ['name: a\n\trole: b\n', '2:1 The YAML cannot be read: Tabs are not allowed as indentation.'],
    ['name: "a\n', '2:1 The YAML cannot be read: Missing closing "quote.'],
    ['name: *x\n', '1:7 The alias "x" names nothing that stands before it.'],
    ['name: a\u0000b\n', '1:8 The YAML holds the control character U+0000.'],
    ['name: a\u001b[2J\n', '1:8 The YAML holds the control character U+001B.'],
    ['a: { x: y }\nname: a\u0085b\n', undefined],
  ])('%j', (text, observation) => {
    expect(read(text, Anything).observations).toEqual(observation === undefined ? [] : [observation]);
  });

  test('an alias bomb', () => {
    const level = (name: string, inner: string) => `${name}: &${name} [${Array(9).fill(inner).join(', ')}]\n`;
    const bomb = level('a', 'x') + level('b', '*a') + level('c', '*b') + level('d', '*c');
    expect(read(bomb, Anything).observations).toEqual(['4:16 The YAML uses too many aliases.']);
    expect(read('a: &a [*a]\nname: a\n', Person).observations).toContain('1:1 The key "a" is not known. (a)');
  });

  test.each([
    ['brackets', '['.repeat(100)],
    ['braces', '{a: '.repeat(41)],
    ['lists in a line', `${'- '.repeat(50)}a`],
    ['keys in a line', `${'? '.repeat(50)}a`],
    ['indentation', `${' '.repeat(400)}a: b`],
    ['ten thousand brackets over lines', '[\n'.repeat(10_000)],
  ])('deep nesting: %s', (_, text) => {
    expect(read(text, Anything).observations).toEqual(['1:1 The YAML is nested too deeply.']);
  });

  test('nesting within the limit is read, whatever brackets stand in quotes', () => {
    expect(read(`a: ${'['.repeat(40)}${']'.repeat(40)}\n`, Anything).observations).toEqual([]);
    expect(read('a: "[]{}[]{}"\nb: (see [1], [2] and [3])\n', Anything).observations).toEqual([]);
  });

  test('a text that is too long', () => {
    expect(read(`a: ${'x'.repeat(500_000)}`, Anything).observations).toEqual(['1:1 The YAML is too large to be read.']);
  });

  test('at most fifty, however much is wrong', () => {
    expect(read(Array.from({ length: 5000 }, (_, index) => `key${index}: a`).join('\n'), Person).observations).toHaveLength(50);
  });
});

test.each([
  ['twenty thousand keys', Array.from({ length: 20_000 }, (_, index) => `key${index}: a`).join('\n')],
  ['twenty thousand keys in braces', `{${Array.from({ length: 20_000 }, (_, index) => `key${index}: a`).join(', ')}}`],
  ['five thousand anchors, each used', Array.from({ length: 5000 }, (_, index) => `- &a${index} x\n- *a${index}`).join('\n')],
  ['a hundred thousand quotes', '"'.repeat(100_000)],
  ['a hundred thousand items', `a: [${'x,'.repeat(100_000)}]`],
  ['a hundred thousand colons', 'a: '.repeat(30_000)],
])('%s are read or refused within two seconds', (_, text) => {
  expect(measure(() => read(text, Person))).toBeLessThan(2000);
});
