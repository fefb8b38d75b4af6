import type { XmlAttribute, XmlElement } from '../xml.ts';

/** Canonical XML 1.0, or exclusive with prefixes that are treated as in the inclusive form; both without comments. */
export type Canonicalisation = { kind: 'inclusive' } | { kind: 'exclusive'; inclusivePrefixes: readonly string[] };

const XMLNS = 'http://www.w3.org/2000/xmlns/';
const XML = 'http://www.w3.org/XML/1998/namespace';

/**
 * Prefixes with their namespaces that an element declares, and what is declared around it; the default namespace has the
 * empty prefix. Linked and never copied: with thousands in scope a copy for each element would take hours.
 */
interface Scope {
  declared: ReadonlyMap<string, string>;
  around: Scope | undefined;
}

/**
 * The canonical form of the last element of a path that leads to it from the root, without one element in it (W3C
 * Canonical XML 1.0, Exclusive XML Canonicalization 1.0). Comments are left out; the reader has no processing instructions.
 */
export function canonicalise(path: readonly XmlElement[], method: Canonicalisation, omit?: XmlElement): string {
  const target = path.at(-1) as XmlElement;
  const ancestors = path.slice(0, -1);
  const scope = ancestors.reduce(declare, undefined);
  const pieces: string[] = [];
  const write = (element: XmlElement, around: Scope | undefined, rendered: Scope | undefined, inherited: readonly XmlAttribute[]): void => {
    const own = declare(around, element);
    const declared = element === target ? prefixesIn(own) : own === around ? [] : [...(own?.declared.keys() ?? [])];
    const wanted = method.kind === 'inclusive' ? declared : usedPrefixes(element, method.inclusivePrefixes, own);
    const { text, scope: now } = renderNamespaces(wanted, own, rendered);
    const name = element.prefix ? `${element.prefix}:${element.name}` : element.name;
    pieces.push('<', name, text, renderAttributes([...plainAttributes(element), ...inherited]), '>');
    for (const child of element.children) {
      if (typeof child === 'string') pieces.push(escapeText(child));
      else if (child !== omit) write(child, own, now, []);
    }
    pieces.push('</', name, '>');
  };
  write(target, scope, undefined, method.kind === 'inclusive' ? inheritedAttributes(ancestors, target) : []);
  return pieces.join('');
}

function declare(around: Scope | undefined, { attributes }: XmlElement): Scope | undefined {
  const own = attributes.filter(({ namespace }) => namespace === XMLNS);
  if (own.length === 0) return around;
  return { declared: new Map(own.map(({ name, prefix, value }): [string, string] => [prefix === '' ? '' : name, value])), around };
}

function findNamespace(scope: Scope | undefined, prefix: string): string | undefined {
  for (let at = scope; at; at = at.around) {
    const uri = at.declared.get(prefix);
    if (uri !== undefined) return uri;
  }
  return undefined;
}

function prefixesIn(scope: Scope | undefined): readonly string[] {
  const found = new Set<string>();
  for (let at = scope; at; at = at.around) for (const prefix of at.declared.keys()) found.add(prefix);
  return [...found];
}

const plainAttributes = ({ attributes }: XmlElement): readonly XmlAttribute[] => attributes.filter(({ namespace }) => namespace !== XMLNS);

/** Attributes such as xml:lang, which the inclusive form takes over from the nearest ancestor that has them. */
function inheritedAttributes(ancestors: readonly XmlElement[], { attributes }: XmlElement): readonly XmlAttribute[] {
  const found = new Map<string, XmlAttribute>();
  for (const element of ancestors) for (const attribute of element.attributes) if (attribute.namespace === XML) found.set(attribute.name, attribute);
  return [...found.values()].filter(({ name }) => !attributes.some((own) => own.namespace === XML && own.name === name));
}

/** The declarations that the canonical form has at an element, and what is declared in it from there on. */
function renderNamespaces(wanted: readonly string[], scope: Scope | undefined, rendered: Scope | undefined): { text: string; scope: Scope | undefined } {
  const fresh: [string, string][] = [];
  for (const prefix of wanted) {
    const uri = findNamespace(scope, prefix) ?? '';
    const known = findNamespace(rendered, prefix);
    if (prefix === 'xml' || known === uri || (uri === '' && !known)) continue;
    fresh.push([prefix, uri]);
  }
  if (fresh.length === 0) return { text: '', scope: rendered };
  fresh.sort(([one], [other]) => compareText(one, other));
  const text = fresh.map(([prefix, uri]) => ` xmlns${prefix && `:${prefix}`}="${escapeValue(uri)}"`).join('');
  return { text, scope: { declared: new Map(fresh), around: rendered } };
}

function usedPrefixes(element: XmlElement, inclusive: readonly string[], scope: Scope | undefined): readonly string[] {
  const attributes = plainAttributes(element).flatMap(({ prefix }) => (prefix ? [prefix] : []));
  return [...new Set([element.prefix, ...attributes, ...inclusive.filter((prefix) => findNamespace(scope, prefix) !== undefined)])];
}

/** Those without a namespace come first, then by namespace and name. */
function renderAttributes(attributes: readonly XmlAttribute[]): string {
  if (attributes.length === 0) return '';
  const sorted = [...attributes].sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
  return sorted.map(({ prefix, name, value }) => ` ${prefix ? `${prefix}:` : ''}${name}="${escapeValue(value)}"`).join('');
}

/** By code points; the order of JavaScript's own comparison is another one where a character takes two units. */
function compareText(one: string, other: string): number {
  if (one === other) return 0;
  let index = 0;
  while (one.charCodeAt(index) === other.charCodeAt(index)) index += 1;
  return (one.codePointAt(index) ?? -1) - (other.codePointAt(index) ?? -1);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};
const escapeText = (text: string): string => text.replace(/[&<>\r]/g, (character) => ESCAPES[character] as string);
const escapeValue = (text: string): string => text.replace(/[&<"\t\n\r]/g, (character) => ESCAPES[character] as string);
