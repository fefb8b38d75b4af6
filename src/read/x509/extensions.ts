import type { Extension, ExtensionName, ExtensionValues } from '../../model/certificate-extension.ts';
import { oidName } from '../../model/oid-name.ts';
import { readElement, TAG } from './der.ts';
import { CERTIFICATE_READERS } from './extension-values.ts';
import { attempt, Field } from './field.ts';
import { labelOf, numbered } from './name.ts';
import { STATUS_READERS } from './status-extensions.ts';

/** How the content of each known extension is read. */
const READERS: { readonly [Name in ExtensionName]: (value: Field) => ExtensionValues[Name] } = { ...CERTIFICATE_READERS, ...STATUS_READERS };

/**
 * Reads Extensions. Each has the path `at` with its name, or its OID where this program knows no name. An extension
 * whose content cannot be decoded stays without a value; one that is no extension at all is left out. Both are irregularities.
 */
export function readExtensions(field: Field, at: string): Extension[] {
  field.demand(TAG.sequence);
  const { reading, element } = field;
  const extensions: Extension[] = [];
  const counts = new Map<string, number>();
  for (let position = element.start; position < element.end; ) {
    const item = attempt(reading, () => readElement(reading.bytes, position, element.end, at));
    if (!item) break;
    position = item.next;
    const label = labelOf(reading, item);
    const own = new Field(reading, numbered(`${at}.${label}`, counts), item);
    if (label !== '?' && own.at !== `${at}.${label}`) reportTwin(own, `${at}.${label}`);
    const extension = attempt(reading, () => readExtension(own));
    if (extension) extensions.push(extension);
  }
  if (extensions.length === 0) field.report('empty-list', `The list of extensions ${at} is empty.`, 'no extension', 'at least one extension, or no list');
  return extensions;
}

function reportTwin(field: Field, path: string): void {
  field.report('duplicate-extension', `The extension ${path} stands more than once.`, `another one, ${field.at}`, 'each extension once');
}

function readExtension(field: Field): Extension {
  const fields = field.fields();
  const oid = fields.next('extnID').oid();
  const critical = fields.optional('critical', TAG.boolean)?.boolean() ?? false;
  const content = fields.next('extnValue');
  fields.end();
  const base = { at: field.at, oid, critical, hex: content.octets() };
  const name = oidName(oid);
  if (name === undefined || !isKnown(name)) return base;
  const value = attempt(field.reading, () => READERS[name](content.content(field.at)));
  // The table of readers ties each name to its value, which the compiler does not follow through a union.
  return { ...base, name, ...(value !== undefined && { value }) } as Extension;
}

const isKnown = (name: string): name is ExtensionName => Object.hasOwn(READERS, name);
