import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributeOf, elementsOf, readXml, textOf, XML_LIMITS } from '../../src/read/xml.ts';
import { measure } from '../helpers/processor-time.ts';

const read = (text: string, limits = XML_LIMITS) => readXml(new TextEncoder().encode(text), limits);
const problem = (text: string, limits = XML_LIMITS) => read(text, limits).problem;

describe('a document', () => {
  test('is elements with their namespaces, texts and places', () => {
    const { root } = read(
      '<?xml version="1.0"?>\n<!-- a --><l:list xmlns:l="urn:l" xmlns="urn:d">\r\n  <item\n    id="1" l:kind="x">a &amp; <![CDATA[<b>]]> c</item>\n</l:list>',
    );
    if (!root) throw new Error('nothing was read');
    const [item] = elementsOf(root);
    expect([root.name, root.namespace, root.start]).toEqual(['list', 'urn:l', { line: 2, column: 11 }]);
    expect(item).toMatchObject({ name: 'item', namespace: 'urn:d', children: ['a & <b> c'], start: { line: 3, column: 3 } });
    expect(item?.attributes).toEqual([
      { name: 'id', prefix: '', namespace: '', value: '1' },
      { name: 'kind', prefix: 'l', namespace: 'urn:l', value: 'x' },
    ]);
    expect(item && attributeOf(item, 'id')).toBe('1');
    expect(item && attributeOf(item, 'kind')).toBeUndefined();
    expect(textOf(root)).toBe('\n  a & <b> c\n');
  });

  test('may be UTF-16, and have a byte order mark', () => {
    const text = '\ufeff<a>ä</a>';
    const utf16 = (order: 'le' | 'be') =>
      Uint8Array.from(
        [...text].flatMap((c) => (order === 'le' ? [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8] : [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 255])),
      );
    for (const bytes of [new TextEncoder().encode(text), utf16('le'), utf16('be')]) expect(readXml(bytes).root?.children).toEqual(['ä']);
  });
});

describe('what is refused, with its place', () => {
  test.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]>\n<a>&x;</a>', /DOCTYPE/],
    ['a document type from elsewhere', '<!DOCTYPE a SYSTEM "http://dtd.example/a.dtd"><a/>', /DOCTYPE/],
    ['an entity', '<a>&x;</a>', /undefined entity/],
    ['a tag that is not closed', '<a><b></a>', /unexpected close tag/],
    ['a prefix without a namespace', '<x:a/>', /unbound namespace prefix/],
    ['an attribute twice', '<a x="1" x="2"/>', /duplicate attribute/],
    ['a control character', '<a>\u0001</a>', /disallowed character/],
    ['two outermost elements', '<a/><b/>', /./],
    ['another encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>', /encoding/],
    ['no element', '', /root element/],
    ['plain text', 'hello', /outside of root/],
  ])('%s', (_, text, words) => {
    const content = read(text);
    expect(content.problem).toMatch(words);
    expect(content.root).toBeUndefined();
    expect(content.problem && content.at.line).toBe(1);
  });

  test('octets that are no UTF-8', () => {
    expect(readXml(Uint8Array.of(0x3c, 0x61, 0xff, 0x3e)).problem).toMatch(/UTF-8/);
  });

  test('more than the limits', () => {
    const deep = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect(problem(deep(100))).toBeUndefined();
    expect(problem(deep(101))).toMatch(/nested more than 100 deep/);
    expect(problem(`<a>${'<b/>'.repeat(10)}</a>`, { ...XML_LIMITS, elements: 10 })).toMatch(/more than 10 elements/);
    expect(problem('<a/>', { ...XML_LIMITS, octets: 3 })).toMatch(/4 octets; at most 3/);
    expect(problem(`<a ${Array.from({ length: 101 }, (_, index) => `a${index}=""`).join(' ')}/>`)).toMatch(/more than 100 attributes/);
  });
});

test('a document of the largest size takes little time', { timeout: 60_000 }, () => {
  const elements = `<a>${'<b/>'.repeat(XML_LIMITS.elements - 1)}</a>`;
  const texts = `<a>${'<![CDATA[x]]>y\n'.repeat(300_000)}</a>`;
  const comments = `<!DOCTYPE a [${'<!-- - -->'.repeat(400_000)}`;
  expect(read(elements).root?.children).toHaveLength(XML_LIMITS.elements - 1);
  expect(read(texts).root?.children).toHaveLength(1);
  for (const text of [elements, texts, comments]) expect(measure(() => read(text))).toBeLessThan(4000);
});

test('whatever the octets are, the answer is a document or a problem', () => {
  const piece = fc.constantFrom(
    '<a>',
    '</a>',
    '<a',
    '/>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '&#0;',
    '&#x10ffff;',
    '<?x',
    '?>',
    '<!DOCTYPE',
    ' x="',
    "'",
    '>',
    'xmlns:a="',
    '\ud800',
    'é',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const { root, problem: why } = read(pieces.join(''));
      return (root === undefined) !== (why === undefined);
    }),
    { numRuns: 2000, seed: 11 },
  );
});
