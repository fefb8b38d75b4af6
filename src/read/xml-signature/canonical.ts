import type { XmlAttribute, XmlElement } from '../xml.ts';

/** Canonical XML 1.0, or exclusive with prefixes that are treated as in the inclusive form; both without comments. */
export type Canonicalisation = { kind: 'inclusive' } | { kind: 'exclusive'; inclusivePrefixes: readonly string[] };

const XMLNS = 'http://www.w3.org/2000/xmlns/';
const XML = 'http://www.w3.org/XML/1998/namespace';

/** Prefixes and their namespaces; the default namespace has the empty prefix. */
type Scope = ReadonlyMap<string, string>;

/**
 * The canonical form of the last element of a path that leads to it from the root, without one element in it (W3C
 * Canonical XML 1.0, Exclusive XML Canonicalization 1.0). Comments are left out; the reader has no processing instructions.
 */
export function canonicalise(path: readonly XmlElement[], method: Canonicalisation, omit?: XmlElement): string {
  const target = path.at(-1) as XmlElement;
  const ancestors = path.slice(0, -1);
  const scope = ancestors.reduce<Scope>(declare, new Map());
  const pieces: string[] = [];
  const write = (element: XmlElement, around: Scope, rendered: Scope, inherited: readonly XmlAttribute[]): void => {
    const own = declare(around, element);
    const { text, scope: now } = renderNamespaces(element, own, rendered, method);
    const name = element.prefix ? `${element.prefix}:${element.name}` : element.name;
    pieces.push('<', name, text, renderAttributes([...plainAttributes(element), ...inherited]), '>');
    for (const child of element.children) {
      if (typeof child === 'string') pieces.push(escapeText(child));
      else if (child !== omit) write(child, own, now, []);
    }
    pieces.push('</', name, '>');
  };
  write(target, scope, new Map(), method.kind === 'inclusive' ? inheritedAttributes(ancestors, target) : []);
  return pieces.join('');
}

function declare(scope: Scope, { attributes }: XmlElement): Scope {
  const declared = attributes.filter(({ namespace }) => namespace === XMLNS);
  if (declared.length === 0) return scope;
  return new Map([...scope, ...declared.map(({ name, prefix, value }): [string, string] => [prefix === '' ? '' : name, value])]);
}

const plainAttributes = ({ attributes }: XmlElement): readonly XmlAttribute[] => attributes.filter(({ namespace }) => namespace !== XMLNS);

/** Attributes such as xml:lang, which the inclusive form takes over from the nearest ancestor that has them. */
function inheritedAttributes(ancestors: readonly XmlElement[], { attributes }: XmlElement): readonly XmlAttribute[] {
  const found = new Map<string, XmlAttribute>();
  for (const element of ancestors) for (const attribute of element.attributes) if (attribute.namespace === XML) found.set(attribute.name, attribute);
  return [...found.values()].filter(({ name }) => !attributes.some((own) => own.namespace === XML && own.name === name));
}

/** The declarations that the canonical form has at an element, and what is declared from there on. */
function renderNamespaces(element: XmlElement, scope: Scope, rendered: Scope, method: Canonicalisation): { text: string; scope: Scope } {
  const wanted = method.kind === 'inclusive' ? new Set(scope.keys()) : usedPrefixes(element, method.inclusivePrefixes, scope);
  const fresh: [string, string][] = [];
  for (const prefix of [...wanted].sort()) {
    const uri = scope.get(prefix) ?? '';
    const known = rendered.get(prefix);
    if (prefix === 'xml' || known === uri || (uri === '' && !known)) continue;
    fresh.push([prefix, uri]);
  }
  if (fresh.length === 0) return { text: '', scope: rendered };
  const text = fresh.map(([prefix, uri]) => ` xmlns${prefix && `:${prefix}`}="${escapeValue(uri)}"`).join('');
  return { text, scope: new Map([...rendered, ...fresh]) };
}

function usedPrefixes(element: XmlElement, inclusive: readonly string[], scope: Scope): Set<string> {
  const attributes = plainAttributes(element).flatMap(({ prefix }) => (prefix ? [prefix] : []));
  return new Set([element.prefix, ...attributes, ...inclusive.filter((prefix) => scope.has(prefix))]);
}

/** Those without a namespace come first, then by namespace and name. */
function renderAttributes(attributes: readonly XmlAttribute[]): string {
  if (attributes.length === 0) return '';
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const sorted = [...attributes].sort((a, b) => order(a.namespace, b.namespace) || order(a.name, b.name));
  return sorted.map(({ prefix, name, value }) => ` ${prefix ? `${prefix}:` : ''}${name}="${escapeValue(value)}"`).join('');
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
