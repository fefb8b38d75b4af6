import type { Section } from '../../../model/document.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import type { Editions } from '../../../model/form-facts.ts';
import { excerpt, nameSection, type Passage, passagesOf, type Sentence, sentencesOf, tellsHistory } from '../../../model/running-text.ts';
import { dateIn } from '../../../model/time.ts';
import type { Draft } from '../../../model/workspace.ts';

/** Standards and laws are cited in an edition that is not out of date. Data: content/form/editions.yaml. */
export const editionCurrent: Rule = {
  id: 'form/edition-current',
  demands: 'A text cites no edition of a standard or law that is out of date.',
  basis: { standard: 'Mozilla Root Store Policy', edition: '3.1', clause: '3.3.2' },
  severity: 'warning',
  *check({ drafts, formFacts: { editions }, config, now }) {
    const sources = readSources(editions, dateIn(now, config.timeZone));
    if (!sources) return;
    for (const draft of drafts) {
      yield* checkAmended(draft, sources);
      for (const section of draft.sections) {
        if (tellsHistory(section)) continue;
        for (const passage of passagesOf(section)) if (!passage.inRevisions) yield* checkPassage(passage, section, sources);
      }
    }
  },
};

/** How a source is searched for: most passages do not have its key, which is found faster than the pattern. */
interface Searched {
  key: string;
  cited: string;
}
type Edition = Editions['editions'][number] & Searched;
type Replaced = Editions['replaced'][number] & Searched;
type Amended = Editions['amended'][number] & Searched;

/** What is out of date today, ready to be searched for. */
interface Sources {
  editions: readonly Edition[];
  replaced: readonly Replaced[];
  amended: readonly Amended[];
}

/** A name as texts print it: spaces may be missing, hyphens may be of several kinds. */
const loosen = (cited: string) => cited.replaceAll(' ', ' {0,2}').replaceAll('-', '[-‐‑–]');
// Without the flag for Unicode, and only where the key was seen: fifty patterns with it would take longer to make than to use.
const toPattern = (cited: string) => new RegExp(`(?<![A-Za-z0-9])(?:${loosen(cited)})(?![0-9]|[-.][0-9])`, 'gi');

function readSources({ editions, replaced, amended }: Editions, today: string): Sources | undefined {
  const past = <T extends { name: string; cited: string; since: string }>(sources: readonly T[]) =>
    sources.filter(({ since }) => since <= today).map((source) => ({ ...source, key: toKey(source.name) }));
  const found = { editions: past(editions), replaced: past(replaced), amended: past(amended) };
  return found.editions.length + found.replaced.length + found.amended.length > 0 ? found : undefined;
}

/** The longest number of a name, or its longest word where it has none. */
function toKey(name: string): string {
  const parts = name.match(/\d{2,}/g) ?? name.match(/\p{L}+/gu) ?? [];
  return parts.toSorted((a, b) => b.length - a.length)[0] ?? '';
}

function* checkPassage(passage: Passage, section: Section, sources: Sources): Iterable<Observation> {
  const isThere = ({ key }: Searched) => passage.text.includes(key);
  const editions = sources.editions.filter(isThere);
  const replaced = sources.replaced.filter(isThere);
  if (editions.length + replaced.length === 0) return;
  for (const sentence of sentencesOf(passage)) {
    if (SPEAKS_OF_CHANGE.test(sentence.text)) continue;
    for (const edition of editions) if (sentence.text.includes(edition.key)) yield* checkEdition(edition, passage, section, sentence);
    for (const source of replaced) if (sentence.text.includes(source.key)) yield* checkReplaced(source, passage, section, sentence);
  }
}

function* checkReplaced({ name, by, since, cited }: Replaced, passage: Passage, section: Section, { start, text }: Sentence): Iterable<Observation> {
  // Named together with its successor, the old one is named for a reason.
  if (toPattern(by).test(text)) return;
  for (const match of text.matchAll(toPattern(cited))) {
    if (isFloor(text, match.index, match.index + match[0].length)) continue;
    yield {
      message: `${nameSection(section)} cites ${name}, which ${by} has replaced.`,
      at: passage.placeAt(start + match.index),
      seen: excerpt(text, match.index),
      expected: `${by}, since ${since}`,
    };
  }
}

/** "FIPS 140-2 level 3 or higher", "V1.4.1 or newer": what is cited is the least that will do. */
function isFloor(text: string, start: number, end: number): boolean {
  return (
    /\b(?:at least|mindestens|minimum)\s(?:\p{L}+\s){0,3}$/iu.test(text.slice(Math.max(0, start - 60), start)) ||
    /^(?:[^.;]|\.\d){0,30}?\(?\b(?:or|oder)\s(?:higher|newer|later|above|better|höher|neuer|später)/iu.test(text.slice(end, end + 60))
  );
}

const SPEAKS_OF_CHANGE = /\b(?:obsolet|replac|repeal|supersed|former|predecessor|previous version|withdrawn|ersetzt|aufgehoben|vormals|ehemals)/iu;

/** What stands between a name and its edition: a comma, a bracket, the next cell, a reference mark, words such as "version". */
const EDITION =
  /^(?:[`*"”’]|\s?\[[^\]]{1,20}\])*(?:(?:\s?[,(|]|\s[-–])?\s?(?:in\s)?(?:(?:current\s)?version|edition|fassung|ausgabe)\s(?:V\s?)?|(?:\s?[,(|]|\s[-–])?\s?V\.?\s?|:)(\d+(?:\.\d+)*)(?![\p{L}\p{N}]|\.\d)/iu;

function* checkEdition({ cited, name, current, since }: Edition, passage: Passage, section: Section, sentence: Sentence): Iterable<Observation> {
  for (const match of sentence.text.matchAll(toPattern(cited))) {
    const after = sentence.text.slice(match.index + match[0].length, match.index + match[0].length + 60);
    const printed = EDITION.exec(after)?.[1];
    if (printed === undefined || !isOlder(printed, current, since) || isFloor(sentence.text, match.index, match.index + match[0].length)) continue;
    yield {
      message: `${nameSection(section)} cites an edition of ${name} that is out of date.`,
      at: passage.placeAt(sentence.start + match.index),
      seen: excerpt(sentence.text, match.index),
      expected: `${current}, since ${since}, or the name without an edition where the current one is meant`,
    };
  }
}

/** A year is compared with that of the present edition, a version with its number. */
function isOlder(printed: string, current: string, since: string): boolean {
  const isYear = /^(?:19|20)\d{2}$/.test(printed);
  const now = isYear && !/^\d{4}$/.test(current) ? since.slice(0, 4) : current.replace(/^V/, '');
  if (isYear !== /^\d{4}$/.test(now)) return false;
  const a = printed.split('.').map(Number);
  const b = now.split('.').map(Number);
  for (const [index, part] of a.entries()) {
    const order = part - (b[index] ?? 0);
    if (order !== 0) return order < 0;
  }
  return false;
}

/** A law that was amended is cited with its amendment, once in the text. */
function* checkAmended(draft: Draft, { amended }: Sources): Iterable<Observation> {
  if (amended.length === 0) return;
  const passages = draft.sections
    .filter((section) => !tellsHistory(section))
    .flatMap((section) => passagesOf(section).map((passage) => ({ section, passage })));
  for (const { key, cited, name, by, title, since } of amended) {
    if (passages.some(({ passage }) => passage.text.includes(by))) continue;
    for (const { section, passage } of passages) {
      const match = passage.inRevisions || !passage.text.includes(key) ? undefined : [...passage.text.matchAll(toPattern(cited))][0];
      if (!match) continue;
      yield {
        message: `${nameSection(section)} cites ${name}, and the text names nowhere its amendment.`,
        at: passage.placeAt(match.index),
        seen: excerpt(passage.text, match.index),
        expected: `"as amended by ${title}", since ${since}`,
      };
      break;
    }
  }
}
