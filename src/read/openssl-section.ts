import { KEY_USAGES } from '../model/certificate-extension.ts';
import { type DraftRow, type DraftSource, draftFields, type NotTaken, readExtensionFields, type SeenFields } from '../model/draft-profile.ts';
import { OID } from '../model/oid.ts';
import { oidName } from '../model/oid-name.ts';
import { isField } from '../model/profile-field.ts';
import { Asn1Refusal, encodeAsn1, encodeElement, encodeOid, readHex, readOwnOids } from './openssl-asn1.ts';
import { type OpensslConfig, type OpensslSetting, readOpensslConfig } from './openssl-config.ts';
import { readElement, TAG } from './x509/der.ts';
import { readExtensions } from './x509/extensions.ts';
import { Field } from './x509/field.ts';
import { Reading } from './x509/reading.ts';

/** What a section of extensions says, or in a whole sentence why it cannot be read. */
export type OpensslContent = { source: DraftSource; problem?: undefined } | { source?: undefined; problem: string };

const MOST_OCTETS = 1_000_000;

/**
 * Reads a section of extensions of a configuration file of OpenSSL (x509v3_config(5)). Never throws for bad content, and reads
 * no other file. Whatever is not understood is listed.
 */
export function readOpensslSection(content: Uint8Array, section: string): OpensslContent {
  if (content.length > MOST_OCTETS) return { problem: `The file has ${content.length} octets; at most ${MOST_OCTETS} are read.` };
  if (content.includes(0)) return { problem: 'This is binary data, and no configuration file of OpenSSL.' };
  const config = readOpensslConfig(new TextDecoder().decode(content));
  const settings = config.sections.get(section);
  if (!settings || settings.size === 0) return { problem: describeAbsence(section, config) };
  return { source: readSettings([...settings.values()], config) };
}

/** Why a section has no settings: it is there, but none of them could be read, or it is not there. */
function describeAbsence(section: string, { sections, notUnderstood }: OpensslConfig): string {
  const own = `${section}::`;
  const unread = notUnderstood.flatMap(({ name, seen, line }) => (name.startsWith(own) ? [`Line ${line}, ${name.slice(own.length)}: ${seen}.`] : []));
  if (unread.length > 0) return [`The section [ ${section} ] is there, but without a setting that could be read.`, ...unread.slice(0, 20)].join(' ');
  const names = [...sections].filter(([, settings]) => settings.size > 0).map(([name]) => name);
  return `The file has no section [ ${section} ] with settings. Sections with some: ${names.slice(0, 20).join(', ') || 'none'}.`;
}

function readSettings(settings: readonly OpensslSetting[], config: OpensslConfig): DraftSource {
  const context: Context = { config, oids: readOwnOids(config), notUnderstood: [...config.notUnderstood], tail: [] };
  const rows: DraftRow[] = [{ field: 'version', value: { exactly: ['3'] }, comment: 'extensions make a certificate one of version 3' }];
  for (const setting of settings) {
    const sights = readExtension(setting, context);
    if (sights) rows.push(...draftFields(sights, `${setting.name}, line ${setting.line}`));
  }
  const policies = rows.find(({ field }) => field === 'extensions.certificatePolicies')?.value;
  return {
    rows,
    policies: policies?.exactly ?? [],
    others: ['subject'],
    notUnderstood: context.notUnderstood,
    tail: context.tail,
  };
}

interface Context {
  config: OpensslConfig;
  oids: ReadonlyMap<string, string>;
  notUnderstood: NotTaken[];
  tail: string[];
}

/** What OpenSSL calls otherwise than X.509 does. */
const CALLED: ReadonlyMap<string, string> = new Map([
  ['extendedKeyUsage', 'extKeyUsage'],
  ['crlDistributionPoints', 'cRLDistributionPoints'],
  ['noCheck', 'ocspNoCheck'],
  ['tlsfeature', 'tlsFeature'],
  ['ct_precert_poison', 'precertificatePoison'],
  ['ct_precert_scts', 'signedCertificateTimestamps'],
]);

/** The fields of one extension. Undefined where it is none, or says that it is left out. */
function readExtension(setting: OpensslSetting, context: Context): SeenFields | undefined {
  const { name, value, line } = setting;
  const [, flag, rest = ''] = /^(critical\s*,)?\s*([\s\S]*)$/.exec(value) ?? [];
  const critical = flag !== undefined;
  const own = context.oids.get(name) ?? name;
  const called = OID.test(own) ? (oidName(own) ?? own) : (CALLED.get(own) ?? own);
  const encoded = /^(ASN1|DER)\s*:\s*([\s\S]*)$/.exec(rest);
  const field = `extensions.${called}`;
  const refuse = (seen: string): undefined => {
    context.notUnderstood.push({ name, seen: seen.slice(0, 200), line });
  };
  if (!isField('certificate', field)) return refuse(value);
  if (encoded) return decode(called, { critical, kind: encoded[1] ?? '', text: encoded[2] ?? '' }, context, refuse);
  const read = Object.hasOwn(NATIVE, called) ? NATIVE[called] : undefined;
  if (rest === 'none' || (called === 'ocspNoCheck' && rest === 'ignored')) return rest === 'none' ? undefined : flagOnly(field, critical);
  if (!read) {
    refuse(`${value} (its presence is in a row, its content is not)`);
    return flagOnly(field, critical);
  }
  const parts = read(parseList(rest), context, refuse);
  return new Map(Object.entries({ '': [], ...parts }).map(([part, values]) => [part === '' ? field : `${field}.${part}`, { at: '', critical, values }]));
}

const flagOnly = (field: string, critical: boolean): SeenFields => new Map([[field, { at: '', critical, values: [] }]]);

interface Encoded {
  critical: boolean;
  kind: string;
  text: string;
}

/** An extension given as DER or as what DER is made from: encoded, and read as that of a certificate is. */
function decode(called: string, { critical, kind, text }: Encoded, context: Context, refuse: (seen: string) => undefined): SeenFields | undefined {
  const oid = OID.test(called) ? called : OIDS.get(called);
  if (oid === undefined) return refuse(`${kind}: for an extension whose object identifier is not known here`);
  try {
    const content = kind === 'DER' ? readHex(text) : encodeAsn1(text, context.config);
    const extension = encodeElement(TAG.sequence, encodeOid(oid), ...(critical ? [Buffer.from([1, 1, 0xff])] : []), encodeElement(TAG.octetString, content));
    const bytes = encodeElement(TAG.sequence, extension);
    const reading = new Reading(bytes);
    const sights = readExtensionFields(readExtensions(new Field(reading, 'extensions', readElement(bytes, 0, bytes.length, 'extensions')), 'extensions'));
    context.tail.push(...reading.irregularities.map(({ message }) => `In what ${called} encodes: ${message}`));
    return sights;
  } catch (error) {
    if (!(error instanceof Asn1Refusal)) throw error;
    refuse(`${kind}:${text.slice(0, 60)}: ${error.message}`);
    return flagOnly(`extensions.${called}`, critical);
  }
}

/** Extensions that are written as ASN1 or DER under their name. */
const OIDS: ReadonlyMap<string, string> = new Map([
  ['qcStatements', '1.3.6.1.5.5.7.1.3'],
  ['keyUsage', '2.5.29.15'],
  ['subjectAltName', '2.5.29.17'],
  ['certificatePolicies', '2.5.29.32'],
  ['cRLDistributionPoints', '2.5.29.31'],
  ['extKeyUsage', '2.5.29.37'],
  ['authorityInfoAccess', '1.3.6.1.5.5.7.1.1'],
  ['tlsFeature', '1.3.6.1.5.5.7.1.24'],
  ['ocspNoCheck', '1.3.6.1.5.5.7.48.1.5'],
  ['validityAssuredShortTerm', '0.4.0.194121.2.1'],
  ['noRevAvail', '2.5.29.56'],
]);

/** `name:value, name, @section` as OpenSSL takes them apart: by commas, each at its first colon. */
const parseList = (text: string): Item[] =>
  text.split(',').flatMap((part) => {
    const colon = part.indexOf(':');
    const name = (colon < 0 ? part : part.slice(0, colon)).trim();
    return name === '' ? [] : [{ name, value: colon < 0 ? '' : part.slice(colon + 1).trim() }];
  });

interface Item {
  name: string;
  value: string;
}

/** The items of a section that `@section` names; others are given back as they are. A section in a section is not followed. */
function openSections(items: readonly Item[], { config }: Context, refuse: (seen: string) => void): Item[] {
  return items.flatMap((item) => {
    if (!item.name.startsWith('@')) return [item];
    const section = config.sections.get(item.name.slice(1));
    if (!section) refuse(`${item.name}, a section that is not there`);
    return [...(section?.values() ?? [])].map(({ name, value }) => ({ name, value }));
  });
}

const FEATURES: ReadonlyMap<string, string> = new Map([
  ['status_request', '5'],
  ['status_request_v2', '17'],
]);
const METHODS: ReadonlyMap<string, string> = new Map([
  ['OCSP', 'ocsp'],
  ['caIssuers', 'caIssuers'],
]);

type Native = (items: readonly Item[], context: Context, refuse: (seen: string) => void) => Readonly<Record<string, readonly string[]>>;

/** What each extension in OpenSSL's own words says, by the parts that have a field; '' is the extension as a whole. */
const NATIVE: Readonly<Record<string, Native>> = {
  basicConstraints: readBasicConstraints,
  keyUsage: (items, _, refuse) => ({ '': items.flatMap(({ name }) => knownUsage(name, refuse)) }),
  extKeyUsage: (items, { oids }, refuse) => ({ '': items.flatMap(({ name }) => knownPurpose(oids.get(name) ?? name, refuse)) }),
  subjectKeyIdentifier: () => ({}),
  authorityKeyIdentifier: (items) => ({
    ...(items.some(({ name }) => name === 'keyid') && { keyIdentifier: [] }),
    ...(items.some(({ name, value }) => name === 'issuer' && value === 'always') && { authorityCertIssuer: [], authorityCertSerialNumber: [] }),
  }),
  subjectAltName: readNames,
  authorityInfoAccess: readAccess,
  cRLDistributionPoints: readPoints,
  freshestCRL: readPoints,
  certificatePolicies: readPolicies,
  tlsFeature: (items) => ({ '': items.map(({ name }) => FEATURES.get(name) ?? name) }),
  noRevAvail: () => ({}),
};

function readBasicConstraints(items: readonly Item[], context: Context, refuse: (seen: string) => void) {
  const all = openSections(items, context, refuse);
  const find = (wanted: string) => all.find(({ name }) => name.toLowerCase() === wanted)?.value;
  const length = find('pathlen');
  return { cA: [String(/^(true|y|yes)$/i.test(find('ca') ?? ''))], ...(length !== undefined && { pathLenConstraint: [length] }) };
}

function knownUsage(name: string, refuse: (seen: string) => void): string[] {
  const usage = name === 'contentCommitment' ? 'nonRepudiation' : KEY_USAGES.find((known) => known.toLowerCase() === name.toLowerCase());
  if (!usage) refuse(`${name}, a key usage that is not known here`);
  return usage ? [usage] : [];
}

function knownPurpose(name: string, refuse: (seen: string) => void): string[] {
  if (OID.test(name)) return [oidName(name) ?? name];
  if (isField('certificate', `extensions.${name}`)) return [name];
  refuse(`${name}, a purpose whose object identifier is not known here`);
  return [];
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['email', 'rfc822Name'],
  ['dns', 'dNSName'],
  ['ip', 'iPAddress'],
  ['uri', 'uniformResourceIdentifier'],
  ['dirname', 'directoryName'],
  ['othername', 'otherName'],
]);

/** Which kinds of names there are; whose they are stands in no draft. */
function readNames(items: readonly Item[], context: Context, refuse: (seen: string) => void) {
  const kinds = openSections(items, context, refuse).map(({ name }) => ({ name, kind: KINDS.get(name.replace(/\.\d+$/, '').toLowerCase()) }));
  for (const { name, kind } of kinds) if (kind === undefined) refuse(`${name}, a kind of name that has no field`);
  return Object.fromEntries(kinds.flatMap(({ kind }) => (kind === undefined ? [] : [[kind, []]])));
}

function readAccess(items: readonly Item[], context: Context, refuse: (seen: string) => void) {
  const access: Record<string, string[]> = {};
  for (const { name, value } of openSections(items, context, refuse)) {
    // In a list it is one item, `OCSP;URI:http://…`; in a section `OCSP;URI.0 = http://…`.
    const [method = '', kind = ''] = name.replace(/\.\d+$/, '').split(';');
    const part = METHODS.get(method.trim());
    if (part === undefined || kind.trim().toUpperCase() !== 'URI' || value === '') refuse(`${name}:${value}`);
    else access[part] = [...(access[part] ?? []), value];
  }
  return access;
}

function readPoints(items: readonly Item[], context: Context, refuse: (seen: string) => void) {
  const addresses = openSections(items, context, refuse).flatMap(({ name, value }) => {
    if (/^URI(\.\d+)?$/i.test(name)) return [value];
    const section = value === '' ? context.config.sections.get(name) : undefined;
    if (!section) refuse(`${name}:${value}, a distribution point that is not understood`);
    return [...(section?.values() ?? [])].flatMap((setting) => {
      const uris = setting.name.toLowerCase() === 'fullname' ? parseList(setting.value).filter((item) => item.name.toUpperCase() === 'URI') : [];
      if (uris.length === 0) refuse(`${setting.name} = ${setting.value} in [ ${name} ]`);
      return uris.map((uri) => uri.value);
    });
  });
  return { '': addresses };
}

function readPolicies(items: readonly Item[], context: Context, refuse: (seen: string) => void) {
  const found = { '': [] as string[], cps: [] as string[], userNotice: [] as string[] };
  const add = (text: string) => {
    const oid = context.oids.get(text) ?? text;
    if (OID.test(oid)) found[''].push(oid);
    else refuse(`${text}, a policy that is no object identifier here`);
  };
  const { sections } = context.config;
  for (const { name } of items) {
    const section = name.startsWith('@') ? sections.get(name.slice(1)) : undefined;
    if (name === 'ia5org') continue;
    if (!name.startsWith('@')) add(name);
    else if (!section) refuse(`${name}, a section that is not there`);
    for (const setting of section?.values() ?? []) {
      const notice = setting.value.startsWith('@') ? sections.get(setting.value.slice(1))?.get('explicitText') : undefined;
      if (setting.name === 'policyIdentifier') add(setting.value);
      else if (/^CPS(\.\d+)?$/i.test(setting.name)) found.cps.push(setting.value);
      else if (/^userNotice(\.\d+)?$/i.test(setting.name) && notice) found.userNotice.push(notice.value.replace(/^(UTF8|BMP|VISIBLE)(String)?:/i, ''));
      else refuse(`${setting.name} = ${setting.value} in [ ${name.slice(1)} ]`);
    }
  }
  return Object.fromEntries(Object.entries(found).filter(([part, values]) => part === '' || values.length > 0));
}
