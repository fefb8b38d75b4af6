import type { ChangeCounts, Ignored, SectionName } from '../../src/model/change.ts';
import type { ChangeSummary, Notice, SectionSummary } from '../../src/model/notice.ts';
import type { Instant } from '../../src/model/time.ts';

/** A section's name from a heading such as `4.9.1 Circumstances for revocation`. */
export function name(heading: string, index = 0): SectionName {
  const [, number = '', title = ''] = /^(?:([\d.]+|[A-Z]\.\d+)\s+)?(.*)$/.exec(heading) ?? [];
  return { number, title, anchor: number || title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-'), index };
}

/** A changed section: what happened, its headings before and after. */
export function section(
  traits: SectionSummary['traits'],
  before: readonly string[],
  after: readonly string[],
  counts: Partial<ChangeCounts> = {},
): SectionSummary {
  return { traits, before: before.map(name), after: after.map(name), counts: { added: 2, removed: 1, places: 1, ...counts } };
}

const NONE: Readonly<Record<Ignored, number>> = { quotes: 0, dashes: 0, 'white-space': 0, 'link-targets': 0, formatting: 0, layout: 0 };

/** A summary of changed sections, its counts being theirs. */
export function summarise(sections: readonly SectionSummary[], ignored: Partial<Record<Ignored, number>> = {}): ChangeSummary {
  const sum = (key: keyof ChangeCounts) => sections.reduce((total, { counts }) => total + counts[key], 0);
  return {
    sections,
    counts: { added: sum('added'), removed: sum('removed'), places: sum('places') },
    ignored: { ...NONE, ...ignored },
    proposal: { significance: 'material', reasons: [] },
  };
}

/** The notice of version 2.2 of a CPS, published on 9 November 2026, in force from 1 February 2027 in Vienna. */
export function makeNotice(parts: Partial<Notice> = {}): Notice {
  return {
    document: 'cps',
    type: 'CPS',
    title: 'Certification Practice Statement for Qualified Certificates',
    language: 'en',
    version: '2.2',
    published: '2026-11-09T09:30:00Z' as Instant,
    effective: '2027-01-31T23:00:00Z' as Instant,
    noticeDays: 83,
    changes: undefined,
    significance: undefined,
    reasons: [],
    declarations: [],
    compared: { with: undefined, why: 'first', skipped: [] },
    ...parts,
  };
}
