import type { Base, Link } from './page.ts';

export type StatusVerdict = 'kept' | 'broken' | 'open' | 'not-promised';

/** A number with what is promised of it; both in words. */
export interface Measured {
  value: string;
  promised: string | undefined;
  /** The section that promises it, in the version that was in force. */
  stated: Link | undefined;
  verdict: StatusVerdict;
}

/** What was measured at one address in one month. */
export interface StatusRow {
  /** Id of its charts on the page. */
  id: string;
  month: string;
  service: 'crl' | 'ocsp';
  url: string;
  available: Measured;
  outage: Measured;
  /** From thisUpdate to nextUpdate, of the CRL or response that was valid for longest. */
  validity: Measured;
  /** Of a CRL: how old it became; of OCSP: the part of the answers that came in time. */
  freshness: Measured | undefined;
  response: Measured | undefined;
  measured: { count: number; failed: number; part: string };
}

/** The days of a row, as pictures and in words. */
export interface StatusCharts {
  row: StatusRow;
  /** SVG, with what it shows. */
  charts: readonly { title: string; svg: string }[];
  days: readonly { day: string; down: string; oldest: string; latency: string }[];
}

/** One place that says how certificates are treated that have expired. */
export interface ExpiryCell {
  source: 'practice' | 'text' | 'profile' | 'sample';
  name: string;
  seen: string;
  holds: boolean;
  differs: boolean;
  file: string;
}

export interface ExpiryTableRow {
  extension: string;
  agrees: boolean;
  /** In the order of their sources; the first is the one by which the others are judged. */
  cells: readonly ExpiryCell[];
}

/** What was measured of the status services, for assessors. */
export interface StatusPage extends Base {
  kind: 'status';
  /** The newest month first. */
  months: readonly { month: string; addresses: readonly StatusCharts[] }[];
  outages: readonly { from: string; to: string; ended: boolean; length: string; url: string; failures: number; at: string }[];
  breaches: readonly { message: string; seen: string; expected: string; at: string; severity: 'error' | 'warning' }[];
  /** Addresses of certificates that were not measured. */
  unmeasured: readonly string[];
  expiry: readonly ExpiryTableRow[];
  data: string;
}
