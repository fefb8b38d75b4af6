import type { ChangeCounts, Significance } from '../model/change.ts';
import type { PublishedText } from '../model/published-text.ts';
import { describeReason } from '../publish/changed-sections.ts';
import { compareDeclarations, describeDeclaration } from '../publish/declarations.ts';
import { compareTexts } from '../publish/diff.ts';
import { significanceSentence } from '../publish/notice.ts';
import { noticeWords } from '../publish/notice-words.ts';
import { renderChangeList, renderRedlineParts } from '../publish/redline.ts';
import { redlineWords } from '../publish/redline-words.ts';
import { proposeSignificance } from '../publish/significance.ts';

/** What two texts differ in, in the words of their language and as HTML; what the notice says of the same two. */
export interface Answer {
  /** Both are made of the same bytes, and include the same profiles. */
  identical: boolean;
  counts: ChangeCounts;
  /** Sections that changed. */
  sections: number;
  /** How far the change reaches, in a sentence, and what was seen, the weightiest first. */
  significance: { kind: Significance; sentence: string; reasons: readonly string[] };
  /** Declarations of the front matter that differ. */
  declarations: readonly string[];
  /** HTML: the changed sections as a list, with links into the parts. */
  list: string;
  /** HTML: the text with insertions and deletions, in pieces of whole elements. */
  parts: readonly string[];
}

/** Where the texts stand, and whether the newer one's notice is about the same two, so that the author's own judgement counts. */
export interface AnswerContext {
  before: string;
  after: string;
  notice: boolean;
}

const sameProfiles = ({ profiles: before = {} }: PublishedText, { profiles: after = {} }: PublishedText): boolean =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].every((id) => before[id] === after[id]);

/** Compares two published texts by the functions that make the notices. Throws where no comparison can be made. */
export function comparePublished(before: PublishedText, after: PublishedText, context: AnswerContext): Answer {
  const comparison = compareTexts(before, after);
  const declared = compareDeclarations(before.declared, after.declared);
  const words = noticeWords(after.language);
  const options = {
    words: redlineWords(after.language),
    before: (anchor: string) => `${context.before}#${anchor}`,
    after: (anchor: string) => `${context.after}#${anchor}`,
  };
  const { significance: proposed, reasons } = proposeSignificance(comparison, declared, after.language);
  const set = context.notice ? after.declared?.significance : undefined;
  const significance = { kind: set?.kind ?? proposed, set: set && { reason: set.reason }, proposed };
  return {
    identical: before.sha256 === after.sha256 && sameProfiles(before, after),
    counts: comparison.counts,
    sections: comparison.sections.filter(({ traits }) => traits.length > 0).length,
    significance: {
      kind: significance.kind,
      sentence: significanceSentence(significance, words) ?? '',
      // Declarations are told by themselves.
      reasons: reasons.filter(({ kind }) => kind !== 'policy').map((reason) => describeReason(reason, words)),
    },
    declarations: declared.map((change) => describeDeclaration(change, words.declarations)),
    list: renderChangeList(comparison, options),
    parts: renderRedlineParts(comparison, options),
  };
}
