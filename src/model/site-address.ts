import { inForce, readTimelines } from './in-force.ts';
import { type VersionEntry, versionLanguages } from './version.ts';
import type { Workspace } from './workspace.ts';

/**
 * What an address of the web leads to on the provider's site:
 * - `elsewhere`: it is not of the site, or no address at all;
 * - `none`: the site has no such page;
 * - `page`: a page that is no text;
 * - `text`: a version's text, or the document's own address, in a language. No language: a version without texts.
 */
export type SiteAddress = { kind: 'elsewhere' | 'none' | 'page' } | { kind: 'text'; entry: VersionEntry; language: string | undefined };

/** Pages that every site has beside those of its documents. */
const PAGES = new Set(['', 'in-force', 'policies', 'certificates', 'requirements', 'notices', 'search', 'api/v1']);
const NONE: SiteAddress = { kind: 'none' };

/** Reads an address as the site would answer it; whether the scheme is http or https does not count. */
export function readSiteAddress(workspace: Workspace, address: string): SiteAddress {
  const site = new URL(workspace.config.site);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const base = site.pathname.replace(/\/$/, '');
  const path = url?.pathname.replace(/\/$/, '') ?? '';
  if (!url || !/^https?:$/.test(url.protocol) || url.host !== site.host || (path !== base && !path.startsWith(`${base}/`))) return { kind: 'elsewhere' };
  const inside = path.slice(base.length + 1);
  if (PAGES.has(inside)) return { kind: 'page' };
  return readDocumentPath(workspace, inside.split('/'));
}

/** `pds`, `pds/de`, `pds/1.2`, `pds/1.2/de`, `pds/1.2/pds-1.2.de.pdf`. */
function readDocumentPath(workspace: Workspace, [document = '', second, third, ...more]: readonly string[]): SiteAddress {
  const timeline = readTimelines(workspace.register).get(document);
  if (!timeline || more.length > 0) return NONE;
  if (second === 'history' && third === undefined) return { kind: 'page' };
  const named = timeline.spans.find(({ entry }) => entry.version === second)?.entry;
  if (named) return readText(workspace, named, third);
  const current = inForce(workspace.register, document, workspace.now).version?.entry;
  return current && third === undefined ? readText(workspace, current, second) : NONE;
}

function readText({ config }: Workspace, entry: VersionEntry, last: string | undefined): SiteAddress {
  const languages = versionLanguages(entry, config.languages);
  if (last === undefined) return { kind: 'text', entry, language: languages[0] };
  const name = `${entry.document}-${entry.version}`;
  const language = languages.find(
    (candidate) => last === candidate || (last.startsWith(`${name}.${candidate}.`) && endsAs(last, entry.files[candidate]?.path)),
  );
  return language === undefined ? NONE : { kind: 'text', entry, language };
}

/** The published file itself has the ending that it has in the repository. */
const endsAs = (name: string, path = ''): boolean => /\.[A-Za-z0-9]{1,8}$/.exec(path)?.[0].toLowerCase() === /\.[^.]*$/.exec(name)?.[0];
