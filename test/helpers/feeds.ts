import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { RelaxNGValidator, XmlDocument, type XmlElement } from 'libxml2-wasm';

/** The RELAX NG schema of RFC 4287, appendix B. */
const schema = XmlDocument.fromString(readFileSync(new URL('../fixtures/atom.rng', import.meta.url), 'utf8'));
const validator = RelaxNGValidator.fromDoc(schema);
const ATOM = { atom: 'http://www.w3.org/2005/Atom' };

/** What is wrong with an Atom feed: by the schema of RFC 4287, and by what the RFC demands in words. */
export function atomErrors(feed: string): string[] {
  const document = XmlDocument.fromString(feed);
  try {
    validator.validate(document);
    const all = (path: string, from: XmlElement = document.root) => from.find(path, ATOM);
    const values = (path: string) => all(path).map((node) => node.content);
    const missing = [
      ...(all('/atom:feed/atom:author').length === 0 && all('/atom:feed/atom:entry[not(atom:author)]').length > 0 ? ['4.2.1 author'] : []),
      ...(all('/atom:feed/atom:link[@rel="self"]').length === 1 ? [] : ['4.1.1 self']),
      ...(all('//atom:entry[not(atom:content) and not(atom:link[@rel="alternate"])]').length > 0 ? ['4.1.2 alternate'] : []),
      ...(new Set(values('//atom:entry/atom:id')).size === values('//atom:entry').length ? [] : ['4.1.1 ids differ']),
      ...values('//atom:id').flatMap((id) => (URL.canParse(id) ? [] : [`4.2.6 ${id}`])),
    ];
    const alternates = all('//atom:link[@rel="alternate"]').map((link) => {
      const value = (name: string) => (link as XmlElement).attr(name)?.value;
      return `${(link as XmlElement).parent?.get('atom:id', ATOM)?.content} ${value('type')} ${value('hreflang')}`;
    });
    return [...missing, ...(new Set(alternates).size === alternates.length ? [] : ['4.1.1 alternate links differ in type'])];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    document.dispose();
  }
}

const text = { type: 'string', minLength: 1 };
const url = { type: 'string', format: 'uri' };
const authors = { type: 'array', items: { type: 'object', minProperties: 1, properties: { name: text, url, avatar: url }, additionalProperties: false } };
const date = { type: 'string', format: 'date-time' };

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), with what it calls strongly recommended. */
const jsonSchema = {
  type: 'object',
  required: ['version', 'title', 'home_page_url', 'feed_url', 'items'],
  properties: {
    version: { const: 'https://jsonfeed.org/version/1.1' },
    title: text,
    home_page_url: url,
    feed_url: url,
    description: text,
    user_comment: text,
    next_url: url,
    icon: url,
    favicon: url,
    authors,
    language: text,
    expired: { type: 'boolean' },
    hubs: { type: 'array' },
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id'],
        anyOf: [{ required: ['content_html'] }, { required: ['content_text'] }],
        properties: {
          id: text,
          url,
          external_url: url,
          title: text,
          content_html: { type: 'string' },
          content_text: { type: 'string' },
          summary: text,
          image: url,
          banner_image: url,
          date_published: date,
          date_modified: date,
          authors,
          tags: { type: 'array', items: text },
          language: text,
          attachments: { type: 'array' },
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};
const ajv = new Ajv2020({ strict: true, strictRequired: false });
addFormats.default(ajv);
const validateJson = ajv.compile(jsonSchema);

/** What is wrong with a JSON feed: by version 1.1 of the format, with what it calls strongly recommended. */
export function jsonFeedErrors(feed: unknown): string[] {
  validateJson(feed);
  return (validateJson.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
