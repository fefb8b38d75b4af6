import { toString as toText } from 'mdast-util-to-string';
import type { DocumentType, Section } from '../../../model/document.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import { toolSlug } from '../../../model/heading.ts';
import { findReferences } from '../../../model/reference.ts';
import { excerpt, isInLink, nameSection, type Passage, passagesOf, type TextLink, tellsHistory } from '../../../model/running-text.ts';
import type { Draft } from '../../../model/workspace.ts';

/** What a text points to exists, and a link leads where its words say. */
export const referenceResolves: Rule = {
  id: 'form/reference-resolves',
  demands: 'A reference to a section leads to a section that exists, and a link leads where its words say.',
  basis: { standard: 'Mozilla Root Store Policy', edition: '3.1', clause: '3.3.2' },
  severity: 'error',
  *check({ drafts }) {
    const targets = drafts.filter(({ sections }) => sections.length > 0).map(readTarget);
    for (const target of targets) {
      for (const section of target.draft.sections) {
        for (const passage of passagesOf(section)) {
          yield* checkMentions(passage, section, target);
          yield* checkLinks(passage, section, target);
          yield* checkOthers(passage, section, target, targets);
        }
      }
    }
  },
};

/** What of a text can be pointed to. */
interface Target {
  draft: Draft;
  numbers: ReadonlySet<string>;
  /** The numbers right below each number. */
  below: ReadonlyMap<string, readonly string[]>;
  /** The section to which each anchor leads; undefined for one that is no section's. */
  anchors: ReadonlyMap<string, Section | undefined>;
}

function readTarget(draft: Draft): Target {
  const { sections } = draft;
  const anchors = new Map<string, Section | undefined>();
  for (const id of sections.flatMap(({ blocks, heading }) => [...idsOf(heading ? [heading, ...blocks] : blocks)])) anchors.set(id.toLowerCase(), undefined);
  for (const section of sections) anchors.set(section.anchor.toLowerCase(), section);
  const slugs = new Map<string, number>();
  for (const section of sections) {
    const slug = toolSlug(section.heading ? toText(section.heading) : '');
    const before = slugs.get(slug) ?? 0;
    slugs.set(slug, before + 1);
    // The same words a second time are told apart by a number.
    anchors.set(before === 0 ? slug : `${slug}-${before}`, section);
    const name = toolSlug(`${section.number} ${section.title}`);
    if (!anchors.has(name)) anchors.set(name, section);
  }
  const numbers = new Set(sections.map(({ number }) => number).filter(Boolean));
  return { draft, numbers, below: Map.groupBy(numbers, parentOf), anchors };
}

const parentOf = (number: string) => number.slice(0, Math.max(0, number.lastIndexOf('.')));

/** Ids that raw HTML in the text gives to places. */
function* idsOf(nodes: readonly { type: string }[]): Iterable<string> {
  for (const node of nodes) {
    if (node.type === 'html' && 'value' in node) for (const [, , id] of String(node.value).matchAll(/\b(?:id|name)=(["'])([^"']+)\1/gi)) if (id) yield id;
    if ('children' in node) yield* idsOf(node.children as { type: string }[]);
  }
}

/** Mentions in running text; those inside links are judged with the link. */
function* checkMentions(passage: Passage, section: Section, target: Target): Iterable<Observation> {
  const { numbers } = target;
  // In a text without numbered sections, and for a revision that names sections as they were, nothing can be said.
  if (numbers.size === 0 || passage.inRevisions || tellsHistory(section)) return;
  for (const { start, end, number } of findReferences(passage.text)) {
    if (numbers.has(number) || isInLink(passage, start) || isElsewhere(passage.text, start, end)) continue;
    yield {
      message: `${nameSection(section)} refers to section ${number}, which does not exist.`,
      at: passage.placeAt(start),
      seen: excerpt(passage.text, start),
      expected: nearest(number, target),
    };
  }
}

/** Words around a mention that say that the section is another text's, beyond those that the model of references knows. */
const BEFORE =
  /(?:\b(?:RFC|ISO|IEC|X|FIPS|NIST|SP|EN|TS|TR|BRs?|EVGs?|eIDAS|GDPR|DSGVO|SVG)\b[^.;|]{0,40}|(?:Requirements|Guidelines|Policy|Regulation|Directive|Act|Agreement|Verordnung|Gesetz(?:es)?|Richtlinie)\s(?:\([^)]*\)\s)?)[,(]?\s*\(?$/u;
const AFTER =
  /^(?:\([\p{L}\d]+\))*(?: [a-z](?:(?:, | and )[a-z])*(?= of))?(?:, respectively)?(?:\s?,)?\s*(?:\([^)]*\)\s)?(?:of|in|from|to|des|der|von|im|aus|nach)\s(?!(?:this|dieses|dieser|diesem)\b)(?:(?:the|its|their|that|a|an|dem|den|der)\s)?(?:[\p{L}/-]+\s){0,3}?(?:\[?RFC|ISO|X\.\d|FIPS|NIST|Requirements?|Guidelines|Polic(?:y|ies)|Regulation|Act|CPS?\b|EN\s|ETSI|law)/u;

/** More sections of the same text: "4.9.1.1 and Section 4.9.1.2, respectively, of the Baseline Requirements". */
const FURTHER = /^(?:\s?(?:,|and|or|und|oder|through|to|bis|\/)\s?(?:(?:sections?|clauses?|abschnitte?n?s?)\s)?\d{1,2}(?:\.\d{1,3})*)+/iu;

function isElsewhere(text: string, start: number, end: number): boolean {
  return BEFORE.test(text.slice(Math.max(0, start - 80), start)) || AFTER.test(text.slice(end, end + 160).replace(FURTHER, ''));
}

/** Those beside it that exist, or the section above. */
function nearest(number: string, { numbers, below }: Target): string {
  const parent = parentOf(number);
  const siblings = below.get(parent) ?? [];
  if (siblings.length > 12) return `one of ${siblings.slice(0, 11).join(', ')}, … ${siblings.at(-1)}`;
  if (siblings.length > 0) return `one of ${siblings.join(', ')}`;
  return numbers.has(parent) ? `${parent}, which has no subsections` : 'the number of a section of this text';
}

function* checkLinks(passage: Passage, section: Section, target: Target): Iterable<Observation> {
  for (const link of passage.links) {
    if (!link.url.startsWith('#') || link.url === '#') continue;
    const name = decode(link.url.slice(1)).toLowerCase();
    if (!target.anchors.has(name)) {
      yield {
        message: `A link in ${nameSection(section).replace(/^S/, 's')} leads nowhere.`,
        at: passage.placeAt(link.start),
        seen: `[${passage.text.slice(link.start, link.end)}](${link.url})`,
        expected: expectedLink(passage, link, target),
      };
      continue;
    }
    yield* checkWords(passage, link, section, target.anchors.get(name));
  }
}

function expectedLink({ text }: Passage, { start, end }: TextLink, { numbers }: Target): string {
  const number = numberIn(text.slice(start, end));
  return number && numbers.has(number) ? `#${number}` : 'the anchor of a heading of this text';
}

/** The number of the section that the words of a link name, where they name exactly one. */
function numberIn(words: string): string | undefined {
  const mentioned = [...findReferences(words)].map(({ number }) => number);
  const plain = /^\s*(\d{1,2}(?:\.\d{1,3})+)\.?(?:\s|$)/.exec(words)?.[1];
  return mentioned.length === 1 ? mentioned[0] : mentioned.length === 0 ? plain : undefined;
}

function* checkWords({ text, placeAt }: Passage, { start, end, url }: TextLink, section: Section, target: Section | undefined): Iterable<Observation> {
  const words = text.slice(start, end);
  const number = numberIn(words);
  if (!target?.number || number === undefined || number === target.number) return;
  yield {
    message: `A link in ${nameSection(section).replace(/^S/, 's')} leads to another section than its words say.`,
    at: placeAt(start),
    seen: `[${words}](${url}), which leads to section ${target.number} "${target.title}"`,
    expected: `section ${number}`,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Words that stand for the provider's other documents. */
const NAMES: readonly [pattern: string, types: readonly DocumentType[]][] = [
  ['CP/CPS', ['CP-CPS']],
  ['CPS|Certification Practice Statement', ['CPS', 'CP-CPS']],
  ['CP|Certificate Policy|Zertifikatsrichtlinie', ['CP', 'CP-CPS']],
  ['PDS|PKI Disclosure Statement', ['PDS']],
  ['TSPS', ['TSPS']],
];
const LIST = String.raw`(\d{1,2}(?:\.\d{1,3})*)`;
const MENTIONED = new RegExp(
  String.raw`\b(?:sections?|clauses?|abschnitte?[ns]?|kapiteln?)\s+${LIST}\s+(?:of|in|des|der|im)\s+(?:the\s+)?(${NAMES.map(([pattern]) => pattern).join('|')})(?![\p{L}\p{N}/-]|['’]s)`,
  'giu',
);

/** "Section 4.9 of the CPS", where the repository has one CPS: it is held against that text. */
function* checkOthers({ text, inRevisions, placeAt }: Passage, section: Section, { draft }: Target, targets: readonly Target[]): Iterable<Observation> {
  if (inRevisions || tellsHistory(section)) return;
  for (const match of text.matchAll(MENTIONED)) {
    const [, number = '', name = ''] = match;
    const other = findOther(name, draft, targets);
    if (!other || other.numbers.has(number)) continue;
    yield {
      message: `${nameSection(section)} refers to section ${number} of ${other.draft.file}, which does not exist.`,
      at: placeAt(match.index),
      seen: excerpt(text, match.index),
      expected: nearest(number, other),
    };
  }
}

/** The text of the document that is called so: the only one of its type, in the same language where there are several. */
function findOther(name: string, { language }: Draft, targets: readonly Target[]): Target | undefined {
  const types = NAMES.find(([pattern]) => new RegExp(`^(?:${pattern})$`, 'iu').test(name))?.[1] ?? [];
  const called = targets.filter(({ draft, numbers }) => types.includes(draft.type) && numbers.size > 0);
  if (new Set(called.map(({ draft }) => draft.id)).size !== 1) return undefined;
  return called.find(({ draft }) => draft.language === language) ?? called[0];
}
