import { findExtension } from '../../src/model/certificate-extension.ts';
import { writeDistinguishedName } from '../../src/model/distinguished-name.ts';
import { readX509 } from '../../src/read/x509/x509.ts';
import type { Octets } from './der.ts';

/** What a trusted list says, as far as the lists of the example and of tests differ. */
export interface ListPlan {
  /** Identifier of the root. */
  readonly id: string;
  readonly version: number;
  readonly sequence: number;
  readonly type: 'EUgeneric' | 'EUlistofthelists';
  readonly territory: string;
  readonly operator: string;
  readonly schemeUris: readonly string[];
  readonly issued: string;
  /** Null closes the list. */
  readonly nextUpdate: string | null;
  readonly pointers: readonly PointerPlan[];
  readonly providers: readonly ProviderPlan[];
}

export interface PointerPlan {
  readonly location: string;
  readonly territory: string;
  readonly type: ListPlan['type'];
  readonly operator: string;
  readonly mimeType?: string;
  /** DER of the certificates that may sign the list. */
  readonly signers: readonly Octets[];
}

export interface ProviderPlan {
  readonly name: string;
  readonly tradeNames: readonly string[];
  readonly country: string;
  readonly site: string;
  readonly services: readonly ServicePlan[];
}

export interface ServicePlan {
  /** DER of the certificate that is the service's identity. */
  readonly certificate: Octets;
  /** `CA/QC`. */
  readonly type: string;
  readonly name: string;
  readonly supplyPoint?: string;
  /** The current one first, then the older ones. */
  readonly states: readonly StatePlan[];
}

export interface StatePlan {
  readonly status: string;
  readonly since: string;
  readonly uses: readonly string[];
  readonly qualifications?: readonly QualificationPlan[];
}

export interface QualificationPlan {
  readonly qualifiers: readonly string[];
  /** All of these policies. */
  readonly policies: readonly string[];
  readonly says: string;
}

const TSL = 'http://uri.etsi.org/02231/v2#';
const SERVICE_TYPES = 'http://uri.etsi.org/TrstSvc/Svctype/';
const LISTED = 'http://uri.etsi.org/TrstSvc/TrustedList';
const XML_FORM = 'application/vnd.etsi.tsl+xml';

const rulesOf = (type: ListPlan['type']): string => `${LISTED}/schemerules/${type === 'EUgeneric' ? 'EUcommon' : 'EUlistofthelists'}`;

type Lines = readonly string[];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] as string);
const element = (name: string, text: string | number): string => `<${name}>${escapeXml(String(text))}</${name}>`;
const english = (name: string, text: string): string => `<${name} xml:lang="en">${escapeXml(text)}</${name}>`;
const inside = (name: string, ...content: Lines): Lines => [`<${name}>`, ...content.map((line) => `  ${line}`), `</${name.split(' ')[0]}>`];
const toBase64 = (octets: Octets): string => Buffer.from(octets).toString('base64');

/** The text of a trusted list of TS 119 612 without a signature, indented by two, with an end of line at its end. */
export function writeList(plan: ListPlan): string {
  const root = [
    `<TrustServiceStatusList xmlns="${TSL}" xmlns:tslx="http://uri.etsi.org/02231/v2/additionaltypes#"`,
    ' xmlns:ecc="http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#" xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"',
    ` Id="${plan.id}" TSLTag="http://uri.etsi.org/19612/TSLTag">`,
  ].join('');
  const providers = plan.providers.length > 0 ? inside('TrustServiceProviderList', ...plan.providers.flatMap((provider) => writeProvider(provider, plan))) : [];
  const content = [...writeScheme(plan), ...providers].map((line) => `  ${line}`);
  return `${['<?xml version="1.0" encoding="UTF-8"?>', root, ...content, '</TrustServiceStatusList>'].join('\n')}\n`;
}

function writeScheme(plan: ListPlan): Lines {
  const { type, territory, operator } = plan;
  return inside(
    'SchemeInformation',
    element('TSLVersionIdentifier', plan.version),
    element('TSLSequenceNumber', plan.sequence),
    element('TSLType', `${LISTED}/TSLType/${type}`),
    ...inside('SchemeOperatorName', english('Name', operator)),
    ...writeAddress('SchemeOperatorAddress', territory === 'EU' ? 'BE' : territory, 'https://lists.example/'),
    ...inside('SchemeName', english('Name', `${territory}: a made-up list for an example; nobody may trust it`)),
    ...inside('SchemeInformationURI', ...plan.schemeUris.map((uri) => english('URI', uri))),
    element('StatusDeterminationApproach', `${LISTED}/StatusDetn/${type === 'EUgeneric' ? 'EUappropriate' : 'EUlistofthelists'}`),
    ...inside('SchemeTypeCommunityRules', english('URI', rulesOf(type))),
    element('SchemeTerritory', territory),
    ...inside('PolicyOrLegalNotice', english('TSLLegalNotice', 'This list is made up. It has no legal effect, and its keys are published.')),
    element('HistoricalInformationPeriod', 65535),
    ...(plan.pointers.length > 0 ? inside('PointersToOtherTSL', ...plan.pointers.flatMap(writePointer)) : []),
    element('ListIssueDateTime', plan.issued),
    ...(plan.nextUpdate === null ? ['<NextUpdate/>'] : inside('NextUpdate', element('dateTime', plan.nextUpdate))),
  );
}

function writeAddress(name: string, country: string, site: string): Lines {
  const postal = inside(
    'PostalAddress xml:lang="en"',
    element('StreetAddress', 'Musterstrasse 1'),
    element('Locality', 'Musterstadt'),
    element('CountryName', country),
  );
  return inside(name, ...inside('PostalAddresses', ...postal), ...inside('ElectronicAddress', english('URI', site)));
}

const writeIdentity = (...ids: Lines): Lines => inside('ServiceDigitalIdentity', ...ids.flatMap((id) => inside('DigitalId', id)));
const writeCertificate = (der: Octets): string => element('X509Certificate', toBase64(der));

function writePointer({ location, territory, type, operator, mimeType = XML_FORM, signers }: PointerPlan): Lines {
  const information: readonly Lines[] = [
    [element('TSLType', `${LISTED}/TSLType/${type}`)],
    inside('SchemeOperatorName', english('Name', operator)),
    inside('SchemeTypeCommunityRules', english('URI', rulesOf(type))),
    [element('SchemeTerritory', territory)],
    [element('tslx:MimeType', mimeType)],
  ];
  return inside(
    'OtherTSLPointer',
    ...inside('ServiceDigitalIdentities', ...signers.flatMap((signer) => writeIdentity(writeCertificate(signer)))),
    element('TSLLocation', location),
    ...inside('AdditionalInformation', ...information.flatMap((piece) => inside('OtherInformation', ...piece))),
  );
}

function writeProvider({ name, tradeNames, country, site, services }: ProviderPlan, { version }: ListPlan): Lines {
  return inside(
    'TrustServiceProvider',
    ...inside(
      'TSPInformation',
      ...inside('TSPName', english('Name', name)),
      ...inside('TSPTradeName', ...tradeNames.map((tradeName) => english('Name', tradeName))),
      ...writeAddress('TSPAddress', country, site),
      ...inside('TSPInformationURI', english('URI', site)),
    ),
    ...inside('TSPServices', ...services.flatMap((service) => writeService(service, version))),
  );
}

/** By what history instances name a service: they hold no certificate. */
function readSubject(certificate: Octets): { subject: string; keyIdentifier: string } {
  const facts = readX509(certificate, '').items[0]?.facts;
  if (facts?.kind !== 'certificate') throw new Error('The identity of a service has to be a certificate.');
  const identifier = findExtension(facts, 'subjectKeyIdentifier')?.value?.keyIdentifier ?? '';
  return { subject: writeDistinguishedName(facts.subject), keyIdentifier: toBase64(Buffer.from(identifier, 'hex')) };
}

function writeService(service: ServicePlan, version: number): Lines {
  const [current, ...history] = service.states;
  const { subject, keyIdentifier } = readSubject(service.certificate);
  const identity = writeIdentity(writeCertificate(service.certificate), element('X509SKI', keyIdentifier));
  const before = writeIdentity(element('X509SubjectName', subject), element('X509SKI', keyIdentifier));
  const point = version >= 6 ? `ServiceSupplyPoint type="${SERVICE_TYPES}Certstatus/OCSP"` : 'ServiceSupplyPoint';
  const supply = service.supplyPoint ? inside('ServiceSupplyPoints', `<${point}>${escapeXml(service.supplyPoint)}</ServiceSupplyPoint>`) : [];
  return inside(
    'TSPService',
    ...(current ? inside('ServiceInformation', ...writeState(service, current, identity, supply)) : []),
    ...(history.length > 0
      ? inside('ServiceHistory', ...history.flatMap((state) => inside('ServiceHistoryInstance', ...writeState(service, state, before, []))))
      : []),
  );
}

function writeState({ type, name }: ServicePlan, { status, since, uses, qualifications = [] }: StatePlan, identity: Lines, supply: Lines): Lines {
  const extensions = [
    ...uses.flatMap((use) => inside('Extension Critical="true"', ...inside('AdditionalServiceInformation', english('URI', `${LISTED}/SvcInfoExt/${use}`)))),
    ...(qualifications.length > 0 ? inside('Extension Critical="true"', ...inside('ecc:Qualifications', ...qualifications.flatMap(writeQualification))) : []),
  ];
  return [
    element('ServiceTypeIdentifier', `${SERVICE_TYPES}${type}`),
    ...inside('ServiceName', english('Name', name)),
    ...identity,
    element('ServiceStatus', `${LISTED}/Svcstatus/${status}`),
    element('StatusStartingTime', since),
    ...supply,
    ...(extensions.length > 0 ? inside('ServiceInformationExtensions', ...extensions) : []),
  ];
}

function writeQualification({ qualifiers, policies, says }: QualificationPlan): Lines {
  const identifier = (policy: string): Lines =>
    inside('ecc:PolicyIdentifier', `<xades:Identifier Qualifier="OIDAsURN">urn:oid:${escapeXml(policy)}</xades:Identifier>`);
  return inside(
    'ecc:QualificationElement',
    ...inside('ecc:Qualifiers', ...qualifiers.map((qualifier) => `<ecc:Qualifier uri="${LISTED}/SvcInfoExt/${escapeXml(qualifier)}"/>`)),
    ...inside('ecc:CriteriaList assert="all"', ...inside('ecc:PolicySet', ...policies.flatMap(identifier)), element('ecc:Description', says)),
  );
}
