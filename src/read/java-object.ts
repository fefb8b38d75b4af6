import { attributeOf, elementsOf, textOf, type XmlElement } from './xml.ts';

/** A value that a document of java.beans.XMLEncoder describes. It is read as data: no class is looked for, no method called. */
export type JavaValue =
  | { kind: 'text' | 'number' | 'boolean'; text: string; line: number }
  | { kind: 'null'; line: number }
  | { kind: 'list'; items: readonly JavaValue[]; line: number }
  | { kind: 'map'; entries: ReadonlyMap<string, JavaValue>; line: number }
  /** An object with properties, of a class by its name without the package. */
  | { kind: 'bean'; name: string; properties: ReadonlyMap<string, JavaValue>; line: number }
  /** Anything that is written in another way. */
  | { kind: 'other'; seen: string; line: number };

const MAPS = /^java\.util\.(LinkedHashMap|HashMap|TreeMap|Hashtable)$/;
const LISTS = /^java\.util\.(ArrayList|LinkedList|Vector|LinkedHashSet|HashSet|TreeSet)$/;
/** The two classes of EJBCA that hold settings of a certificate profile as properties. */
const BEANS = /^org\.(?:cesecore|ejbca)\.[\w.]*\.(CertificatePolicy|PKIDisclosureStatement)$/;
const SIMPLE: Readonly<Record<string, 'text' | 'number' | 'boolean'>> = {
  string: 'text',
  boolean: 'boolean',
  byte: 'number',
  short: 'number',
  int: 'number',
  long: 'number',
  float: 'number',
  double: 'number',
};

/** Reads the value of an element. `named` holds the objects that were given an id before, for those that name it again. */
export function readJavaValue(element: XmlElement, named: Map<string, JavaValue> = new Map()): JavaValue {
  const { name, start } = element;
  const { line } = start;
  const kind = Object.hasOwn(SIMPLE, name) ? SIMPLE[name] : undefined;
  if (kind) return elementsOf(element).length > 0 ? other(element) : { kind, text: textOf(element), line };
  if (name === 'null') return { kind: 'null', line };
  if (name !== 'object') return other(element);
  const idref = attributeOf(element, 'idref');
  if (idref !== undefined) return named.get(idref) ?? other(element);
  const value = readObject(element, named);
  const id = attributeOf(element, 'id');
  if (id !== undefined) named.set(id, value);
  return value;
}

function readObject(element: XmlElement, named: Map<string, JavaValue>): JavaValue {
  const className = attributeOf(element, 'class') ?? '';
  const { line } = element.start;
  const calls = elementsOf(element);
  if (attributeOf(element, 'method') !== undefined || attributeOf(element, 'factory') !== undefined) return other(element);
  if (MAPS.test(className)) return readMap(calls, named, line);
  if (LISTS.test(className)) return { kind: 'list', items: calls.map((call) => readArguments(call, 'add', 1, named)[0] ?? other(call)), line };
  const [, bean] = BEANS.exec(className) ?? [];
  return bean === undefined ? other(element) : readBean(bean, calls, named, line);
}

/** A key that stands twice has the value that it was given last, as in Java. What puts nothing is kept under its own words. */
function readMap(calls: readonly XmlElement[], named: Map<string, JavaValue>, line: number): JavaValue {
  const entries = new Map<string, JavaValue>();
  for (const call of calls) {
    const [key, value] = readArguments(call, 'put', 2, named);
    if (key && value && 'text' in key) entries.set(key.text, { ...value, line: call.start.line });
    else entries.set(`what stands on line ${call.start.line}`, other(call));
  }
  return { kind: 'map', entries, line };
}

function readBean(name: string, calls: readonly XmlElement[], named: Map<string, JavaValue>, line: number): JavaValue {
  const properties = new Map<string, JavaValue>();
  for (const call of calls) {
    const property = attributeOf(call, 'property');
    const [argument] = elementsOf(call);
    properties.set(property ?? `what stands on line ${call.start.line}`, property !== undefined && argument ? readJavaValue(argument, named) : other(call));
  }
  return { kind: 'bean', name, properties, line };
}

/** The arguments of `<void method="…">`, where it is that method with so many of them; otherwise none. */
function readArguments(call: XmlElement, method: string, count: number, named: Map<string, JavaValue>): readonly JavaValue[] {
  const given = elementsOf(call);
  if (call.name !== 'void' || attributeOf(call, 'method') !== method || given.length !== count) return [];
  return given.map((argument) => readJavaValue(argument, named));
}

function other({ name, attributes, start }: XmlElement): JavaValue {
  const shown = attributes.map((attribute) => ` ${attribute.name}="${attribute.value}"`).join('');
  const seen = `<${name}${shown}>`;
  return { kind: 'other', seen: seen.length > 120 ? `${seen.slice(0, 119)}…` : seen, line: start.line };
}

/** A value in a few words. */
export function describeJavaValue(value: JavaValue): string {
  switch (value.kind) {
    case 'text':
    case 'number':
    case 'boolean':
      return value.text.length > 100 ? `${value.text.slice(0, 99)}…` : value.text || 'empty';
    case 'null':
      return 'null';
    case 'list':
      return value.items.length === 0
        ? 'an empty list'
        : `a list: ${value.items.slice(0, 5).map(describeItem).join(', ')}${value.items.length > 5 ? ', …' : ''}`;
    case 'map':
      return value.entries.size === 0 ? 'an empty map' : `a map with ${[...value.entries.keys()].slice(0, 5).join(', ')}`;
    case 'bean':
      return value.name;
    default:
      return value.seen;
  }
}

const describeItem = (value: JavaValue): string => (value.kind === 'list' ? 'a list' : describeJavaValue(value));
