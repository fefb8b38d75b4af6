import { makeRandom } from './mutations.ts';

type Random = (below: number) => number;

/** Where an element stands in a text; `inner` and `innerEnd` are the same for an empty one. */
interface Span {
  start: number;
  inner: number;
  innerEnd: number;
  end: number;
}

/** The elements of a text that is still well-formed enough, in document order. */
function findSpans(text: string): Span[] {
  const spans: Span[] = [];
  const open: Span[] = [];
  for (const { 0: tag, index } of text.matchAll(/<[^!?][^>]*>/g)) {
    const next = index + tag.length;
    if (tag.startsWith('</')) {
      const span = open.pop();
      if (span) Object.assign(span, { innerEnd: index, end: next });
      continue;
    }
    const span = { start: index, inner: next, innerEnd: next, end: next };
    spans.push(span);
    if (!tag.endsWith('/>')) open.push(span);
  }
  return spans;
}

const pick = <Item>(items: readonly Item[], random: Random): Item | undefined => items[random(items.length)];
const cut = (text: string, start: number, end: number, instead = ''): string => text.slice(0, start) + instead + text.slice(end);
const JUNK = ['<', '>', '&', '"', "'", '/', '\u0000', '\n', ' ', '\t', '&amp;', '&#10;', '&x;', ']]>', '<!--', '-->', '<![CDATA[', 'A', '0', 'ä'];
const SPLICES = [
  '<!-- x -->',
  '<?x y?>',
  '<![CDATA[]]>',
  '<![CDATA[x]]>',
  '<x/>',
  ' ',
  '\n',
  'x',
  '&#32;',
  '\r\n',
  '<ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>',
];

type Mutate = (text: string, spans: readonly Span[], random: Random) => string;

/** A change of an element, given its text; unchanged where there is none. */
const onElement =
  (change: (text: string, span: Span, random: Random, spans: readonly Span[]) => string): Mutate =>
  (text, spans, random) => {
    const span = pick(spans, random);
    return span ? change(text, span, random, spans) : text;
  };

/** A change of the tag with which an element begins. */
const onTag = (change: (tag: string, random: Random) => string): Mutate =>
  onElement((text, { start, inner }, random) => cut(text, start, inner, change(text.slice(start, inner), random)));

/** A change of one of the attributes of a tag. */
const onAttribute = (change: (attribute: string, random: Random) => string): Mutate =>
  onTag((tag, random) => {
    const found = pick([...tag.matchAll(/[\w:]+="[^"]*"/g)], random);
    return found ? cut(tag, found.index, found.index + found[0].length, change(found[0], random)) : tag;
  });

const VALUES = ['', 'x', '#list-de', 'list-de', 'list-signature', '#list-signature-properties', 'http://www.w3.org/2000/09/xmldsig#', 'true'];
const NAMES = ['SchemeTerritory', 'ds:Object', 'ds:Signature', 'SchemeInformation', 'TSPService', 'ServiceStatus', 'URI', 'x'];

/** By what they do; the names are for the table that a test prints. */
const MUTATIONS: Readonly<Record<string, Mutate>> = {
  'characters replaced': (text, _, random) => {
    const at = random(text.length);
    return cut(text, at, at + 1, pick(JUNK, random));
  },
  'bits flipped': (text, _, random) => {
    const at = random(text.length);
    return cut(text, at, at + 1, String.fromCharCode(text.charCodeAt(at) ^ (1 << random(7))));
  },
  'characters removed': (text, _, random) => {
    const at = random(text.length);
    return cut(text, at, at + 1 + random(30));
  },
  'characters repeated': (text, _, random) => {
    const at = random(text.length);
    return cut(text, at, at, text.slice(at, at + 1 + random(30)));
  },
  'element removed': onElement((text, { start, end }) => cut(text, start, end)),
  'element doubled': onElement((text, { start, end }) => cut(text, end, end, text.slice(start, end))),
  'element moved': onElement((text, { start, end }, random, spans) => {
    const target = pick(spans, random)?.end ?? 0;
    const element = text.slice(start, end);
    if (target > start && target < end) return text;
    return target <= start ? cut(cut(text, start, end), target, target, element) : cut(cut(text, target, target, element), start, end);
  }),
  'element copied elsewhere': onElement((text, { start, end }, random, spans) => {
    const target = pick(spans, random)?.inner ?? 0;
    return cut(text, target, target, text.slice(start, end));
  }),
  'elements swapped': onElement((text, one, random, spans) => {
    const other = pick(spans, random) ?? one;
    const [first, second] = one.start < other.start ? [one, other] : [other, one];
    if (first.end > second.start) return text;
    return cut(cut(text, second.start, second.end, text.slice(first.start, first.end)), first.start, first.end, text.slice(second.start, second.end));
  }),
  'element wrapped': onElement((text, { start, end }, random) => {
    const name = pick(NAMES, random) ?? 'x';
    return cut(text, start, end, `<${name}>${text.slice(start, end)}</${name}>`);
  }),
  'element unwrapped': onElement((text, { start, inner, innerEnd, end }) => cut(text, start, end, text.slice(inner, innerEnd))),
  'element renamed': onElement((text, { start, inner, innerEnd, end }, random) => {
    const name = pick(NAMES, random) ?? 'x';
    const tag = text.slice(start, inner).replace(/^<[^\s/>]+/, `<${name}`);
    return cut(text, start, end, `${tag}${text.slice(inner, innerEnd)}${innerEnd === end ? '' : `</${name}>`}`);
  }),
  'element emptied': onElement((text, { inner, innerEnd }) => cut(text, inner, innerEnd)),
  'something put into an element': onElement((text, { inner, innerEnd }, random) => {
    const at = random(2) ? inner : innerEnd;
    return cut(text, at, at, pick(SPLICES, random));
  }),
  'something put before or after everything': (text, _, random) => (random(2) ? `${text}${pick(SPLICES, random)}` : `${pick(SPLICES, random)}${text}`),
  'attribute changed': onAttribute((attribute, random) => attribute.replace(/"[^"]*"/, `"${pick(VALUES, random)}"`)),
  'attribute renamed': onAttribute((attribute, random) => attribute.replace(/^[\w:]+/, pick(['Id', 'ID', 'xml:lang', 'URI', 'Target', 'x'], random) ?? '')),
  'attribute removed': onAttribute(() => ''),
  'attribute added': onTag((tag, random) =>
    tag.replace(
      /(\/?>)$/,
      ` ${pick(['Id="list-de"', 'Id="y"', 'xml:id="z"', 'Critical="false"', 'xmlns="urn:x"', 'xmlns:ds="urn:x"', 'xml:lang="de"', 'URI="#y"'], random)}$1`,
    ),
  ),
  'declaration moved inwards': onTag((tag, random) => tag.replace(/(\/?>)$/, ` xmlns:q${random(9)}="urn:q"$1`)),
};
export const MUTATION_NAMES = Object.keys(MUTATIONS);

/** Changes of a text, each one to three times over, and by what they were made. The same seed gives the same ones everywhere. */
export function* mutateXml(sources: readonly string[], count: number, seed: number): Generator<{ text: string; by: string; source: number }> {
  const random = makeRandom(seed);
  const known = sources.map((text) => ({ text, spans: findSpans(text) }));
  for (let index = 0; index < count; index += 1) {
    const source = index % known.length;
    const { text: original, spans: first } = known[source] as (typeof known)[number];
    const names: string[] = [];
    let text = original;
    // Most are changed once: what is changed in many places is refused for the simplest of reasons.
    for (let times = [1, 1, 1, 2, 3][random(5)] ?? 1; times > 0; times -= 1) {
      const name = MUTATION_NAMES[random(MUTATION_NAMES.length)] as string;
      text = (MUTATIONS[name] as Mutate)(text, text === original ? first : findSpans(text), random);
      names.push(name);
    }
    yield { text, by: names.join(', '), source };
  }
}
