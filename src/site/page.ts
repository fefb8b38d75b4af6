/**
 * What each kind of page of the site is given. `site/routes` computes all of it; the `.astro` files only print it, so
 * that a page is a function of this data and can be kept while the data stays the same. Every `href` is complete, with
 * the site's base path.
 */
import type { State } from '../model/in-force.ts';
import type { AssessorPage } from './assessor-page.ts';
import type { CertificatesPage } from './certificates-page.ts';
import type { ChangesPage, NoticesPage } from './change-page.ts';
import type { ComparePage } from './compare-page.ts';
import type { DraftPage, DraftsPage } from './draft-page.ts';
import type { PoliciesPage, PolicyPage } from './policy-page.ts';
import type { RequirementListPage, RequirementsPage, VersionRequirementsPage } from './requirement-page.ts';
import type { SectionPage, SectionsPage } from './section-page.ts';

export type { ProofState } from '../model/evidence.ts';
export * from './assessor-page.ts';
export { certificateStrings } from './certificate-strings.ts';
export type * from './certificates-page.ts';
export type { ChangesPage, ComparedRow, NoticeRow, NoticesPage } from './change-page.ts';
export type { ComparableVersion, ComparePage } from './compare-page.ts';
export type { DraftPage, DraftsPage, FindingRow } from './draft-page.ts';
export type * from './policy-page.ts';
export type * from './requirement-page.ts';
export type { SectionHappening, SectionLineage, SectionPage, SectionRow, SectionsPage, SectionsRow } from './section-page.ts';
export { fillSentence, type SentencePart } from './sentence.ts';
export { columnOf, type Strings, strings } from './strings.ts';
export type * from './trusted-list-page.ts';
export type { State };

/** A time for people and for machines: `text` in the provider's time zone, a date where it is midnight there. */
export interface When {
  instant: string;
  text: string;
}

export interface Link {
  href: string;
  label: string;
}

/** What every page of a site has around it. */
export interface Frame {
  provider: string;
  /** Address of the home page. */
  home: string;
  timeZone: string;
  /** One link for each document, in alphabetical order of their ids; `short` is what the navigation shows. */
  documents: readonly (Link & { short: string })[];
  inForce: string;
  policies: string;
  /** Undefined where no CA certificate is in the repository. */
  certificates: string | undefined;
  notices: string;
  /** Undefined where no text ever listed a policy that conforms to one of a standard. */
  requirements: string | undefined;
  search: string;
  api: string;
  /** Pages that are for assessors alone; undefined where the site is for everybody. */
  assessor?: readonly Link[];
}

export interface Base {
  /** Path of the page with the site's base path. */
  url: string;
  /** Absolute address that search engines and citations should use. */
  canonical: string;
  /** Language of the interface and of the text. */
  language: string;
  title: string;
  description: string;
  /** Link relations for the head, RFC 5829 and RFC 7089: `latest-version`, `predecessor-version`, `timemap`, `alternate`, … */
  relations: readonly { rel: string; href: string; type?: string; hreflang?: string }[];
  /** Whether search engines and the site's own search should take the page in. */
  indexed: boolean;
}

export interface ContentsEntry {
  number: string;
  title: string;
  anchor: string;
  children: readonly ContentsEntry[];
}

export interface VersionRow {
  version: string;
  href: string;
  state: State;
  published: When;
  from: When;
  until: When | undefined;
  /** False for a version that is known by name only. */
  held: boolean;
  changes: string | undefined;
  languages: readonly Link[];
  errata: number;
  note: string | undefined;
  /** What it changed. */
  notice: string;
}

export interface PolicyRow {
  oid: string;
  href: string;
  name: string;
  conformsTo: string | undefined;
  /** Section with the EU-qualified statement, linked where the text has it. */
  qualified: Link | undefined;
  qscd: { required: boolean; managedBy: 'subject' | 'tsp' | undefined; statement: Link | undefined } | undefined;
}

/** One version of a document, at its own address or (where `atDocument`) at the document's, while it is in force. */
export interface TextPage extends Base {
  kind: 'text';
  document: { id: string; title: string; type: string; href: string };
  version: string;
  atDocument: boolean;
  permanent: string;
  state: State;
  from: When;
  until: When | undefined;
  published: When;
  approved: { on: string; by: string } | undefined;
  changes: string | undefined;
  note: string | undefined;
  reschedulings: readonly { from: When; to: When; published: When; reason: string }[];
  errata: readonly { number: number; section: Link | undefined; text: string; published: When }[];
  previous: (Link & { from: When }) | undefined;
  next: (Link & { from: When }) | undefined;
  withdrawn: { at: When; reason: string; continuedBy: Link | undefined } | undefined;
  languages: readonly (Link & { language: string; current: boolean })[];
  files: readonly (Link & { language: string; sha256: string; blob: string | undefined; type: 'markdown' | 'pdf' | 'other' })[];
  policies: readonly PolicyRow[];
  /** The profiles that it states, with their files. */
  profiles: readonly Link[];
  /** What this version changed, and any two versions side by side. */
  notice: string;
  compare: string;
  /** Where it states what the standards ask; undefined where it has no marks. */
  requirements: string | undefined;
  history: string;
  timemap: string;
  /** JSON with all versions of the document, for the version switcher. */
  versions: string;
  /** The text as HTML with anchors by section number; undefined where it is kept as a file, or not held. */
  body: { html: string; contents: readonly ContentsEntry[] } | undefined;
}

/** A document's address while none of its versions is in force. */
export interface NoTextPage extends Base {
  kind: 'no-text';
  document: { id: string; title: string; type: string; href: string };
  reason: string;
  continuedBy: Link | undefined;
  next: (Link & { from: When }) | undefined;
  history: string;
}

export interface HistoryPage extends Base {
  kind: 'history';
  document: { id: string; title: string; type: string; href: string };
  /** Newest first. */
  versions: readonly VersionRow[];
  withdrawals: readonly { at: When; reason: string; continuedBy: Link | undefined }[];
  /** Profiles that were declared for a version when it was registered already, newest first. */
  declarations: readonly { published: When; version: Link; profiles: readonly Link[]; note: string | undefined }[];
  /** SVG, drawn to scale. */
  timeline: string;
  timemap: string;
  compare: string;
  /** One section through all versions; undefined where no text can be compared. */
  sections: string | undefined;
}

/** One document at one instant. */
export interface InForceRow {
  document: string;
  title: string;
  type: string;
  href: string;
  version: (Link & { from: When; until: When | undefined; held: boolean }) | undefined;
  next: (Link & { from: When }) | undefined;
  /** A sentence; why there is no version in force, where there is none. */
  explanation: string;
}

export interface HomePage extends Base {
  kind: 'home';
  inForce: readonly InForceRow[];
  /** Latest publications first: versions, withdrawals, reschedulings and errata. */
  latest: readonly { published: When; text: string; link: Link }[];
  /** When what is in force changes next, as far as published. */
  nextChange: When | undefined;
  /** JSON for the lookup in the browser. */
  data: string;
  certificates: readonly Link[];
}

export interface InForcePage extends Base {
  kind: 'in-force';
  /** By year, newest first. */
  years: readonly { year: string; intervals: readonly (Link & { from: When; until: When | undefined; versions: string })[] }[];
  data: string;
  /** JSON for the lookup by certificate: what is in force when, what versions declare, what the standards ask, and what trusted lists say where services are declared. */
  certificate: { inForce: string; declared: string; standards: string; lists: string | undefined };
}

export interface IntervalPage extends Base {
  kind: 'interval';
  from: When;
  until: When | undefined;
  rows: readonly InForceRow[];
  previous: Link | undefined;
  next: Link | undefined;
}

export interface SearchPage extends Base {
  kind: 'search';
  /** Path of the Pagefind bundle over what is in force. */
  bundle: string;
  /** Bundles over older versions, merged in when the visitor asks for them. */
  history: string;
}

/** What the site offers to machines. */
export interface ApiPage extends Base {
  kind: 'api';
  answers: readonly { address: Link; says: string; schema: Link | undefined }[];
}

export interface NotFoundPage extends Base {
  kind: 'not-found';
}

export type Page =
  | AssessorPage
  | ApiPage
  | DraftPage
  | DraftsPage
  | TextPage
  | NoTextPage
  | HistoryPage
  | HomePage
  | InForcePage
  | IntervalPage
  | CertificatesPage
  | PoliciesPage
  | PolicyPage
  | SearchPage
  | SectionPage
  | SectionsPage
  | ComparePage
  | ChangesPage
  | NoticesPage
  | RequirementsPage
  | RequirementListPage
  | VersionRequirementsPage
  | NotFoundPage;

/** The kinds of page; each has the `.astro` file of its name in `pages/`. */
export const PAGE_KINDS = [
  'home',
  'text',
  'no-text',
  'history',
  'section',
  'sections',
  'in-force',
  'interval',
  'certificates',
  'policies',
  'policy',
  'search',
  'compare',
  'changes',
  'notices',
  'requirements',
  'requirement-list',
  'evidence',
  'precedence',
  'status',
  'devices',
  'identity',
  'responsibilities',
  'version-requirements',
  'not-found',
  'draft',
  'drafts',
  'api',
] as const satisfies readonly Page['kind'][];

/** Path under which each kind of page has its route in the compiled templates; never published. */
export const PAGE_ROUTE = '-cartulary';
