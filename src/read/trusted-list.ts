import type { Point } from '../model/finding.ts';
import { type Instant, parseInstant } from '../model/time.ts';
import {
  etsiNameOf,
  LIST_VERSIONS,
  type ListedProvider,
  type ListedService,
  type ListPointer,
  type ListRemark,
  type ListType,
  type ServiceIdentity,
  type ServiceState,
  serviceTypeOf,
  type TrustedList,
} from '../model/trusted-list.ts';
import { readQualifications } from './list-qualifications.ts';
import { sha256 } from './register.ts';
import { elementsOf, readXml, textOf, type XmlElement, type XmlLimits } from './xml.ts';

/** The namespace of TS 119 612. */
const TSL = 'http://uri.etsi.org/02231/v2#';
const ADDITIONAL = 'http://uri.etsi.org/02231/v2/additionaltypes#';

/** The largest real lists have about a third of this, and about 10,000 elements for each million octets. */
export const LIST_LIMITS: XmlLimits = { octets: 40_000_000, depth: 100, elements: 500_000 };

/** A list that was read, or why it cannot be one, in a whole sentence. */
export type ReadList =
  | { list: TrustedList; root: XmlElement; instructions: boolean; problem?: undefined }
  | { list?: undefined; fault: 'doctype' | 'not-a-trusted-list' | 'version' | 'form' | 'xml'; problem: string; at: Point };

/** Thrown inside this reader only. */
export class ListFault extends Error {
  readonly fault: 'not-a-trusted-list' | 'version' | 'form';
  readonly at: Point;

  constructor(problem: string, { start }: XmlElement, fault: ListFault['fault'] = 'form') {
    super(problem);
    this.fault = fault;
    this.at = start;
  }
}

/** Reads a trusted list of TS 119 612, version 5 or 6, from its bytes. It says nothing of who made the list. Never throws for bad content. */
export function readTrustedList(content: Uint8Array): ReadList {
  const { root, problem, ...rest } = readXml(content, LIST_LIMITS);
  if (!root) return { fault: /document type/.test(problem ?? '') ? 'doctype' : 'xml', problem: problem ?? '', at: (rest as { at: Point }).at };
  try {
    return { list: readList(root), root, instructions: (rest as { instructions: boolean }).instructions };
  } catch (error) {
    if (!(error instanceof ListFault)) throw error;
    return { fault: error.fault, problem: error.message, at: error.at };
  }
}

const isTsl = ({ namespace, name }: XmlElement, local: string): boolean => namespace === TSL && name === local;
export const childrenOf = (parent: XmlElement | undefined, name: string): readonly XmlElement[] =>
  parent ? elementsOf(parent).filter((element) => isTsl(element, name)) : [];

/** The one child of a name, or none; two of what there is one of would let each reader take another. */
function optional(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  const [first, second] = childrenOf(parent, name);
  if (second) throw new ListFault(`${parent?.name} has more than one ${name}.`, second);
  return first;
}

function required(parent: XmlElement, name: string): XmlElement {
  const found = optional(parent, name);
  if (!found) throw new ListFault(`${parent.name} has no ${name}.`, parent);
  return found;
}

const wordsOf = (element: XmlElement): string => textOf(element).replace(/\s+/g, ' ').trim();
const textsOf = (parent: XmlElement | undefined, name: string): readonly string[] => childrenOf(parent, name).map(wordsOf);

function readInstantOf(element: XmlElement): Instant {
  const text = wordsOf(element);
  const instant = text.includes('T') ? parseInstant(text, 'UTC') : undefined;
  if (!instant) throw new ListFault(`${element.name} is no instant: "${text.slice(0, 50)}".`, element);
  return instant;
}

function readList(root: XmlElement): TrustedList {
  if (!isTsl(root, 'TrustServiceStatusList')) {
    throw new ListFault(`The outermost element is ${root.name.slice(0, 50)}, not the TrustServiceStatusList of TS 119 612.`, root, 'not-a-trusted-list');
  }
  const scheme = required(root, 'SchemeInformation');
  const remarks: ListRemark[] = [];
  const next = optional(optional(scheme, 'NextUpdate'), 'dateTime');
  return {
    version: readVersion(required(scheme, 'TSLVersionIdentifier')),
    sequence: readNumber(required(scheme, 'TSLSequenceNumber')),
    type: listTypeOf(wordsOf(required(scheme, 'TSLType'))),
    territory: wordsOf(required(scheme, 'SchemeTerritory')),
    operators: textsOf(optional(scheme, 'SchemeOperatorName'), 'Name'),
    schemeUris: textsOf(optional(scheme, 'SchemeInformationURI'), 'URI'),
    issued: readInstantOf(required(scheme, 'ListIssueDateTime')),
    ...(next && { nextUpdate: readInstantOf(next) }),
    pointers: childrenOf(optional(scheme, 'PointersToOtherTSL'), 'OtherTSLPointer').map(readPointer),
    providers: childrenOf(optional(root, 'TrustServiceProviderList'), 'TrustServiceProvider').map((provider) => readProvider(provider, remarks)),
    remarks,
  };
}

function readVersion(element: XmlElement): TrustedList['version'] {
  const version = LIST_VERSIONS.find((known) => String(known) === wordsOf(element));
  if (!version)
    throw new ListFault(`The list has version ${wordsOf(element).slice(0, 20)}; versions ${LIST_VERSIONS.join(' and ')} are read.`, element, 'version');
  return version;
}

function readNumber(element: XmlElement): number {
  const text = wordsOf(element);
  if (!/^\d{1,9}$/.test(text)) throw new ListFault(`${element.name} is no number: "${text.slice(0, 50)}".`, element);
  return Number(text);
}

function listTypeOf(uri: string): ListType {
  const name = uri.split('/').at(-1);
  return name === 'EUlistofthelists' || name === 'EUgeneric' ? name : 'other';
}

function readPointer(pointer: XmlElement): ListPointer {
  const information = childrenOf(optional(pointer, 'AdditionalInformation'), 'OtherInformation').flatMap(elementsOf);
  const find = (namespace: string, name: string) => information.find((element) => element.namespace === namespace && element.name === name);
  const [territory, type, mime] = [find(TSL, 'SchemeTerritory'), find(TSL, 'TSLType'), find(ADDITIONAL, 'MimeType')];
  const identities = childrenOf(optional(pointer, 'ServiceDigitalIdentities'), 'ServiceDigitalIdentity');
  return {
    location: wordsOf(required(pointer, 'TSLLocation')),
    territory: territory && wordsOf(territory),
    type: listTypeOf(type ? wordsOf(type) : ''),
    mimeType: mime && wordsOf(mime),
    signers: identities.flatMap((identity) => readIdentity(identity).certificates.map(({ der }) => der)),
    line: pointer.start.line,
  };
}

function readIdentity(identity: XmlElement | undefined): ServiceIdentity {
  const ids = childrenOf(identity, 'DigitalId');
  return {
    certificates: ids.flatMap((id) => childrenOf(id, 'X509Certificate').map((element) => withDigest(decodeBase64(element)))),
    subjectNames: ids.flatMap((id) => textsOf(id, 'X509SubjectName')),
    keyIdentifiers: ids.flatMap((id) => childrenOf(id, 'X509SKI').map((element) => Buffer.from(decodeBase64(element)).toString('hex'))),
  };
}

const withDigest = (der: Uint8Array) => ({ der, sha256: sha256(der) });

function decodeBase64(element: XmlElement): Uint8Array {
  const text = textOf(element).replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) throw new ListFault(`${element.name} is not written in base64.`, element);
  return Buffer.from(text, 'base64');
}

function readProvider(provider: XmlElement, remarks: ListRemark[]): ListedProvider {
  const information = required(provider, 'TSPInformation');
  return {
    names: textsOf(optional(information, 'TSPName'), 'Name'),
    tradeNames: textsOf(optional(information, 'TSPTradeName'), 'Name'),
    services: childrenOf(optional(provider, 'TSPServices'), 'TSPService').map((service) => readService(service, remarks)),
    line: provider.start.line,
  };
}

function readService(service: XmlElement, remarks: ListRemark[]): ListedService {
  const current = required(service, 'ServiceInformation');
  const history = childrenOf(optional(service, 'ServiceHistory'), 'ServiceHistoryInstance');
  const states = [current, ...history].map(readState);
  remarkOnOrder(states, remarks);
  return { identity: readIdentity(optional(current, 'ServiceDigitalIdentity')), states, line: service.start.line };
}

/** TS 119 615, 4.3: a history goes strictly back in time. Many real ones have equal times; rising ones cannot be followed. */
function remarkOnOrder(states: readonly ServiceState[], remarks: ListRemark[]): void {
  for (const [index, { start, line }] of states.entries()) {
    const before = states[index - 1];
    if (!before || before.start > start) continue;
    const equal = before.start === start;
    const message = equal
      ? `Two states of a service begin at ${start}; the first of them in the list counts.`
      : `The history of a service goes from ${before.start} forward to ${start}; it has to go back in time.`;
    remarks.push({ severity: equal ? 'warning' : 'error', message, line });
  }
}

function readState(element: XmlElement): ServiceState {
  const extensions = childrenOf(optional(element, 'ServiceInformationExtensions'), 'Extension');
  const contents = extensions.map((extension) => ({ extension, critical: isCritical(extension), parts: elementsOf(extension) }));
  return {
    type: serviceTypeOf(wordsOf(required(element, 'ServiceTypeIdentifier'))),
    names: textsOf(optional(element, 'ServiceName'), 'Name'),
    status: etsiNameOf(wordsOf(required(element, 'ServiceStatus'))),
    start: readInstantOf(required(element, 'StatusStartingTime')),
    uses: contents.flatMap(({ parts }) =>
      parts.filter((part) => isTsl(part, 'AdditionalServiceInformation')).map((part) => etsiNameOf(wordsOf(required(part, 'URI')))),
    ),
    qualifications: contents.flatMap(({ parts, critical }) => parts.flatMap((part) => readQualifications(part, critical))),
    unknownCritical: contents.flatMap(({ parts, critical }) =>
      critical ? parts.filter((part) => !isKnown(part)).map(({ namespace, name }) => `${name} (${namespace})`) : [],
    ),
    line: element.start.line,
  };
}

const isCritical = ({ attributes }: XmlElement): boolean => attributes.some(({ name, value }) => name === 'Critical' && /^(true|1)$/.test(value.trim()));

/** Extensions of TS 119 612, 5.5.9; some stand in other namespaces than the list's own. */
const KNOWN = new Set(['AdditionalServiceInformation', 'Qualifications', 'ExpiredCertsRevocationInfo', 'TakenOverBy']);
const isKnown = ({ name, namespace }: XmlElement): boolean => KNOWN.has(name) && namespace.startsWith('http://uri.etsi.org/');
