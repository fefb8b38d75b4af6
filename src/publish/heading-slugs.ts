import type { SectionName } from '../model/change.ts';
import { toolSlug } from '../model/heading.ts';

/** Anchors that other tools give the same headings, `#499-on-line-checking`, so that links inside a text go on working. */
export function headingSlugs(sections: readonly Pick<SectionName, 'number' | 'title' | 'anchor'>[]): ReadonlyMap<string, string> {
  const slugs = new Map<string, string>();
  for (const section of sections) {
    const name = toolSlug(`${section.number} ${section.title}`);
    if (name && !slugs.has(name)) slugs.set(name, section.anchor);
  }
  return slugs;
}
