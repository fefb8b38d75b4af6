import type { MethodKind } from '../model/identity.ts';
import type { MatrixState } from '../model/matrix-state.ts';
import type { DeviceManager } from '../model/qscd.ts';
import type { Party, Requirement } from '../model/requirement.ts';
import type { Base, Link } from './page.ts';

/** A requirement with what each party does for it, and where it is stated now. */
export interface ShareRow {
  /** Unique on the page. */
  anchor: string;
  requirement: Link;
  kind: Requirement['kind'];
  summary: string;
  parties: readonly { who: Party; does: readonly string[] }[];
  state: MatrixState | undefined;
  stated: readonly Link[];
}

/** Who has to do what under one policy, for assessors. */
export interface ResponsibilitiesPage extends Base {
  kind: 'responsibilities';
  oid: string;
  policy: Link;
  conformsTo: string | undefined;
  /** Undefined where no device is declared for the policy. */
  manager: { who: DeviceManager; name: string | undefined; devices: readonly Link[] } | undefined;
  /** How many requirements each party has a share in. */
  counts: readonly { who: Party; count: number }[];
  /** What follows from who manages the device; empty without a declared one. */
  managed: readonly { anchor: string; requirement: Link; summary: string; applies: boolean; managers: readonly DeviceManager[]; stated: readonly Link[] }[];
  /** In which more than the provider has a share, by standard. */
  shared: readonly { id: string; standard: string; rows: readonly ShareRow[] }[];
  /** Those of the provider alone, by standard. */
  alone: readonly { id: string; standard: string; rows: readonly ShareRow[] }[];
  data: string;
}

export interface CertificationRow {
  certificate: string;
  body: string;
  standards: readonly string[];
  from: string;
  to: string;
  endedOn: string | undefined;
  /** What it is on the day of the page. */
  state: 'to-come' | 'valid' | 'ended' | 'revoked';
}

/** The qualified devices with their certifications, and who manages them for which policy. */
export interface DevicesPage extends Base {
  kind: 'devices';
  policies: readonly {
    policy: Link;
    oid: string;
    profile: string | undefined;
    manager: DeviceManager;
    managerName: string | undefined;
    keyImport: boolean | undefined;
    keyTransfer: boolean | undefined;
    responsibilities: string | undefined;
    uses: readonly { device: Link; from: string; to: string | undefined; until: string | undefined }[];
  }[];
  devices: readonly {
    anchor: string;
    name: string;
    maker: string;
    form: 'held' | 'remote';
    operatedUnder: readonly string[];
    controlLevel: string | undefined;
    certifications: readonly CertificationRow[];
  }[];
  data: string;
}

/** How persons and organisations are identified for certificates of each policy. */
export interface IdentityPage extends Base {
  kind: 'identity';
  methods: readonly {
    anchor: string;
    title: string;
    method: MethodKind;
    steps: string;
    useCase: string | undefined;
    level: string | undefined;
    accepts: readonly string[];
    records: readonly string[];
    kept: string;
    from: string;
    to: string | undefined;
    confirmed: { by: string; on: string; report: string | undefined } | undefined;
    policies: readonly Link[];
  }[];
  policies: readonly {
    policy: Link;
    oid: string;
    methods: readonly Link[];
    organisation: readonly string[];
    validFor: string | undefined;
    mostCertificates: string | undefined;
    domainMethods: readonly string[];
    choice: readonly { subscriber: 'natural' | 'legal'; route: Link | undefined; also: readonly string[] }[];
    stated: readonly Link[];
  }[];
  data: string;
}
