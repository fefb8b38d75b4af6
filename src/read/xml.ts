import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { Point } from '../model/finding.ts';

/** An attribute. The declarations of namespaces are among them. */
export interface XmlAttribute {
  /** Without its prefix. */
  readonly name: string;
  /** Empty where it has none; `xmlns` of a declared namespace. */
  readonly prefix: string;
  /** Empty where it has none, as attributes without a prefix have. */
  readonly namespace: string;
  readonly value: string;
}

/** An element with its content in the order of the document; comments and processing instructions are left out. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  /** Empty where it has none. */
  readonly prefix: string;
  /** Empty where it has none. */
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  /** Elements and texts; texts that stand side by side, as around CDATA, are one. */
  readonly children: readonly (XmlElement | string)[];
  /** Where its tag begins. */
  readonly start: Point;
}

/** The outermost element and whether there are processing instructions, or in a whole sentence why there is none, and where. */
export type XmlContent = { root: XmlElement; instructions: boolean; problem?: undefined } | { root?: undefined; problem: string; at: Point };

/** How much of a document is read; what goes beyond it is refused. */
export interface XmlLimits {
  octets: number;
  /** Elements within elements, at most 100. */
  depth: number;
  elements: number;
}

export const XML_LIMITS: XmlLimits = { octets: 5_000_000, depth: 100, elements: 200_000 };

const MOST_ATTRIBUTES = 100;
const START: Point = { line: 1, column: 1 };

/**
 * Reads a document of XML 1.0 with namespaces, written by whoever it may be. Never throws for bad content and never reads
 * anything else: a document type declaration is refused, so there are no entities but the five of XML itself.
 */
export function readXml(content: Uint8Array, limits: XmlLimits = XML_LIMITS): XmlContent {
  if (content.length > limits.octets) return { problem: `The XML has ${content.length} octets; at most ${limits.octets} are read.`, at: START };
  const text = decode(content);
  if (text === undefined) return { problem: 'The XML is not written in UTF-8 or UTF-16, or has octets that are no characters in it.', at: START };
  const tree = new Tree(text, limits);
  try {
    tree.read();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { problem: error.message, at: error.at };
  }
  return tree.root ? { root: tree.root, instructions: tree.instructions } : { problem: 'The XML has no element.', at: START };
}

/** Thrown inside this file only. */
class Refusal extends Error {
  readonly at: Point;

  constructor(message: string, at: Point) {
    super(message);
    this.at = at;
  }
}

interface OpenElement extends XmlElement {
  readonly attributes: XmlAttribute[];
  readonly children: (XmlElement | string)[];
}

const PARSER_OPTIONS = { xmlns: true, position: true } as const;

/** What the parser's events build. */
class Tree {
  root: XmlElement | undefined;
  instructions = false;
  private readonly parser = new SaxesParser<typeof PARSER_OPTIONS>(PARSER_OPTIONS);
  private readonly text: string;
  private readonly limits: XmlLimits;
  private readonly open: OpenElement[] = [];
  private elements = 0;
  private attributes = 0;
  /** Where the tag begins that is being read, and how far lines were counted. */
  private start: Point = START;
  private line = 1;
  private lineStart = 0;
  private nextLine: number;

  constructor(text: string, limits: XmlLimits) {
    this.text = text;
    this.nextLine = text.indexOf('\n');
    this.limits = limits;
    const { parser } = this;
    parser.on('error', ({ message }) => this.refuse(`The XML cannot be read: ${message.replace(/^\d+:\d+: |\.$/g, '')}.`));
    parser.on('doctype', () => this.refuse('The XML has a document type declaration (DOCTYPE), which is refused: nothing that it could bring in is read.'));
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && !/^(utf-?(8|16)|us-ascii)$/i.test(encoding))
        this.refuse('The XML says that it is in another encoding than UTF-8 or UTF-16.');
    });
    parser.on('processinginstruction', () => {
      this.instructions = true;
    });
    // The parser has read the name and the character after it.
    parser.on('opentagstart', () => {
      this.start = this.placeOf(this.text.lastIndexOf('<', parser.position - 1));
    });
    parser.on('attribute', () => this.countAttribute());
    parser.on('opentag', (tag) => this.enter(tag));
    parser.on('closetag', () => this.leave());
    parser.on('text', (text) => this.add(text));
    parser.on('cdata', (text) => this.add(text));
  }

  read(): void {
    this.parser.write(this.text).close();
  }

  /** The point at an offset, which is never before the one that was asked for last. */
  private placeOf(offset: number): Point {
    while (this.nextLine >= 0 && this.nextLine < offset) {
      this.line += 1;
      this.lineStart = this.nextLine + 1;
      this.nextLine = this.text.indexOf('\n', this.lineStart);
    }
    return { line: this.line, column: offset - this.lineStart + 1 };
  }

  private countAttribute(): void {
    this.attributes += 1;
    if (this.attributes > MOST_ATTRIBUTES) this.refuse(`An element of the XML has more than ${MOST_ATTRIBUTES} attributes.`);
  }

  private enter(tag: SaxesTagNS): void {
    this.elements += 1;
    this.attributes = 0;
    if (this.elements > this.limits.elements) this.refuse(`The XML has more than ${this.limits.elements} elements.`);
    if (this.open.length >= this.limits.depth) this.refuse(`The elements of the XML are nested more than ${this.limits.depth} deep.`);
    const attributes = Object.values(tag.attributes).map(({ local, prefix, uri, value }) => ({ name: local, prefix, namespace: uri, value }));
    const element: OpenElement = { name: tag.local, prefix: tag.prefix, namespace: tag.uri, attributes, children: [], start: this.start };
    this.open.at(-1)?.children.push(element);
    this.root ??= element;
    this.open.push(element);
  }

  private leave(): void {
    this.open.pop();
  }

  private add(text: string): void {
    const children = this.open.at(-1)?.children;
    if (!children) return;
    if (typeof children.at(-1) === 'string') children.push(`${children.pop()}${text}`);
    else children.push(text);
  }

  private refuse(message: string): never {
    throw new Refusal(message, this.placeOf(Math.max(0, this.parser.position - 1)));
  }
}

function decode(content: Uint8Array): string | undefined {
  const [first, second] = content;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}

/** The elements within an element. */
export const elementsOf = ({ children }: XmlElement): readonly XmlElement[] => children.filter((child): child is XmlElement => typeof child !== 'string');

/** The text within an element and the elements in it. */
export function textOf({ children }: XmlElement): string {
  return children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** The value of an attribute without a namespace. */
export const attributeOf = (element: XmlElement, name: string): string | undefined =>
  element.attributes.find((attribute) => attribute.name === name && attribute.namespace === '')?.value;
