import { z } from 'zod';
import { IGNORED, type SectionName, SIGNIFICANCES } from '../model/change.ts';
import { DOCUMENT_TYPES } from '../model/document.ts';
import { InstantText } from '../model/instant-text.ts';
import type { ChangeSummary, Notice, SectionSummary } from '../model/notice.ts';
import { changeFragment } from './changed-sections.ts';
import { changesPath, type NoticeContext, noticeSubject, sectionAddress, textPath } from './notice.ts';

const Section = z.object({
  number: z.string().describe('As printed; empty where there is none.'),
  title: z.string(),
  anchor: z.string().describe("The section's fragment on the page of its text."),
});
const Counts = z.object({
  added: z.int().describe('Words that only the newer text has.'),
  removed: z.int().describe('Words that only the older text has.'),
  places: z.int().describe('Separate places that are marked.'),
});
const Significance = z.enum(SIGNIFICANCES);

const ChangedSection = z.object({
  traits: z
    .array(z.enum(['added', 'removed', 'reworded', 'renumbered', 'retitled', 'moved', 'split', 'merged']))
    .describe('What happened; several can be true of one section.'),
  before: z.array(Section).describe('In the older text; empty for an added section.'),
  after: z.array(Section).describe('In the newer text; empty for a removed section.'),
  counts: Counts,
  url: z.url().describe('Where the change is shown.'),
});

/** `/{document}/{version}/changes/notice.json`: what changed between a version and the one before. */
export const NoticeJson = z.object({
  document: z.string().describe("The document's id."),
  type: z.enum(DOCUMENT_TYPES),
  title: z.string(),
  language: z.string().describe('Of the text that was compared, and of the notice.'),
  version: z.string(),
  subject: z.string().describe('The subject of the notice as mail.'),
  url: z.url().describe('The page of the notice.'),
  text: z.object({ url: z.url(), sha256: z.string().nullable().describe('Digest of the text; null where it is not held.') }),
  published: InstantText,
  effective: InstantText.describe('From when the version is in force, after reschedulings.'),
  noticeDays: z.int().describe('Whole days between publication and effect; negative where it took effect before it was published.'),
  timeZone: z.string().describe('In which the provider states dates.'),
  changes: z.string().nullable().describe("The author's sentences."),
  significance: z
    .object({
      kind: Significance,
      set: z.object({ reason: z.string() }).nullable().describe('By the author, with the reason; null where the kind follows from the comparison.'),
      proposed: Significance.nullable().describe('What follows from the comparison; null where there is none.'),
    })
    .nullable()
    .describe('How far the change reaches; null where nothing was compared and the author said nothing.'),
  reasons: z
    .array(
      z.object({
        kind: z.enum(['policy', 'duty-word', 'number', 'oid', 'table-value', 'section', 'wording', 'spelling']),
        seen: z.string(),
        section: Section.optional(),
      }),
    )
    .describe('Why, the weightiest first.'),
  declarations: z
    .array(
      z.object({
        oid: z.string().optional().describe('The policy; absent for facts of the document itself.'),
        field: z.enum(['policy', 'name', 'conformsTo', 'qualified', 'qscd', 'qscdManagedBy', 'profile', 'title', 'type', 'language']),
        before: z.string().optional(),
        after: z.string().optional(),
      }),
    )
    .describe('What the front matter declares differently; before or after is absent where that text does not state it.'),
  compared: z.object({
    with: z.string().nullable().describe('The version that this one was compared with; null for none.'),
    why: z.enum(['first', 'not-held', 'kept-as-file', 'nothing-before-is-held']).optional().describe('Why it was compared with none.'),
    skipped: z.array(z.string()).describe('Versions in between whose text is not held or not in Markdown.'),
    sections: z.array(ChangedSection).optional().describe('In the order of the comparison; absent where nothing was compared.'),
    counts: Counts.optional(),
    ignored: z
      .object(Object.fromEntries(IGNORED.map((kind) => [kind, z.int()])))
      .optional()
      .describe('Differences that were counted, not marked.'),
  }),
});

/** The notice for machines: all that it says, with addresses. */
export function noticeJson(notice: Notice, context: NoticeContext): string {
  const { document, type, title, language, version, published, effective, noticeDays, significance, reasons, declarations, compared } = notice;
  const answer: z.input<typeof NoticeJson> = {
    document,
    type,
    title,
    language,
    version,
    subject: noticeSubject(notice, context),
    url: context.absolute(changesPath(notice)),
    text: { url: context.absolute(textPath(notice)), sha256: context.sha256 ?? null },
    published,
    effective,
    noticeDays,
    timeZone: context.timeZone,
    changes: notice.changes ?? null,
    significance: significance ? { kind: significance.kind, set: significance.set ?? null, proposed: significance.proposed ?? null } : null,
    reasons: reasons.map(({ kind, seen, section }) => ({ kind, seen, ...(section && { section: toName(section) }) })),
    declarations: declarations.map(({ oid, field, before, after }) => ({
      ...(oid !== undefined && { oid }),
      field,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    })),
    compared:
      compared.with === undefined
        ? { with: null, why: compared.why, skipped: [...compared.skipped] }
        : { with: compared.with, skipped: [...compared.skipped], ...summaryJson(compared.summary, sectionAddress(notice, context)) },
  };
  return `${JSON.stringify(answer, null, 1)}\n`;
}

function summaryJson({ sections, counts, ignored }: ChangeSummary, address: (fragment: string) => string) {
  const toChange = (section: SectionSummary) => ({
    traits: [...section.traits],
    before: section.before.map(toName),
    after: section.after.map(toName),
    counts: toCounts(section.counts),
    url: address(changeFragment(section)),
  });
  return { sections: sections.map(toChange), counts: toCounts(counts), ignored: Object.fromEntries(IGNORED.map((kind) => [kind, ignored[kind]])) };
}

const toName = ({ number, title, anchor }: SectionName) => ({ number, title, anchor });
const toCounts = ({ added, removed, places }: ChangeSummary['counts']) => ({ added, removed, places });
