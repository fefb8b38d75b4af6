import type { Comparison, DeclarationChange, Reason, SectionChange, WordChange } from '../model/change.ts';
import type { Language } from '../model/document.ts';
import type { Notice, SectionSummary } from '../model/notice.ts';
import type { Sha256 } from '../model/version.ts';
import { countSentences, describeReason, listSections, type SectionAddress } from './changed-sections.ts';
import { countChanges } from './diff.ts';
import type { MessageBlock } from './message.ts';
import { declarationList, significanceSentence } from './notice.ts';
import type { NoticeWords } from './notice-words.ts';

/** A text as one side of a comparison. */
export interface ComparedText {
  /** Where it was taken from. */
  source: 'register' | 'work';
  /** As registered, or as the front matter of the work tree says; undefined where that says nothing. */
  version: string | undefined;
  path: string;
  sha256: Sha256;
}

/** Two texts of one document, compared for an author. */
export interface TextComparison {
  document: string;
  language: Language;
  before: ComparedText;
  after: ComparedText;
  /** Where only this section, and those below it, were asked for: `comparison` has no others. */
  section: string | undefined;
  comparison: Comparison;
  declarations: readonly DeclarationChange[];
  significance: NonNullable<Notice['significance']>;
  reasons: readonly Reason[];
}

export interface ToldComparisons {
  comparisons: readonly TextComparison[];
  /** What else is to be told: which texts are the same, and what could not be compared. */
  sentences: readonly string[];
}

/** `cps (en): version 2.2 → work tree (version 2.3)`. */
export function comparisonTitle({ document, language, before, after, section }: TextComparison, words: NoticeWords): string {
  const part = section === undefined ? '' : `, ${section}`;
  return `${document} (${language})${part}: ${nameSide(before, words)} → ${nameSide(after, words)}`;
}

function nameSide({ source, version }: ComparedText, words: NoticeWords): string {
  const name = version === undefined ? '' : words.version(version);
  return source === 'register' ? name : ['work tree', name && `(${name})`].filter(Boolean).join(' ');
}

/** The sections that changed, without their texts. */
export function changedSections({ sections }: Comparison): readonly SectionChange[] {
  return sections.filter(({ traits }) => traits.length > 0);
}

/**
 * Words as they are shown. White space that only the older text has, before a word that was removed, counts as the same
 * and is not in the newer text: it is put before that word, so that the two do not run together.
 */
export function spaceWords(words: readonly WordChange[]): readonly WordChange[] {
  return words.map((word, index) => {
    const last = words[index - 1];
    const apart = word.kind === 'removed' && last?.kind === 'same' && /\s$/.test(last.before ?? '') && !/\s$/.test(last.text);
    return apart ? { ...word, text: ` ${word.text}` } : word;
  });
}

/** What is kept of a changed section where its text is not. */
export const summarise = (change: SectionChange): SectionSummary => ({
  traits: change.traits,
  before: change.before,
  after: change.after,
  counts: countChanges(change),
});

/** What changed, in brief: how far it reaches and why, declarations, sections. `address`: where each section's changes are shown. */
export function comparisonBlocks(compared: TextComparison, words: NoticeWords, address: SectionAddress = () => undefined): MessageBlock[] {
  return [...judgementBlocks(compared, words), ...sectionBlocks(compared, words, address)];
}

/** How far the change reaches, and why; declarations that differ. */
export function judgementBlocks({ comparison, declarations, significance, reasons, section }: TextComparison, words: NoticeWords): MessageBlock[] {
  if (changedSections(comparison).length === 0 && declarations.length === 0) return [paragraph('Nothing that the texts say differs.')];
  const sentence = section === undefined ? significanceSentence(significance, words) : undefined;
  return [
    ...(sentence === undefined ? [] : [paragraph(sentence)]),
    ...(reasons.length > 0
      ? [
          list(
            words.seen,
            reasons.map((reason) => ({ text: describeReason(reason, words) })),
          ),
        ]
      : []),
    ...(declarations.length > 0 ? [heading(words.headings.declarations), declarationList(declarations, words)] : []),
  ];
}

/** The changed sections, how much of them changed, and what is not marked, which is counted over whole texts only. */
function sectionBlocks({ comparison, section }: TextComparison, words: NoticeWords, address: SectionAddress): MessageBlock[] {
  const sections = changedSections(comparison).map(summarise);
  const sentences = countSentences({ ...comparison, sections }, words).map(paragraph);
  const counted = sections.length > 0 ? sentences.splice(0, 1) : [];
  const items = list(words.sections(sections.length), listSections(sections, words, address));
  return [...(sections.length > 0 ? [heading(words.headings.sections), ...counted, items] : []), ...(section === undefined ? sentences : [])];
}

const heading = (text: string): MessageBlock => ({ kind: 'heading', text });
const paragraph = (text: string): MessageBlock => ({ kind: 'paragraph', text });
const list = (name: string, items: Extract<MessageBlock, { kind: 'list' }>['items']): MessageBlock => ({ kind: 'list', name, items });
