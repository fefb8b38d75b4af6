import { compareExpiry, type ExpiryPlace, readExpiryBehaviour } from '../../check/expiry-behaviour.ts';
import { findBreaches } from '../../check/status-breaches.ts';
import type { Promised } from '../../check/status-promises.ts';
import { type AddressReport, type JudgedSpan, lengthOf, reportStatus } from '../../check/status-report.ts';
import type { Place } from '../../model/finding.ts';
import { inForce } from '../../model/in-force.ts';
import { boundProfiles } from '../../model/profile-binding.ts';
import { availabilityOf, type Figures, latencyOf, type Outage, type SeenUpdate, shareWithin } from '../../model/status-measurement.ts';
import { localTime, toInstant } from '../../model/time.ts';
import type { DeclaredProfile, Workspace } from '../../model/workspace.ts';
import { STATUS_PATH } from '../assessor-pages.ts';
import type { ExpiryCell, ExpiryTableRow, Measured, StatusCharts, StatusPage, StatusRow } from '../status-page.ts';
import { statusStrings } from '../status-strings.ts';
import { pageBase, type SiteContext, sectionLink } from './context.ts';
import { drawStatusDays, writeDuration } from './status-days.ts';

const HOUR = 3_600_000;
export const STATUS_JSON = `${STATUS_PATH}status.json`;

/** What was measured of the status services, and what is said of certificates that have expired. */
export function statusPage(context: SiteContext): StatusPage {
  const { workspace, language } = context;
  const text = statusStrings(language);
  const { addresses, unmeasured } = reportStatus(workspace);
  const charts = addresses.flatMap((report) => report.months.map((month) => showMonth(context, report, month)));
  const months = [...Map.groupBy(charts, ({ row }) => row.month)].sort(([left], [right]) => (left < right ? 1 : -1));
  return {
    kind: 'status',
    ...pageBase(context, STATUS_PATH, text.title, text.description),
    indexed: false,
    months: months.map(([month, all]) => ({ month, addresses: all })),
    outages: addresses
      .flatMap((report) => report.outages.map((outage) => showOutage(context, report, outage)))
      .sort((left, right) => (left.from < right.from ? -1 : 1)),
    breaches: addresses.flatMap((report) =>
      [...findBreaches(report)].map(({ message, seen = '', expected = '', at, severity }) => ({
        ...{ message, seen, expected },
        at: writePlace(at),
        severity: severity === 'warning' ? ('warning' as const) : ('error' as const),
      })),
    ),
    unmeasured: unmeasured.map(({ url }) => url),
    expiry: listExpiry(workspace).map(({ extension, places, reference }) => showExpiry(extension, places, reference)),
    data: context.href(STATUS_JSON),
  };
}

const writePlace = ({ file, start, path }: Place): string => `${file}${start ? `:${start.line}` : path ? ` ${path}` : ''}`;

function showMonth(context: SiteContext, report: AddressReport, span: JudgedSpan): StatusCharts {
  const { figures } = span;
  const days = report.days.filter(({ from }) => from >= figures.from && from < figures.to);
  const row = showRow(context, report, span);
  return { row, ...drawStatusDays(context.language, report, span, days) };
}

function showRow(context: SiteContext, report: AddressReport, { figures, promises, availability, longest }: JudgedSpan): StatusRow {
  const { language } = context;
  const { service, url } = report.address;
  const percent = (share: number | undefined) => (share === undefined ? '–' : writePercent(share, language));
  const measured = (value: string, promised: Promised<{ section: string }> | undefined, limit: string, keeps: boolean): Measured => ({
    value,
    promised: promised && limit,
    stated: promised && sectionLink(context, `${promised.text} ${promised.section}`),
    verdict: promised ? (keeps ? 'kept' : 'broken') : 'not-promised',
  });
  const updates = report.updates.filter(({ first }) => first.at >= figures.from && first.at < figures.to);
  const validity = Math.max(0, ...updates.map(validityOf));
  const length = longest ? lengthOf(longest) : 0;
  const { outage, issuance, publication, response } = promises;
  const oldest = figures.oldest ?? 0;
  const ageLimit = issuance && (issuance.hours + (publication?.hours ?? 0)) * HOUR;
  const inTime = response && shareWithin(figures, response.within);
  return {
    id: `${service}-${url
      .replace(/^.*\/\//, '')
      .replace(/[^a-z0-9]+/gi, '-')
      .replace(/-$/, '')}-${figures.name}`,
    month: figures.name,
    service,
    url,
    available: {
      ...measured(percent(availabilityOf(figures)), promises.availability, percent(promises.availability?.share), true),
      verdict: availability,
    },
    outage: measured(writeDuration(length), outage, writeDuration((outage?.hours ?? 0) * HOUR), length <= (outage?.hours ?? 0) * HOUR),
    validity: measured(
      validity > 0 ? writeDuration(validity) : '–',
      promises.validity,
      writeDuration((promises.validity?.hours ?? 0) * HOUR),
      validity <= (promises.validity?.hours ?? 0) * HOUR,
    ),
    freshness:
      service === 'crl' ? measured(writeDuration(oldest), issuance, writeDuration(ageLimit ?? 0), oldest <= Math.max(ageLimit ?? 0, 60_000)) : undefined,
    response:
      service === 'ocsp' && response
        ? measured(`${percent(inTime)} ≤ ${response.within} ms`, response, percent(response.share), (inTime ?? 1) >= response.share)
        : undefined,
    measured: { count: figures.measured, failed: figures.failed, part: percent((figures.up + figures.down) / (figures.to - figures.from)) },
  };
}

/** The last CRL of a CA has no end. */
const validityOf = ({ thisUpdate, nextUpdate }: SeenUpdate): number =>
  nextUpdate === undefined || nextUpdate > Date.UTC(9999, 0) ? 0 : nextUpdate - thisUpdate;

/** Cut, so that what is not kept never looks kept. */
const writePercent = (share: number, language: string): string =>
  `${new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 2, roundingMode: 'floor' } as Intl.NumberFormatOptions).format(share * 100 + 1e-9)}\u00A0%`;

function showOutage({ workspace }: SiteContext, { address }: AddressReport, outage: Outage): StatusPage['outages'][number] {
  const time = (at: number) => localTime(toInstant(new Date(at)), workspace.config.timeZone);
  const { file, line } = outage.first;
  return {
    from: time(outage.from),
    to: time(outage.to),
    ended: outage.ended,
    length: writeDuration(lengthOf(outage)),
    url: address.url,
    failures: outage.failures,
    at: `${file}:${line}`,
  };
}

/** The texts and profiles in force now, the declared practices and the samples. */
function listExpiry(workspace: Workspace) {
  const now = Date.parse(workspace.now);
  const texts = (workspace.status?.texts ?? []).filter(({ from, until }) => from <= now && now < until);
  const profiles = new Map<string, DeclaredProfile>();
  for (const { id } of texts) {
    const entry = inForce(workspace.register, id, workspace.now).version?.entry;
    for (const { sha256 } of entry ? Object.values(boundProfiles(workspace.register, entry)) : []) {
      const profile = workspace.boundProfiles.get(sha256);
      if (profile) profiles.set(sha256, profile);
    }
  }
  return readExpiryBehaviour(workspace, texts, [...profiles.values()]).map((row) => ({ ...row, ...compareExpiry(row) }));
}

function showExpiry(extension: string, places: readonly ExpiryPlace[], reference: ExpiryPlace | undefined): ExpiryTableRow {
  const cells: ExpiryCell[] = places.map(({ source, name, seen, holds, at }) => ({
    ...{ source, name, seen, holds },
    differs: holds !== reference?.holds,
    file: writePlace(at),
  }));
  // CP and CPS can state one profile, each in the state that it had.
  const distinct = [...new Map(cells.map((cell) => [JSON.stringify(cell), cell])).values()];
  return { extension, agrees: cells.every(({ differs }) => !differs), cells: distinct };
}

/** The figures for programs: times in milliseconds. */
export function statusJson({ workspace }: SiteContext): string {
  const { addresses, unmeasured } = reportStatus(workspace);
  const figuresOf = ({ name, from, to, measured, failed, up, down, oldest, latencies }: Figures) => ({
    ...{ name, from: toInstant(new Date(from)), to: toInstant(new Date(to)), measured, failed, up, down, oldest },
    latency95: latencies.length > 0 ? latencyOf({ latencies }, 0.95) : undefined,
  });
  const list = addresses.map(({ address: { service, url }, months, days, outages }) => ({
    ...{ service, url },
    months: months.map(({ figures, promises, availability }) => ({
      ...figuresOf(figures),
      availability: { verdict: availability, promised: promises.availability?.share, where: promises.availability?.where },
    })),
    days: days.map(figuresOf),
    outages: outages.map(({ from, to, ended, failures }) => ({ from: toInstant(new Date(from)), to: toInstant(new Date(to)), ended, failures })),
  }));
  return `${JSON.stringify({ provider: workspace.config.name, addresses: list, unmeasured: unmeasured.map(({ service, url }) => ({ service, url })) }, null, 1)}\n`;
}
