import { explainInForce } from '../model/answer.ts';
import type { CertificateStandards } from '../model/certificate-rule.ts';
import type { Deadline } from '../model/deadline.ts';
import { inForce } from '../model/in-force.ts';
import { boundProfiles } from '../model/profile-binding.ts';
import type { VersionFile } from '../model/version.ts';
import { apiSchemas, documentJson, inForceJson, intervalsJson, policiesJson, registerJson, sitemap, timeMap } from '../publish/api.ts';
import { certificateLookupJson, certificateStandardsJson } from '../publish/certificate-lookup.ts';
import { ASSESSOR_HEADERS, hostHeaders } from '../publish/headers.ts';
import { profilePath, publishedTextPath } from '../publish/published-text.ts';
import { TRUSTED_LISTS_JSON, trustedListsJson } from '../publish/trusted-lists-json.ts';
import type { OpenedRepository } from '../read/workspace.ts';
import { addProofs } from './add-proofs.ts';
import { listAssessorRoutes } from './assessor-routes.ts';
import { listCertificateRoutes } from './certificate-routes.ts';
import { listChangeRoutes } from './change-routes.ts';
import { type Chain, type ComparableText, type Comparisons, listChains } from './comparisons.ts';
import { readOwnListings } from './own-listings.ts';
import type { Page } from './page.ts';
import type { Matrices } from './prepare-matrix.ts';
import { listRequirementRoutes } from './requirement-routes.ts';
import type { SourceText } from './source-text.ts';
import { createContext, documentTitle, type SiteContext, versionLanguages } from './views/context.ts';
import { apiPage, historyPage, homePage, inForcePage, intervalPage, listIntervals, notFoundPage, searchPage } from './views/overviews.ts';
import { listPolicies, policiesPage, policyPage } from './views/policies.ts';
import { noTextPage, sourcePath, textPage } from './views/text.ts';

/** One file of the site. `path` is its address below the site's base path; a page's ends in `/`, or in `.html`. */
export type Route =
  /** A page, and the file whose text becomes its body, where it shows one. */
  | { path: string; page: Page; source?: SourceText }
  /** A file made here. */
  | { path: string; text: string }
  /** A file made only where it is not there yet: the same key gives the same text. */
  | { path: string; key: string; make: () => string | Uint8Array }
  /** A published file, byte for byte. */
  | { path: string; file: VersionFile }
  /** A text in its plain form, made from the file. */
  | { path: string; plain: ComparableText };

/** The site of a repository: its frame and every address, each once. */
export interface Site {
  context: SiteContext;
  chains: readonly Chain[];
  routes: readonly Route[];
}

/**
 * Every address of the site with the data that its page gets, in one table, apart from those that need the comparisons.
 * Nothing is rendered here.
 */
export function listRoutes({ workspace }: Pick<OpenedRepository, 'workspace'>): Site {
  const context = createContext(workspace);
  const chains = listChains(context);
  const intervals = listIntervals(context);
  const policies = listPolicies(context);
  const routes: Route[] = [
    page(homePage(context)),
    ...[...context.timelines.values()].flatMap((timeline) => documentRoutes(context, timeline)),
    page(inForcePage(context, intervals)),
    ...intervals.map((_, index) => page(intervalPage(context, intervals, index))),
    page(policiesPage(context, policies)),
    ...[...policies].map(([oid, rows]) => page(policyPage(context, oid, rows))),
    ...listCertificateRoutes(context),
    page(searchPage(context)),
    page(apiPage(context)),
    page(notFoundPage(context)),
    ...apiRoutes(context, intervals),
    ...chains.flatMap(({ texts }) =>
      texts.map((plain): Route => ({ path: publishedTextPath(plain.span.entry.document, plain.span.entry.version, plain.language), plain })),
    ),
  ];
  return { context, chains, routes };

  function page(data: Page): Route {
    return { path: pathOf(context, data), page: data };
  }
}

/** All addresses: those of the site, those that tell what changed, the requirement matrices, and the files that speak of all of them. */
export function completeRoutes(
  { context, chains, routes }: Site,
  comparisons: Comparisons,
  deadlines: readonly Deadline[],
  matrices: Matrices,
  standards: CertificateStandards,
): readonly Route[] {
  const proved = addProofs(context.workspace, matrices);
  const all = [
    ...routes,
    ...listChangeRoutes(context, chains, comparisons, deadlines),
    ...listRequirementRoutes(context, proved),
    ...listAssessorRoutes(context, proved.current),
  ];
  const addresses = all.flatMap((route) => ('page' in route && route.page.indexed ? [route.page.canonical] : []));
  return [
    ...all,
    { path: '/api/v1/certificate-standards.json', text: certificateStandardsJson(standards) },
    ...(context.frame.assessor
      ? [{ path: '/robots.txt', text: 'User-agent: *\nDisallow: /\n' }]
      : [
          { path: '/sitemap.xml', text: sitemap(addresses) },
          { path: '/robots.txt', text: `User-agent: *\nAllow: /\nSitemap: ${context.absolute('/sitemap.xml')}\n` },
        ]),
    { path: '/_headers', text: hostHeaders(context.href(''), context.frame.assessor ? ASSESSOR_HEADERS : {}) },
  ];
}

/** A page's path without the base path. */
const pathOf = (context: SiteContext, page: Page) => page.url.slice(context.href('').length);

function documentRoutes(context: SiteContext, timeline: Parameters<typeof historyPage>[1]): Route[] {
  const { workspace } = context;
  const { document } = timeline;
  const versions = timeline.spans.flatMap((span) => {
    const languages = versionLanguages(span.entry, workspace.config.languages);
    const pages = (languages.length > 0 ? languages : [undefined]).map((language) => textRoute(context, timeline, span, language, false));
    const files = languages.map((language): Route => {
      const file = span.entry.files[language] as VersionFile;
      return { path: sourcePath(document, span.entry.version, language, file), file };
    });
    const profiles = Object.entries(boundProfiles(workspace.register, span.entry)).map(([id, file]): Route => ({ path: profilePath(span.entry, id), file }));
    return [...pages, ...files, ...profiles];
  });
  return [
    ...currentRoutes(context, timeline),
    ...versions,
    { path: `/${document}/history/`, page: historyPage(context, timeline) },
    { path: `/${document}/timemap`, text: timeMap(timeline, context) },
    { path: `/api/v1/documents/${document}.json`, text: documentJson(workspace, timeline, context) },
  ];
}

/** The document's own address: the text in force, or why there is none. */
function currentRoutes(context: SiteContext, timeline: Parameters<typeof historyPage>[1]): Route[] {
  const { workspace } = context;
  const answer = inForce(workspace.register, timeline.document, workspace.now);
  const span = answer.version;
  if (!span) return [{ path: `/${timeline.document}/`, page: noTextPage(context, timeline, explainInForce(answer, workspace.config.timeZone)) }];
  const languages = versionLanguages(span.entry, workspace.config.languages);
  return (languages.length > 0 ? languages : [undefined]).map((language) => textRoute(context, timeline, span, language, true));
}

function textRoute(
  context: SiteContext,
  ...[timeline, span, language, atDocument]: Parameters<typeof textPage> extends [unknown, ...infer Rest] ? Rest : never
): Route {
  const { page, file } = textPage(context, timeline, span, language, atDocument);
  return { path: pathOf(context, page), page, ...(file && { source: file }) };
}

function apiRoutes(context: SiteContext, intervals: ReturnType<typeof listIntervals>): Route[] {
  const { workspace, timelines } = context;
  const listings = readOwnListings(workspace);
  const titles = new Map([...timelines.values()].map((timeline) => [timeline.document, documentTitle(workspace, timeline)]));
  return [
    { path: '/api/v1/register.json', text: registerJson(workspace.register) },
    { path: '/api/v1/intervals.json', text: intervalsJson(workspace, intervals, context) },
    { path: '/api/v1/in-force.json', text: inForceJson(workspace, titles, intervals, context) },
    { path: '/api/v1/certificate-lookup.json', text: certificateLookupJson(workspace) },
    { path: '/api/v1/policies.json', text: policiesJson(workspace, context) },
    ...(listings ? [{ path: TRUSTED_LISTS_JSON, text: trustedListsJson(listings) }] : []),
    ...[...apiSchemas(context.absolute)].map(([name, text]) => ({ path: `/api/v1/schemas/${name}.json`, text })),
  ];
}
