import type { DeclarationChange } from '../model/change.ts';
import type { ChangeSummary, Notice } from '../model/notice.ts';
import { countSentences, describeReason, listChapters, listSections, type SectionAddress } from './changed-sections.ts';
import { describeDeclaration } from './declarations.ts';
import { cleanText, type MessageBlock, messageMarkdown, messageText, oneLine, paragraphsOf } from './message.ts';
import { dayInWords, type NoticeWords, noticeWords, timeInWords } from './notice-words.ts';

/** Who gives notice, and where. */
export interface Publisher {
  provider: string;
  /** In which dates are told. */
  timeZone: string;
  /** The absolute address of a path of the site. */
  absolute(path: string): string;
}

/** What a notice needs apart from what changed. */
export interface NoticeContext extends Publisher {
  /** Digest of the text that the notice is about; undefined where the text is not held. */
  sha256: string | undefined;
}

/** From how many changed sections on a mail lists them by chapter. */
const MOST_LISTED = 40;

/** How many of the differences that decide how far a change reaches are told. */
const MOST_SEEN = 6;

/** The subject of the mail: one line. */
export function noticeSubject(notice: Notice, { timeZone }: Publisher, words: NoticeWords = noticeWords(notice.language)): string {
  const subject = isFirst(notice) ? words.subjectOfFirst : words.subject;
  return subject(oneLine(notice.title), notice.version, dayInWords(words, notice.effective, timeZone));
}

/**
 * The notice as plain text for mail, without the subject: what was published, from when it is in force, what changed and
 * where to read it. Nothing in it depends on the day on which it is sent.
 */
export function noticeText(notice: Notice, context: NoticeContext, words: NoticeWords = noticeWords(notice.language)): string {
  return messageText(noticeBlocks(notice, context, words, MOST_LISTED));
}

/** The same as Markdown, with the subject as its heading and every changed section listed. */
export function noticeMarkdown(notice: Notice, context: NoticeContext, words: NoticeWords = noticeWords(notice.language)): string {
  return messageMarkdown([{ kind: 'heading', text: noticeSubject(notice, context, words) }, ...noticeBlocks(notice, context, words, Number.POSITIVE_INFINITY)]);
}

/** The address of the page of a notice, and of its other forms: `notice.txt`, `notice.json`. */
export const changesPath = ({ document, version }: Pick<Notice, 'document' | 'version'>, file = '') => `/${document}/${version}/changes/${file}`;

/** The address of the text that a notice is about. */
export const textPath = ({ document, version }: Pick<Notice, 'document' | 'version'>) => `/${document}/${version}/`;

const isFirst = ({ compared }: Notice) => compared.with === undefined && compared.why === 'first';

function noticeBlocks(notice: Notice, context: NoticeContext, words: NoticeWords, mostListed: number): MessageBlock[] {
  return [
    ...openingBlocks(notice, context, words),
    factsBlock(notice, context, words),
    ...significanceBlocks(notice, words),
    ...declarationBlocks(notice, words),
    ...comparisonBlocks(notice, context, words, mostListed),
    ...linkBlocks(notice, context, words),
  ];
}

/** What was published and when it takes effect, then the author's own sentences. */
export function openingBlocks(notice: Notice, { provider, timeZone }: Publisher, words: NoticeWords): MessageBlock[] {
  const from = timeInWords(words, notice.effective, timeZone);
  const sentences = [
    words.opening(provider, titleWithType(notice, words), notice.version),
    notice.effective > notice.published ? words.takesEffect(from) : words.inForceSince(from),
  ];
  return [sentences.join(' '), ...paragraphsOf(notice.changes ?? '')].map(paragraph);
}

/** `“Certification Practice Statement” (CPS)`; without the type where the title holds it. */
function titleWithType({ title, type }: Notice, words: NoticeWords): string {
  const short = words.types[type];
  const shown = oneLine(title);
  return !short || shown.split(/[^A-Z/]+/).includes(short) ? words.quote(shown) : `${words.quote(shown)} (${short})`;
}

function factsBlock(notice: Notice, { timeZone }: Publisher, words: NoticeWords): MessageBlock {
  const { compared } = notice;
  return {
    kind: 'facts',
    rows: [
      [words.facts.published, timeInWords(words, notice.published, timeZone)],
      [words.facts.effective, timeInWords(words, notice.effective, timeZone)],
      [words.facts.notice, lengthOfNotice(notice, words)],
      ...(compared.with === undefined ? [] : [[words.facts.comparedWith, words.version(compared.with)] as const]),
    ],
  };
}

function lengthOfNotice({ published, effective, noticeDays }: Notice, { notice }: NoticeWords): string {
  const days = Math.abs(noticeDays);
  if (effective === published) return notice.none;
  if (effective > published) return days === 0 ? notice.lessThanOne : notice.days(days);
  return days === 0 ? notice.lateByHours : notice.late(days);
}

function significanceBlocks({ significance, reasons }: Notice, words: NoticeWords): MessageBlock[] {
  const sentence = significanceSentence(significance, words);
  if (sentence === undefined) return [];
  // Declarations have a part of their own.
  const items = reasons
    .filter(({ kind }) => kind !== 'policy')
    .slice(0, MOST_SEEN)
    .map((reason) => ({ text: describeReason(reason, words) }));
  const list: MessageBlock[] = items.length > 0 ? [paragraph(words.seen), { kind: 'list', name: words.seen, items }] : [];
  return [heading(words.headings.significance), paragraph(sentence), ...list];
}

/** How far a change reaches and who says so; undefined where nobody does. */
export function significanceSentence(significance: Notice['significance'], words: NoticeWords): string | undefined {
  if (!significance) return undefined;
  const { kind, set, proposed } = significance;
  if (!set) return words.proposed(kind);
  const sentence = words.set(kind, words.quote(oneLine(set.reason)));
  return proposed && proposed !== kind ? `${sentence} ${words.proposedInstead(proposed)}` : sentence;
}

function declarationBlocks({ declarations }: Notice, words: NoticeWords): MessageBlock[] {
  return declarations.length === 0 ? [] : [heading(words.headings.declarations), declarationList(declarations, words)];
}

/** The changed declarations, one an item. */
export function declarationList(declarations: readonly DeclarationChange[], words: NoticeWords): MessageBlock {
  return { kind: 'list', name: words.headings.declarations, items: declarations.map((change) => ({ text: describeDeclaration(change, words.declarations) })) };
}

function comparisonBlocks(notice: Notice, context: Publisher, words: NoticeWords, mostListed: number): MessageBlock[] {
  const { compared } = notice;
  if (compared.with === undefined) {
    return [
      heading(words.headings.comparison),
      paragraph(compared.why === 'nothing-before-is-held' ? words.nothingBefore(compared.skipped) : words.why[compared.why]),
    ];
  }
  const { summary, skipped } = compared;
  const note = skipped.length > 0 ? [paragraph(words.skipped(skipped, compared.with))] : [];
  if (summary.sections.length === 0) {
    const sentences = [words.nothingChanged(compared.with), ...countSentences(summary, words)];
    return [heading(words.headings.comparison), ...note, ...sentences.map(paragraph)];
  }
  return [heading(words.headings.sections), ...note, ...sectionBlocks(summary, words, sectionAddress(notice, context), mostListed)];
}

function sectionBlocks(summary: ChangeSummary, words: NoticeWords, address: SectionAddress, mostListed: number): MessageBlock[] {
  const { sections } = summary;
  const [counted, ...ignored] = countSentences(summary, words).map(paragraph);
  const name = words.sections(sections.length);
  const isLong = sections.length > mostListed;
  const items = (isLong ? listChapters : listSections)(sections, words, address);
  const list: MessageBlock[] = sections.length > 0 ? [...(isLong ? [paragraph(words.tooManyToList)] : []), { kind: 'list', name, items }] : [];
  return [...(counted ? [counted] : []), ...list, ...ignored];
}

/** Where a changed section of a notice is read. */
export const sectionAddress =
  (notice: Notice, { absolute }: Publisher) =>
  (fragment: string): string =>
    `${absolute(changesPath(notice))}${fragment && `#${encodeURI(cleanText(fragment))}`}`;

function linkBlocks(notice: Notice, { absolute, sha256 }: NoticeContext, words: NoticeWords): MessageBlock[] {
  const { links } = words;
  return [
    heading(words.headings.links),
    reference(notice.compared.with === undefined ? links.notice : links.comparison, absolute(changesPath(notice))),
    ...(sha256 === undefined ? [] : [reference(links.text(notice.version), absolute(textPath(notice))), reference(links.digest, sha256)]),
    reference(links.all, absolute('/notices/')),
  ];
}

const heading = (text: string): MessageBlock => ({ kind: 'heading', text });
const paragraph = (text: string): MessageBlock => ({ kind: 'paragraph', text });
const reference = (label: string, value: string): MessageBlock => ({ kind: 'reference', label, value });
