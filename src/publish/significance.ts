import type { Comparison, DeclarationChange, Proposal, Reason, SectionChange, SectionName, Significance, WordChange } from '../model/change.ts';
import { SIGNIFICANCES } from '../model/change.ts';
import { findFront, findOwnNumbers, isOwnNumber } from './bookkeeping.ts';
import { declarationWords, describeDeclaration } from './declarations.ts';
import { changedText, judgeBlocks, saysNothing } from './judge-blocks.ts';
import { type Finding, type Judging, judgeReplacement } from './judge-words.ts';
import { findReplacements, shorten, showPair, squash } from './replacements.ts';

/**
 * Proposes how far the change from one text to the next reaches, and says why. It goes by what can be seen: material where
 * a declaration, a duty word, a number, an OID, a value of a table or a whole section changed; minor where only other words
 * did; editorial where it is no more than spelling, letter case and signs, or sections that stand elsewhere, or under
 * another number or title, with the same text. It can be wrong in both directions, and the author's own setting counts
 * before it. The version's own number and date at the front of the text, and new rows of its table of revisions, are left
 * out. Reasons are those of the significance proposed, heaviest first, at most 12.
 */
export function proposeSignificance(comparison: Comparison, declarations: readonly DeclarationChange[], language: string): Proposal {
  const front = findFront(comparison.sections);
  const judging: Judging = { language, follows: readRenumbering(comparison.sections), own: findOwnNumbers(front.keys()) };
  const found = [
    ...declarations.map((change) => judgeDeclaration(change, language)),
    ...comparison.sections.flatMap((section) => {
      const name = section.after[0] ?? section.before[0];
      return judgeSection(section, { ...judging, front: front.get(section) }).map((finding) => ({ ...finding, section: name }));
    }),
  ];
  const significance = SIGNIFICANCES.findLast((level) => found.some((finding) => finding.significance === level)) ?? 'editorial';
  return { significance, reasons: chooseReasons(found.filter((finding) => finding.significance === significance)) };
}

type Found = Finding & { section?: SectionName | undefined };

const KINDS: readonly Reason['kind'][] = ['policy', 'duty-word', 'number', 'oid', 'table-value', 'section', 'wording', 'spelling'];
const MOST_REASONS = 12;
/** Of each kind so many come first, so that many of one kind do not hide another. */
const FIRST_OF_KIND = 4;

/** Takes some of each kind before more of any, and of each kind one of every section before a second one. */
function chooseReasons(found: readonly Found[]): Reason[] {
  const seen = new Set<string>();
  const distinct = found.filter((finding) => !seen.has(finding.seen) && seen.add(finding.seen));
  const byKind = KINDS.map((kind) => spread(distinct.filter((finding) => finding.kind === kind)));
  const first = byKind.flatMap((ranked) => ranked.slice(0, FIRST_OF_KIND)).slice(0, MOST_REASONS);
  const further = byKind.flatMap((ranked) => ranked.slice(FIRST_OF_KIND)).slice(0, MOST_REASONS - first.length);
  const chosen = new Set([...first, ...further]);
  return KINDS.flatMap((kind) => distinct.filter((finding) => finding.kind === kind && chosen.has(finding))).map(({ kind, seen: words, section }) => ({
    kind,
    seen: words,
    ...(section && { section }),
  }));
}

function spread(found: readonly Found[]): Found[] {
  const counts = new Map<SectionName | undefined, number>();
  const turns = found.map((finding) => {
    const turn = counts.get(finding.section) ?? 0;
    counts.set(finding.section, turn + 1);
    return { finding, turn };
  });
  return turns.sort((a, b) => a.turn - b.turn).map(({ finding }) => finding);
}

/** Names and titles are words for people; all else that is declared is a promise. */
function judgeDeclaration(change: DeclarationChange, language: string): Found {
  const significance: Significance = ['name', 'title', 'language'].includes(change.field) ? 'minor' : 'material';
  return { significance, kind: 'policy', seen: describeDeclaration(change, declarationWords(language)) };
}

/** Tells whether a changed mention of a section follows the section to its new number. */
function readRenumbering(sections: readonly SectionChange[]): Judging['follows'] {
  const numbers = new Map<string, Set<string>>();
  for (const { before, after } of sections) {
    for (const { number } of before) {
      const targets = numbers.get(number) ?? new Set();
      for (const target of after) targets.add(target.number);
      numbers.set(number, targets);
    }
  }
  return (before, after) => numbers.get(before)?.has(after) ?? false;
}

function judgeSection(section: SectionChange, judging: Judging): Finding[] {
  const { before, after, blocks } = section;
  if (before.length === 0 || after.length === 0) return [judgeWhole(section)];
  return [...judgeTraits(section), ...judgeTitle(section, judging), ...judgeStatement(section), ...judgeBlocks(blocks, judging)];
}

const textOf = ({ blocks }: SectionChange, newer: boolean) => blocks.map((block) => changedText(block, newer)).join(' ');

/** A new or removed section is material where it says anything; a heading alone, or "No stipulation.", is not. */
function judgeWhole(section: SectionChange): Finding {
  const isNew = section.before.length === 0;
  const text = textOf(section, isNew);
  const name = squash((section.heading.after ?? section.heading.before)?.text ?? '') || shorten(text);
  return { significance: saysNothing(text) ? 'minor' : 'material', kind: 'section', seen: isNew ? showPair('', name) : showPair(name, '') };
}

/** A section that begins or ends to say anything is as good as new or removed. */
function judgeStatement(section: SectionChange): Finding[] {
  const [before, after] = [textOf(section, false), textOf(section, true)];
  if (saysNothing(before) === saysNothing(after)) return [];
  return [{ significance: 'material', kind: 'section', seen: showPair(shorten(before), shorten(after)) }];
}

function judgeTraits({ traits, before, after, heading }: SectionChange): Finding[] {
  const found: Finding[] = [];
  const numbers = (names: readonly SectionName[]) => names.map(({ number, title }) => number || title).join(', ');
  const has = (trait: SectionChange['traits'][number]) => traits.includes(trait);
  if (has('split') || has('merged')) found.push({ significance: 'minor', kind: 'section', seen: showPair(numbers(before), numbers(after)) });
  else if (has('renumbered')) found.push({ significance: 'editorial', kind: 'section', seen: showPair(numbers(before), numbers(after)) });
  if (has('moved')) found.push({ significance: 'editorial', kind: 'section', seen: squash((heading.after ?? heading.before)?.text ?? '') });
  return found;
}

/**
 * A title is judged without the section's number. Other words in it change nothing of what is promised; a number in it
 * may, and a duty word does.
 */
function judgeTitle({ before: [older], after: [newer] }: SectionChange, judging: Judging): Finding[] {
  if (!older || !newer || older.title === newer.title) return [];
  const words: WordChange[] = [
    { kind: 'removed', text: older.title },
    { kind: 'added', text: newer.title },
  ];
  const found = findReplacements(words, judging.language)
    .filter((replacement) => !(judging.front && isOwnNumber(replacement, judging.front)))
    .flatMap((replacement) => judgeReplacement(replacement, judging));
  const significance = found.some(({ kind, significance: level }) => kind === 'duty-word' && level === 'material')
    ? 'material'
    : found.some(({ kind }) => kind !== 'wording' && kind !== 'spelling')
      ? 'minor'
      : 'editorial';
  return found.length === 0 ? [] : [{ significance, kind: 'section', seen: showPair(older.title, newer.title) }];
}
