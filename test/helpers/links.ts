import type { BuiltSite } from './site.ts';

type Files = Awaited<ReturnType<BuiltSite['files']>>;

/** Answers whether a link leads to a file of the site, and to an element in it; what leads out of the site counts as alive. */
export function checkLinks(files: Files): (from: string, href: string) => boolean {
  const ids = new Map<string, ReadonlySet<string>>();
  const idsOf = (file: string) => {
    const known = ids.get(file) ?? new Set(listIds(files.get(file)?.toString('utf8') ?? ''));
    ids.set(file, known);
    return known;
  };
  return (from, href) => {
    if (/^[a-z]+:/i.test(href)) return true;
    const [address = '', anchor] = href.split('#');
    const target = address.replace(/\?.*$/, '');
    const file = target === '' ? from : target.endsWith('/') ? `${target}index.html` : target;
    return files.has(file) && (anchor === undefined || anchor === '' || idsOf(file).has(decodeURIComponent(anchor)));
  };
}

/** All ids of a page, in order. */
export const listIds = (html: string): string[] => [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1] ?? '');

/** Where the links of a page lead. */
export const listLinks = (html: string): string[] => [...html.matchAll(/<a\b[^>]*\bhref="([^"]*)"/g)].map((match) => match[1] ?? '');
