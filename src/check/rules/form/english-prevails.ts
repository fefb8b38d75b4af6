import type { Observation, Rule } from '../../../model/finding.ts';
import { excerpt, type Passage, passagesOf, sentencesOf } from '../../../model/running-text.ts';
import type { Draft } from '../../../model/workspace.ts';
import { bindDemand } from '../../demands.ts';
import { followsOutline } from './outline-complete.ts';

/** Root programmes read English: there is an English text, and it counts. */
export const englishPrevails: Rule = {
  id: 'form/english-prevails',
  demands: 'A CP or CPS has an English text, and where there are others, it says that the English one prevails.',
  basis: { standard: 'CCADB Policy', edition: '2.1', clause: '4' },
  severity: 'error',
  sets: ['mozilla', 'chrome'],
  *check(workspace) {
    const binding = bindDemand('english-version', workspace);
    if (!binding) return;
    for (const texts of Map.groupBy(workspace.drafts.filter(followsOutline), ({ id }) => id).values()) {
      for (const observation of checkDocument(texts)) yield { basis: binding.basis, ...observation };
    }
  },
};

const isEnglish = ({ language }: Draft) => language === 'en' || language.startsWith('en-');

function* checkDocument(texts: readonly Draft[]): Iterable<Observation> {
  const english = texts.find(isEnglish);
  const [first] = texts;
  if (!first) return;
  if (!english) {
    yield {
      message: `There is no English text of ${first.id}.`,
      at: { file: first.file, ...(first.fields['language'] && { start: first.fields['language'] }) },
      seen: texts.map(({ language }) => language).join(', '),
      expected: 'a text in English that counts',
    };
    return;
  }
  const said = texts.flatMap(readPrecedence);
  const other = said.find(({ language }) => language === 'other');
  if (other) {
    const { passage, at, text } = other;
    yield {
      message: `The text says that another language than English prevails.`,
      at: passage.placeAt(at),
      seen: excerpt(text, 0),
      expected: 'that the English text prevails',
    };
  } else if (texts.length > 1 && said.length === 0) {
    yield {
      message: `No text of ${english.id} says which of its languages prevails.`,
      at: english.sections.find(({ number }) => number === '1.2' || number === '9.17')?.place ?? { file: english.file },
      seen: texts.map(({ language }) => language).join(', '),
      expected: 'that the English text prevails',
      advice: 'Say it in section 1.2 or 9.17 of each text.',
      severity: 'warning',
    };
  }
}

const TEXT = '(?:language |language\\s)?(?:version|text|original|edition|Fassung|Version|Textfassung|Sprachfassung|Original)';
const PREVAILS = '(?:prevails?|shall prevail|authoritative|binding|takes? precedence|controls?|maßgeblich|maßgebend|verbindlich|Vorrang|geht vor|gilt)';
const STATEMENT = new RegExp(
  `\\b(English|German|French|Italian|Spanish|englisch\\p{L}*|deutsch\\p{L}*|französisch\\p{L}*)(?:-language)? ${TEXT}\\b(?:(?!\\b(?:not|nicht|no|kein)\\b)[^.;]){0,60}\\b${PREVAILS}`,
  'iu',
);

interface Precedence {
  language: 'english' | 'other';
  passage: Passage;
  at: number;
  text: string;
}

/** Sentences that say which language prevails. */
function readPrecedence({ sections }: Draft): Precedence[] {
  return sections.flatMap((section) =>
    passagesOf(section).flatMap((passage) =>
      sentencesOf(passage).flatMap(({ start, text }): Precedence[] => {
        const match = STATEMENT.exec(text);
        return match ? [{ language: /^engl/i.test(match[1] ?? '') ? 'english' : 'other', passage, at: start + match.index, text }] : [];
      }),
    ),
  );
}
