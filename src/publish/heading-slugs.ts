import type { SectionName } from '../model/change.ts';

/** Anchors that other tools give the same headings, `#499-on-line-checking`, so that links inside a text go on working. */
export function headingSlugs(sections: readonly Pick<SectionName, 'number' | 'title' | 'anchor'>[]): ReadonlyMap<string, string> {
  const slugs = new Map<string, string>();
  for (const section of sections) {
    const heading = `${section.number} ${section.title}`.trim().toLowerCase();
    const name = heading.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    if (name && !slugs.has(name)) slugs.set(name, section.anchor);
  }
  return slugs;
}
