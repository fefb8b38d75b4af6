import type { StringType } from './asn1.ts';
import type { SemanticIdentifier } from './semantic-identifier.ts';

/** One attribute of a name. */
export interface NameAttribute {
  readonly at: string;
  readonly oid: string;
  /** As X.520 and others call it: `commonName`, `organizationIdentifier`. Absent where this program knows none. */
  readonly name?: string;
  /** The relative distinguished name that it belongs to, counted from 0: attributes of one RDN share it. */
  readonly rdn: number;
  /** Absent where the value is no text. */
  readonly type?: StringType;
  /** The text; for anything else `#` and its DER in hexadecimal, as RFC 4514 writes it. */
  readonly value: string;
  /** What an organizationIdentifier says by its form (EN 319 412-1, 5.1.4), where it has one. */
  readonly identifier?: SemanticIdentifier;
}

/** A distinguished name: its attributes in the order in which they are encoded. */
export interface DistinguishedName {
  readonly at: string;
  readonly attributes: readonly NameAttribute[];
}

/** One of the names of RFC 5280, 4.2.1.6. */
export type GeneralName =
  | { readonly at: string; readonly kind: 'rfc822Name' | 'dNSName' | 'uniformResourceIdentifier'; readonly value: string }
  /** `192.0.2.1`, `2001:db8::1`, `192.0.2.0/255.255.255.0` in name constraints; hexadecimal for a length that is neither. */
  | { readonly at: string; readonly kind: 'iPAddress'; readonly value: string }
  | { readonly at: string; readonly kind: 'directoryName'; readonly name: DistinguishedName }
  | { readonly at: string; readonly kind: 'registeredID'; readonly value: string }
  /** `text` where the value is one, as in a user principal name. */
  | { readonly at: string; readonly kind: 'otherName'; readonly oid: string; readonly hex: string; readonly text?: string }
  | { readonly at: string; readonly kind: 'x400Address' | 'ediPartyName'; readonly hex: string };

const SHORT: Readonly<Record<string, string>> = {
  commonName: 'CN',
  surname: 'SN',
  givenName: 'GN',
  countryName: 'C',
  localityName: 'L',
  stateOrProvinceName: 'ST',
  streetAddress: 'STREET',
  organizationName: 'O',
  organizationalUnitName: 'OU',
  domainComponent: 'DC',
  userId: 'UID',
};

/** How people abbreviate an attribute: `CN`; its full name or OID where there is no common abbreviation. */
export const shortName = ({ name, oid }: Pick<NameAttribute, 'name' | 'oid'>): string => SHORT[name ?? ''] ?? name ?? oid;

/** The values of an attribute, in order. */
export function attributeValues(name: DistinguishedName, attribute: string): string[] {
  return name.attributes.filter((item) => item.name === attribute || item.oid === attribute).map(({ value }) => value);
}

/** A name on one line in the order of its encoding, `C=AT, O=Example Trust Services, CN=Example CA`; escaped as in RFC 4514. */
export function writeDistinguishedName(name: DistinguishedName): string {
  let text = '';
  let rdn = -1;
  for (const attribute of name.attributes) {
    if (text) text += attribute.rdn === rdn ? '+' : ', ';
    rdn = attribute.rdn;
    text += `${shortName(attribute)}=${attribute.type ? escapeValue(attribute.value) : attribute.value}`;
  }
  return text;
}

const escapeValue = (value: string): string => value.replace(/[\\,+"<>;=\p{Cc}]|^[ #]| $/gu, escapeCharacter);
const escapeCharacter = (character: string): string =>
  /\p{Cc}/u.test(character) ? `\\${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}` : `\\${character}`;

/** The same for names that RFC 5280, 7.1, takes as equal: whatever the string type, case and repeated white space are. */
export function nameKey(name: DistinguishedName): string {
  const rdns = new Map<number, string[]>();
  for (const { rdn, oid, type, value } of name.attributes) {
    const plain = type ? value.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ') : value;
    const attributes = rdns.get(rdn) ?? [];
    attributes.push(JSON.stringify([oid, plain]));
    rdns.set(rdn, attributes);
  }
  return [...rdns.values()].map((rdn) => rdn.sort().join('+')).join('/');
}
