import { z } from 'zod';
import { CertificateLookupJson, CertificateStandardsJson } from '../model/certificate-lookup.ts';
import { inForce, readTimelines, stateOf, type Timeline, type VersionSpan } from '../model/in-force.ts';
import { InstantText } from '../model/instant-text.ts';
import { ListedAuthorities } from '../model/listed-authorities.ts';
import { MatrixJson } from '../model/matrix.ts';
import { PublishedTextJson } from '../model/published-text.ts';
import type { Instant } from '../model/time.ts';
import { Confirms, type Register, type RegisterEntry } from '../model/version.ts';
import { policiesOf, type Workspace } from '../model/workspace.ts';
import { CertificatesJson } from './certificates-json.ts';
import { NoticeJson } from './notice-json.ts';

/** Addresses that the interface writes: the site's own, absolute or below its base path. */
export interface Addresses {
  absolute(path: string): string;
  href(path: string): string;
}

const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256, 64 hexadecimal digits.');
const State = z
  .enum(['draft', 'not-yet-in-force', 'in-force', 'superseded', 'withdrawn', 'never-in-force'])
  .describe('At the time of the build; from and until say it for any instant.');

const common = {
  document: z.string().describe("The document's id."),
  published: InstantText.describe('When the fact became public.'),
  note: z.string().optional().describe('Where the facts of an adopted entry come from.'),
  previous: Digest.describe('Digest of the entry before; zeros for the first.'),
  digest: Digest.describe("Digest of this entry's lines in the register."),
};
const HeldFile = z.object({ path: z.string(), blob: z.string().optional(), sha256: Digest });
const Profiles = z.record(z.string(), HeldFile).describe('The declared profiles that the version states, by their ids.');
const RegisterJson = z.object({
  entries: z.array(
    z.union([
      z.object({
        kind: z.literal('version'),
        version: z.string(),
        effective: InstantText.describe('As registered, before any rescheduling.'),
        files: z.record(z.string(), HeldFile).describe('By language; empty for a version known by name only.'),
        profiles: Profiles.optional(),
        confirms: Confirms.optional().describe('The marks that its authors have read again against its text and the standards.'),
        ...common,
      }),
      z.object({ kind: z.literal('withdrawal'), withdrawn: InstantText, reason: z.string(), continuedBy: z.string().optional(), ...common }),
      z.object({ kind: z.literal('rescheduling'), version: z.string(), rescheduled: InstantText, reason: z.string(), ...common }),
      z.object({ kind: z.literal('erratum'), version: z.string(), erratum: z.number(), section: z.string().optional(), text: z.string(), ...common }),
      z.object({ kind: z.literal('declaration'), version: z.string(), profiles: Profiles, ...common }),
    ]),
  ),
});
const IntervalsJson = z.object({
  timeZone: z.string(),
  intervals: z
    .array(
      z.object({
        from: InstantText.describe('Belongs to the interval.'),
        until: InstantText.nullable().describe('Does not belong to it; null while nothing published ends it.'),
        url: z.url(),
        inForce: z.record(z.string(), z.string().nullable()).describe('Version by document id; null where none is in force.'),
      }),
    )
    .describe('Between two changes of what is in force, oldest first.'),
});
const DocumentJson = z.object({
  document: z.string(),
  versions: z.array(
    z.object({
      version: z.string(),
      url: z.url(),
      href: z.string(),
      state: State,
      published: InstantText,
      from: InstantText,
      until: InstantText.nullable(),
      held: z.boolean().describe('Whether the text is held; false for a version known by name only.'),
      errata: z.number(),
      policies: z.array(z.string()).describe('Policy OIDs that the text lists.'),
    }),
  ),
});
const InForceJson = z.object({
  timeZone: z.string(),
  base: z.string(),
  documents: z.record(z.string(), z.object({ title: z.string() })),
  register: z.object({ entries: RegisterJson.shape.entries }),
  policies: z.record(z.string(), z.array(z.string())).describe('Policy OIDs by "<document> <version>".'),
  intervals: z.array(z.object({ from: InstantText, href: z.string() })),
});
const PoliciesJson = z.object({
  policies: z.array(
    z.object({
      oid: z.string(),
      name: z.string(),
      url: z.url(),
      versions: z.array(
        z.object({ document: z.string(), version: z.string(), from: InstantText, until: InstantText.nullable(), conformsTo: z.string().optional() }),
      ),
    }),
  ),
});
const ManifestJson = z.object({ files: z.record(z.string(), Digest).describe('Digest of each file of the site by its path, without this one.') });

const schemas = {
  register: RegisterJson,
  intervals: IntervalsJson,
  document: DocumentJson,
  'in-force': InForceJson,
  'certificate-lookup': CertificateLookupJson,
  'certificate-standards': CertificateStandardsJson,
  policies: PoliciesJson,
  certificates: CertificatesJson,
  'trusted-lists': ListedAuthorities,
  notice: NoticeJson,
  text: PublishedTextJson,
  matrix: MatrixJson,
  manifest: ManifestJson,
};

/** What the site offers to machines: path, what it says, and the schema it keeps to. */
export const API_ANSWERS: readonly { path: string; says: string; schema?: keyof typeof schemas }[] = [
  {
    path: '/api/v1/register.json',
    says: 'The register: every version, withdrawal, rescheduling, erratum and declaration of profiles with its digest, in the order of the chain.',
    schema: 'register',
  },
  { path: '/api/v1/intervals.json', says: 'What was in force between any two changes.', schema: 'intervals' },
  { path: '/api/v1/in-force.json', says: 'All that is needed to answer what was in force at an instant, as the lookup of this site does.', schema: 'in-force' },
  {
    path: '/api/v1/certificate-lookup.json',
    says: 'What each version declares of its policies, with their profiles: beside the former, all that is needed to say which texts governed a certificate.',
    schema: 'certificate-lookup',
  },
  {
    path: '/api/v1/certificate-standards.json',
    says: 'What EN 319 412 and its companions ask of a certificate, in our own words and as checks.',
    schema: 'certificate-standards',
  },
  { path: '/api/v1/policies.json', says: 'Certificate policies by OID, with the versions that list them.', schema: 'policies' },
  { path: '/api/v1/certificates.json', says: 'CA certificates and CRLs with their addresses, policies and digests.', schema: 'certificates' },
  { path: '/api/v1/trusted-lists.json', says: 'What trusted lists say of these CAs, for asking them for a certificate.', schema: 'trusted-lists' },
  { path: '/notices.atom', says: 'Notices of new versions, withdrawals, changed dates and errata, newest first, as an Atom feed (RFC 4287).' },
  { path: '/notices.json', says: 'The same as a JSON Feed (version 1.1).' },
  { path: '/deadlines.ics', says: 'What is due when, as a calendar (RFC 5545).' },
  {
    path: '/requirements/matrix.json',
    says: 'Where the texts in force state each requirement that applies under their policies; no judgement whether it is fulfilled.',
    schema: 'matrix',
  },
  { path: '/requirements/matrix.csv', says: 'The same as a table (RFC 4180).' },
  { path: '/requirements/matrix.xlsx', says: 'The same as a workbook with a sheet for each standard.' },
  { path: '/api/v1/manifest.json', says: 'The SHA-256 digest of every file of this site.', schema: 'manifest' },
  { path: '/sitemap.xml', says: 'The canonical address of every page.' },
];

/** The JSON Schema of each answer, by its name. */
export function apiSchemas(absolute: Addresses['absolute']): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(schemas).map(([name, schema]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'output' });
      return [name, toText({ $schema, $id: absolute(`/api/v1/schemas/${name}.json`), ...rest })];
    }),
  );
}

/** `/api/v1/register.json`: the entries of the register with their digests. */
export const registerJson = (register: Register): string => toText({ entries: register.entries.map(plainEntry) });

/** An entry without the places that only findings need. */
function plainEntry({ start: _start, fields: _fields, ...entry }: RegisterEntry) {
  return entry;
}

/** `/api/v1/intervals.json`: what was in force between any two changes. */
export function intervalsJson(
  { register, config }: Workspace,
  intervals: readonly { name: string; from: Instant; until: Instant | undefined }[],
  { absolute }: Addresses,
): string {
  const documents = [...readTimelines(register).keys()];
  return toText({
    timeZone: config.timeZone,
    intervals: intervals.map(({ name, from, until }) => ({
      from,
      until: until ?? null,
      url: absolute(`/in-force/${name}/`),
      inForce: Object.fromEntries(documents.map((document) => [document, inForce(register, document, from).version?.entry.version ?? null])),
    })),
  });
}

/** `/api/v1/documents/<id>.json`: all versions of a document, newest first. */
export function documentJson(workspace: Workspace, timeline: Timeline, { absolute, href }: Addresses): string {
  return toText({
    document: timeline.document,
    versions: timeline.spans.toReversed().map((span) => ({
      version: span.entry.version,
      url: absolute(pathOf(span)),
      href: href(pathOf(span)),
      state: stateOf(span, workspace.now),
      published: span.entry.published,
      from: span.from,
      until: span.until ?? null,
      held: Object.keys(span.entry.files).length > 0,
      errata: span.errata.length,
      policies: policiesOf(workspace, span.entry).map((policy) => policy.oid),
    })),
  });
}

/** `/api/v1/in-force.json`: all that the lookup in the browser needs to answer for any instant. */
export function inForceJson(
  workspace: Workspace,
  titles: ReadonlyMap<string, string>,
  intervals: readonly { name: string; from: Instant }[],
  { href }: Addresses,
): string {
  const { register, config } = workspace;
  const versions = register.entries.filter((entry) => entry.kind === 'version');
  const listed = versions.map((entry) => [`${entry.document} ${entry.version}`, policiesOf(workspace, entry).map((policy) => policy.oid)] as const);
  return toText({
    timeZone: config.timeZone,
    base: href('/'),
    documents: Object.fromEntries([...titles].map(([id, title]) => [id, { title }])),
    register: { entries: register.entries.map(plainEntry) },
    policies: Object.fromEntries(listed.filter(([, oids]) => oids.length > 0)),
    intervals: intervals.map(({ name, from }) => ({ from, href: href(`/in-force/${name}/`) })),
  });
}

/** `/api/v1/policies.json`: the policies by OID, with the versions that list them. */
export function policiesJson(workspace: Workspace, { absolute }: Addresses): string {
  const found = new Map<string, { name: string; versions: object[] }>();
  for (const timeline of readTimelines(workspace.register).values()) {
    for (const span of timeline.spans) {
      for (const { oid, name, conformsTo } of policiesOf(workspace, span.entry)) {
        const known = found.get(oid) ?? { name, versions: [] };
        known.versions.push({
          document: timeline.document,
          version: span.entry.version,
          from: span.from,
          until: span.until ?? null,
          ...(conformsTo && { conformsTo }),
        });
        found.set(oid, known);
      }
    }
  }
  const policies = [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([oid, { name, versions }]) => ({ oid, name, url: absolute(`/policies/${oid}/`), versions }));
  return toText({ policies });
}

/** `/api/v1/manifest.json`: digests of all files of the site. */
export const manifestJson = (digests: ReadonlyMap<string, string>): string =>
  toText({ files: Object.fromEntries([...digests].sort(([a], [b]) => (a < b ? -1 : 1))) });

/** A TimeMap (RFC 7089, `application/link-format`): a memento for each version that was in force, dated by its effective instant. */
export function timeMap(timeline: Timeline, { absolute }: Addresses): string {
  const original = absolute(`/${timeline.document}/`);
  const mementos = timeline.spans.filter((span) => span.until !== span.from && Object.keys(span.entry.files).length > 0);
  const links = mementos.map((span, index) => {
    const rel = [index === 0 && 'first', index === mementos.length - 1 && 'last', 'memento'].filter(Boolean).join(' ');
    return `<${absolute(pathOf(span))}>; rel="${rel}"; datetime="${new Date(span.from).toUTCString()}"`;
  });
  return `${[`<${original}>; rel="original timegate"`, `<${absolute(`/${timeline.document}/timemap`)}>; rel="self"; type="application/link-format"`, ...links].join(',\n')}\n`;
}

/** `sitemap.xml`: the pages' canonical addresses, each once. */
export function sitemap(addresses: Iterable<string>): string {
  const urls = [...new Set(addresses)].sort().map((address) => `  <url><loc>${address.replaceAll('&', '&amp;')}</loc></url>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`;
}

const pathOf = ({ entry }: VersionSpan) => `/${entry.document}/${entry.version}/`;
const toText = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`;
