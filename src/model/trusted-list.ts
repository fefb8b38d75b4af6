import type { Instant } from './time.ts';
import type { Sha256 } from './version.ts';

/** Versions of TSLVersionIdentifier that are read (TS 119 612); any other is refused. */
export const LIST_VERSIONS = [5, 6] as const;

/** What lists are for: the Commission's list of the lists, and those of the Member States and other countries. */
export type ListType = 'EUlistofthelists' | 'EUgeneric' | 'other';

/** A trusted list (TS 119 612) as far as it is needed to find services and other lists. Lines are those of the XML file. */
export interface TrustedList {
  version: (typeof LIST_VERSIONS)[number];
  sequence: number;
  type: ListType;
  /** As the list spells it: Greece is EL, the United Kingdom UK. */
  territory: string;
  operators: readonly string[];
  /** Addresses about the scheme, in their order; of a list of the lists the pivots and the Official Journal among them. */
  schemeUris: readonly string[];
  issued: Instant;
  /** Absent for a list that was closed. */
  nextUpdate?: Instant;
  pointers: readonly ListPointer[];
  providers: readonly ListedProvider[];
  /** What a reader of the list should know of it, as histories out of order. */
  remarks: readonly ListRemark[];
}

/** Something odd in a list that was read all the same; an error makes the service that it is about unusable. */
export interface ListRemark {
  severity: 'error' | 'warning';
  message: string;
  line: number;
}

/** Where another list is, and whose signatures it bears. */
export interface ListPointer {
  location: string;
  territory: string | undefined;
  type: ListType;
  mimeType: string | undefined;
  /** DER of the certificates that may sign it. */
  signers: readonly Uint8Array[];
  line: number;
}

/** A trust service provider. */
export interface ListedProvider {
  names: readonly string[];
  tradeNames: readonly string[];
  services: readonly ListedService[];
  line: number;
}

/** By what a service is known: its service digital identity. */
export interface ServiceIdentity {
  certificates: readonly { der: Uint8Array; sha256: Sha256 }[];
  subjectNames: readonly string[];
  /** Hexadecimal. */
  keyIdentifiers: readonly string[];
}

/** A service with its states, the current one first, then its history newest first. */
export interface ListedService {
  identity: ServiceIdentity;
  states: readonly ServiceState[];
  line: number;
}

/** What a list says of a service from an instant on, until the state before it in the list begins. */
export interface ServiceState {
  /** `CA/QC`, `TSA/QTST`: without the address before it; an address of another kind stays whole. */
  type: string;
  names: readonly string[];
  /** `granted`, `withdrawn`. */
  status: string;
  start: Instant;
  /** Additional service information: `ForeSignatures`, `RootCA-QC`. */
  uses: readonly string[];
  qualifications: readonly Qualification[];
  /** Extensions that are critical and that nobody here knows. */
  unknownCritical: readonly string[];
  line: number;
}

/** Qualifiers, and the certificates for which they hold. */
export interface Qualification {
  /** `QCWithQSCD`; one that is not of TS 119 612 stays whole. */
  qualifiers: readonly string[];
  /** Whether the extension in which it stands is critical. */
  critical: boolean;
  criteria: CriteriaList;
  line: number;
}

export interface CriteriaList {
  kind: 'list';
  assert: 'all' | 'atLeastOne' | 'none';
  criteria: readonly Criterion[];
}

/** What a certificate must have for qualifiers to hold. Within one criterion everything must hold. */
export type Criterion =
  | CriteriaList
  | { kind: 'keyUsage'; bits: readonly { name: string; value: boolean }[] }
  | { kind: 'policies'; oids: readonly string[] }
  | { kind: 'extendedKeyUsage'; oids: readonly string[] }
  | { kind: 'subjectAttributes'; oids: readonly string[] }
  | { kind: 'qcStatements'; oids: readonly string[] }
  /** One that TS 119 612 does not have. */
  | { kind: 'unknown'; name: string };

const SERVICE_TYPES = 'http://uri.etsi.org/TrstSvc/Svctype/';

/** `CA/QC` for its address; an address of another kind as it is. */
export const serviceTypeOf = (uri: string): string => (uri.startsWith(SERVICE_TYPES) ? uri.slice(SERVICE_TYPES.length) : uri);

/** The last part of an address of ETSI, as `granted` or `QCWithQSCD`; any other address as it is. */
export const etsiNameOf = (uri: string): string => (/^https?:\/\/uri\.etsi\.org\/TrstSvc\//.test(uri) ? (uri.split('/').at(-1) as string) : uri);

/** A state with its end: the start of the state before it in the list; the current one has none. */
export interface TimedState {
  state: ServiceState;
  until: Instant | undefined;
}

/** The state of a service at an instant: the first, newest first, that had begun. Undefined while it was not yet listed. */
export function stateAt({ states }: Pick<ListedService, 'states'>, at: Instant): TimedState | undefined {
  const index = states.findIndex(({ start }) => start <= at);
  const state = states[index];
  return state && { state, until: states[index - 1]?.start };
}
