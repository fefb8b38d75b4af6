import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { publicationErrors, runCheck } from '../check/run.ts';
import { nextChange } from '../model/in-force.ts';
import type { PlainText } from '../model/plain-text.ts';
import { boundProfiles } from '../model/profile-binding.ts';
import { type Instant, localTime, toInstant } from '../model/time.ts';
import type { Sha256, VersionEntry, VersionFile } from '../model/version.ts';
import type { Audience, Workspace } from '../model/workspace.ts';
import { manifestJson } from '../publish/api.ts';
import { publishedTextJson, publishedTextPath } from '../publish/published-text.ts';
import { CACHE_FOLDER } from '../read/cache.ts';
import { sha256 } from '../read/register.ts';
import { type OpenedRepository, openWorkspace } from '../read/workspace.ts';
import { ASSESSORS_ONLY } from './assessor-routes.ts';
import { type Bundle, bundleStamp, compileBundle, loadBundle } from './bundle.ts';
import { type ComparableText, ComparisonError, type Comparisons } from './comparisons.ts';
import { type Output, openOutput } from './output.ts';
import type { Page, SectionRow } from './page.ts';
import { type ChangesOptions, prepareChanges } from './prepare-changes.ts';
import type { Matrices } from './prepare-matrix.ts';
import { listRoutes, type Route, type Site } from './routes.ts';
import { buildIndex, closeSearch, listIndexes, type SearchIndex } from './search.ts';
import type { SourceText } from './source-text.ts';
import { createTexts, openTextCache, openThread, type Texts } from './texts.ts';
import type { SiteContext } from './views/context.ts';
import { versionRequirements } from './views/version-requirements.ts';

export interface PublishOptions {
  /** The provider's repository. */
  root: string;
  /** Where the site is written; emptied where something else made it. */
  folder: string;
  /** The instant for which states are computed; now by default. */
  now?: Instant;
  /** The templates were compiled just now. */
  compiled?: boolean;
  /** For assessors the site holds what is not published, in a folder of its own. */
  audience?: Audience;
  /** The folder of the evidence index, where it is kept outside the repository. */
  evidence?: string;
}

export interface PublishResult {
  published: boolean;
  /** What happened, for people. */
  messages: readonly string[];
}

/** A route that is a page. */
export type PageRoute = Extract<Route, { page: unknown }>;

/** Files that are read at once. */
const BATCH = 24;

/**
 * Publishes a repository as static files. What an earlier build made of the same data is kept; Astro runs only when a
 * template changed, beside the rendering of the texts. Refuses where the register or its bytes cannot be trusted.
 */
export async function publishRepository(options: PublishOptions): Promise<PublishResult> {
  const { root, folder, now = toInstant(new Date()), compiled = false, audience = 'public', evidence } = options;
  const refusal = refuseFolder(folder, audience);
  if (refusal) return { published: false, messages: [refusal] };
  const opened = await openWorkspace(pathToFileURL(`${root}/`), { now, purpose: 'publish', audience, ...(evidence !== undefined && { evidence }) });
  // What earlier builds noted is trusted, so it must be this machine's own, never a part of somebody's change.
  if (await opened.git?.isTracked(CACHE_FOLDER)) {
    return {
      published: false,
      messages: [`Nothing was published: ${CACHE_FOLDER}/ is committed, but belongs to one machine only.`, `  git rm -r --cached ${CACHE_FOLDER}`],
    };
  }
  const errors = publicationErrors(runCheck(opened.workspace));
  if (errors.length > 0) {
    const reasons = errors.map(
      (error) => `${error.at.file}${error.at.start ? `:${error.at.start.line}` : ''}: ${error.message}${error.advice ? `\n  ${error.advice}` : ''}`,
    );
    return { published: false, messages: ['Nothing was published:', ...reasons] };
  }
  const thread = openThread();
  // A new text is going to be rendered: the thread gets ready while the site is laid out.
  if (opened.grown) thread.start();
  const stamp = bundleStamp(root, opened.workspace.config.site);
  const compiling = compiled ? Promise.resolve() : compileBundle(root, stamp);
  // The error is handled where it is awaited; until then it must not end the process.
  compiling.catch(() => undefined);
  const site = listRoutes(opened);
  const output = openOutput(folder, join(root, audience === 'public' ? '.cartulary/output.json' : '.cartulary/output-assessor.json'));
  const frameKey = JSON.stringify(site.context.frame);
  const stale = findStale(site.routes, frameKey, output, stamp);
  const { indexes, history } = findStaleIndexes(site, output);
  const sources = stale.flatMap(({ route }) => route.source ?? []);
  const texts = createTexts(
    opened,
    [...indexes.flatMap((index) => index.texts.flatMap(({ before, file }) => (before ? [before, file] : [file]))), ...sources],
    new Set(sources.map(({ key }) => key)),
    openTextCache(join(root, '.cartulary/texts'), stamp),
    thread,
  );
  try {
    const { comparisons, matrices, routes } = await prepareChanges(opened, site, { root, stamp, ...plainFiles(opened, output, stamp) });
    const pages = [...stale, ...findStale(routes.slice(site.routes.length), frameKey, output, stamp)];
    writeText(output, '/pagefind/history.json', history);
    const searching = writeIndexes(indexes, texts, output);
    searching.catch(() => undefined);
    await writeFiles(routes, opened, output, stamp);
    await compiling;
    const { frame } = site.context;
    await writeAssets(() => loadBundle(root, frame.home), output, stamp);
    if (pages.length > 0) await writePages(pages, { context: site.context, texts, comparisons, matrices }, await loadBundle(root, frame.home), frame, output);
    await searching;
  } catch (error) {
    if (!(error instanceof ComparisonError)) throw error;
    output.abandon();
    return { published: false, messages: ['Nothing was published:', error.message] };
  } finally {
    await texts.close();
  }
  const manifest = manifestJson(output.digests());
  writeText(output, '/api/v1/manifest.json', manifest);
  const { written, kept, removed } = output.finish();
  return { published: true, messages: [`${written} files written, ${kept} unchanged, ${removed} removed in ${folder}.`, dueMessage(opened, now)] };
}

/** What is for assessors never goes where the public site is, nor the other way round: one of them would be given away, or emptied. */
function refuseFolder(folder: string, audience: Audience): string | undefined {
  const isAssessors = existsSync(join(folder, ASSESSORS_ONLY));
  if (audience === 'public' && isAssessors) return `Nothing was published: ${folder} holds a site for assessors. Name another folder with --out, or remove it.`;
  if (audience === 'assessor' && !isAssessors && existsSync(join(folder, 'api/v1/manifest.json')))
    return `Nothing was published: ${folder} holds a site for the public. Name another folder with --out: what assessors see must not get there.`;
  return undefined;
}

function dueMessage({ workspace: { register, config } }: OpenedRepository, now: Instant): string {
  const next = nextChange(register, now);
  return next
    ? `What is in force changes next on ${localTime(next, config.timeZone)} (${config.timeZone}): build again at ${next}.`
    : 'Nothing published changes what is in force: no build is due until the next registration.';
}

function writeText(output: Output, path: string, text: string): void {
  const key = sha256(text);
  if (output.isFresh(path, key)) output.keep(path);
  else output.write(path, key, text);
}

function writeMade(output: Output, { path, key, make }: Extract<Route, { make: unknown }>, stamp: string): void {
  const own = sha256(`${stamp}\n${key}`);
  if (output.isFresh(path, own)) output.keep(path);
  else output.write(path, own, make());
}

async function writeFiles(routes: readonly Route[], { readBytes }: OpenedRepository, output: Output, stamp: string): Promise<void> {
  const stale: { path: string; file: VersionFile }[] = [];
  for (const route of routes) {
    if ('text' in route) writeText(output, route.path, route.text);
    else if ('make' in route) writeMade(output, route, stamp);
    else if ('file' in route && output.isFresh(route.path, route.file.sha256)) output.keep(route.path);
    else if ('file' in route) stale.push(route);
  }
  for (let start = 0; start < stale.length; start += BATCH) {
    const batch = stale.slice(start, start + BATCH);
    const bytes = await readBytes(batch.map(({ file }) => file));
    for (const { path, file } of batch) {
      const content = bytes.get(file.sha256);
      if (!content) throw new Error(`The bytes of ${path} could not be read.`);
      output.write(path, file.sha256, content);
    }
  }
}

interface StalePage {
  route: PageRoute;
  key: string;
}

/** Pages that an earlier build made of the same data are kept; the others are to be made. */
function findStale(routes: readonly Route[], frame: string, output: Output, stamp: string): StalePage[] {
  return routes.flatMap((route) => {
    if (!('page' in route)) return [];
    const key = sha256(`${stamp}\n${frame}\n${route.source?.key ?? ''}\n${JSON.stringify(route.page)}`);
    if (!output.isFresh(route.path, key)) return [{ route, key }];
    output.keep(route.path);
    return [];
  });
}

/** Texts in their plain form are written while they are at hand for being compared. */
function plainFiles({ workspace }: OpenedRepository, output: Output, stamp: string): Pick<ChangesOptions, 'wants' | 'take' | 'recall'> {
  const keyOf = ({ file }: ComparableText) => sha256(`${stamp}\n${file.key}`);
  const pathOf = ({ span: { entry }, language }: ComparableText) => publishedTextPath(entry.document, entry.version, language);
  return {
    wants: (text) => {
      const fresh = output.isFresh(pathOf(text), keyOf(text));
      if (fresh) output.keep(pathOf(text));
      return !fresh;
    },
    recall: (text) => {
      const written = output.isFresh(pathOf(text), keyOf(text)) ? output.read(pathOf(text)) : undefined;
      return written === undefined ? undefined : (JSON.parse(written) as PlainText);
    },
    take: (text, plain) => output.write(pathOf(text), keyOf(text), plainJson(workspace, text, plain)),
  };
}

/** A text in its plain form, for programs. */
export function plainJson(workspace: Workspace, { span: { entry }, language, file }: ComparableText, { sections }: PlainText): string {
  const facts = workspace.facts.get(file.sha256);
  const { document, version } = entry;
  const title = facts?.title ?? document;
  const profiles = digestsOf(workspace, entry, file);
  return publishedTextJson({ document, version, language, title, sha256: file.sha256, profiles, declared: facts?.frontMatter, sections });
}

/** The digests of the profiles that a text includes, by id. */
function digestsOf({ register }: Workspace, entry: VersionEntry, { profiles }: SourceText): Record<string, Sha256> | undefined {
  const bound = boundProfiles(register, entry);
  const digests = profiles.flatMap(({ id }) => (bound[id] ? [[id, bound[id].sha256] as const] : []));
  return digests.length > 0 ? Object.fromEntries(digests) : undefined;
}

async function writePages(stale: readonly StalePage[], sources: PageSources, bundle: Bundle, frame: Site['context']['frame'], output: Output): Promise<void> {
  for (const { route, key } of stale) output.write(route.path, key, await renderRoute(route, sources, bundle, frame));
}

/** Where the HTML comes from that a page's data only names. */
export interface PageSources {
  context: SiteContext;
  texts: Texts;
  comparisons: Comparisons;
  matrices: Matrices;
}

/** Renders one page with its text, or with what changed in it. */
export async function renderRoute(route: PageRoute, sources: PageSources, bundle: Bundle, frame: Site['context']['frame']): Promise<string> {
  return bundle.render(await fillPage(route, sources), frame);
}

async function fillPage({ page, source }: PageRoute, { context, texts, comparisons, matrices }: PageSources): Promise<Page> {
  if (page.kind === 'text' && source) return { ...page, body: await texts.body(source) };
  if (page.kind === 'changes' && page.pair) return { ...page, body: comparisons.redline(page.pair) };
  if (page.kind === 'version-requirements') return { ...page, body: versionRequirements(context, matrices.read(page.matrix)) };
  if (page.kind !== 'section') return page;
  const fillRow = (row: SectionRow): SectionRow => (row.change ? { ...row, html: comparisons.redline(row.change.pair).sections[row.change.anchor] } : row);
  return { ...page, lineages: page.lineages.map((lineage) => ({ ...lineage, rows: lineage.rows.map(fillRow) })) };
}

/** Style sheets and scripts of the templates, and a provider's own pages. */
async function writeAssets(load: () => Promise<Bundle>, output: Output, stamp: string): Promise<void> {
  const known = output.earlier('/').filter((path) => output.isFresh(path, `asset ${stamp}`));
  for (const path of known) output.keep(path);
  if (known.length > 0) return;
  for (const [path, file] of (await load()).assets) output.write(path, `asset ${stamp}`, await readFile(file));
}

/** Indexes whose texts are the same as before are kept whole; the others are to be made. `history` names all of them. */
function findStaleIndexes({ context }: Site, output: Output): { indexes: readonly SearchIndex[]; history: string } {
  const { indexes, history } = listIndexes(context);
  const stale = indexes.filter((index) => {
    const files = output.earlier(index.path).filter((path) => index.path !== '/pagefind/' || !path.startsWith('/pagefind/history'));
    const fresh = files.length > 0 && files.every((path) => output.isFresh(path, index.key));
    for (const path of fresh ? files : []) output.keep(path);
    return !fresh;
  });
  return { indexes: stale, history };
}

async function writeIndexes(indexes: readonly SearchIndex[], texts: Texts, output: Output): Promise<void> {
  for (const index of indexes) {
    for (const [path, content] of await buildIndex(index, texts)) output.write(path, index.key, content);
  }
  if (indexes.length > 0) await closeSearch();
}
