import type { RootContent } from 'mdast';
import { splitComments } from '../../../model/comment.ts';
import type { Section } from '../../../model/document.ts';
import type { Observation, Place, Rule, RuleSet } from '../../../model/finding.ts';
import { excerpt, nameSection, type Passage, passagesOf } from '../../../model/running-text.ts';
import type { Draft } from '../../../model/workspace.ts';

/** "No stipulation" means that the document sets no rule on the topic, and nothing else: MRSP 3.3(5), second bullet. */
export const stipulationHonest: Rule = {
  id: 'form/stipulation-honest',
  demands: '"No stipulation" stands only where the document sets no rule on the topic.',
  basis: { standard: 'Mozilla Root Store Policy', edition: '3.1', clause: '3.3(5)' },
  severity: 'error',
  *check({ drafts, config }) {
    for (const draft of drafts) {
      const statements = readStatements(draft);
      const speaking = findSpeaking(draft.sections);
      for (const [index, section] of draft.sections.entries()) {
        const stipulation = findStipulation(section);
        if (!stipulation) continue;
        const place = stipulation.placeAt(0);
        yield* checkBeside(section, stipulation);
        yield* checkBelow(section, place, speaking[index]);
        yield* checkPointedTo(section, place, statements);
        yield* checkWanted(section, place, config.ruleSets);
      }
    }
  },
};

/** A paragraph that says it, alone or with more after it; "No stipulation beyond …" is a sentence with a meaning of its own. */
const SAYS = /^(?:no stipulations?|not stipulated|keine (?:festlegung(?:en)?|bestimmung(?:en)?|vorgaben?|regelung(?:en)?|angaben?))(?:\s*[.;:,!–-]|\s*$)\s*/iu;

/** The paragraph in which a section says "No stipulation"; words in the middle of a sentence or table are none. */
const findStipulation = (section: Section) => passagesOf(section).find(({ kind, text }) => kind === 'paragraph' && SAYS.test(text));

/** Other text in the same section. A reference to where the topic is dealt with is other text too: the section then says so instead. */
function* checkBeside(section: Section, stipulation: Passage): Iterable<Observation> {
  const rest = stipulation.text.replace(SAYS, '').trim();
  const other = passagesOf(section).find((passage) => passage !== stipulation && passage.text.trim() !== '' && !SAYS.test(passage.text));
  const code = section.blocks.some(isOtherBlock);
  if (rest === '' && !other && !code) return;
  yield {
    message: `${nameSection(section)} says "No stipulation" and something else.`,
    at: stipulation.placeAt(0),
    seen: rest || other ? excerpt(rest || (other?.text ?? ''), 0) : 'a block of code or HTML beside it',
    expected: '"No stipulation." alone, or the rule without it',
    advice: 'Where the topic is dealt with elsewhere, write "See section …"; where the practice is not offered, write that it is not.',
  };
}

/** What holds no passage and is text nevertheless. */
function isOtherBlock(block: RootContent): boolean {
  if (block.type === 'code') return true;
  return block.type === 'html' && splitComments(block.value).rest.trim() !== '';
}

/** A section that stipulates nothing has no subsections that do. */
function* checkBelow({ number }: Section, at: Place, speaking: Section | undefined): Iterable<Observation> {
  if (!number || !speaking?.number.startsWith(`${number}.`)) return;
  yield {
    message: `Section ${number} says "No stipulation", and its subsection ${speaking.number} sets a rule.`,
    at,
    seen: `section ${speaking.number} "${speaking.title}" in line ${speaking.place.start?.line ?? 0}`,
    expected: 'no text above the subsections, or words that introduce them',
  };
}

/** For each section the first of those after it that says something, whosever subsection it is; found from the end, in one pass. */
function findSpeaking(sections: readonly Section[]): (Section | undefined)[] {
  const next: (Section | undefined)[] = [];
  let speaking: Section | undefined;
  for (let index = sections.length - 1; index >= 0; index -= 1) {
    next[index] = speaking;
    const section = sections[index];
    if (section && section.blocks.length > 0 && !findStipulation(section)) speaking = section;
  }
  return next;
}

/** A statement that the front matter says stands in a section. */
interface Statement {
  oid: string;
  /** The key that points to it. */
  key: string;
}

/** The statements of the front matter by the section in which they stand. */
function readStatements({ frontMatter }: Draft): ReadonlyMap<string, readonly Statement[]> {
  const statements = (frontMatter?.policies ?? []).flatMap(({ oid, qualified, qscd }) => [
    { oid, key: 'qualified.statement', number: qualified?.statement ?? '' },
    { oid, key: 'qscd.statement', number: qscd?.statement ?? '' },
  ]);
  return Map.groupBy(
    statements.filter(({ number }) => number !== ''),
    ({ number }) => number,
  );
}

function* checkPointedTo({ number }: Section, at: Place, statements: ReadonlyMap<string, readonly Statement[]>): Iterable<Observation> {
  for (const { oid, key } of statements.get(number) ?? []) {
    yield {
      message: `Section ${number} says "No stipulation", and the front matter says that a statement on policy ${oid} stands there.`,
      at,
      seen: 'No stipulation',
      expected: `the statement that ${key} of the front matter points to`,
    };
  }
}

/** Sections that must say something under a set of rules. */
const WANTED: readonly { number: string; topic: string; sets: readonly RuleSet[]; source: string }[] = [
  {
    number: '1.5.2',
    topic: 'how problems with certificates are reported',
    sets: ['cabf-tls', 'cabf-smime'],
    source: 'CA/Browser Forum Baseline Requirements, 1.5.2 and 4.9.3',
  },
  { number: '3.2.2', topic: 'how applicants are validated, method by method', sets: ['mozilla', 'cabf-smime'], source: 'Mozilla Root Store Policy 3.1, 2.2' },
  { number: '4.9.3', topic: 'how revocation is asked for', sets: ['cabf-tls', 'cabf-smime'], source: 'CA/Browser Forum Baseline Requirements, 4.9.3' },
  { number: '4.9.12', topic: 'how anybody can show that a key is compromised', sets: ['mozilla'], source: 'Mozilla Root Store Policy 3.1, 6' },
  { number: '5.7.1', topic: 'the plan for mass revocation', sets: ['cabf-tls'], source: 'CA/Browser Forum TLS Baseline Requirements 2.2.6, 5.7.1.2' },
];

function* checkWanted({ number }: Section, at: Place, chosen: readonly RuleSet[]): Iterable<Observation> {
  for (const wanted of WANTED) {
    const set = wanted.sets.find((name) => chosen.includes(name));
    if (wanted.number !== number || !set) continue;
    yield {
      message: `Section ${number} says "No stipulation", and the rule set ${set} wants it to say ${wanted.topic}.`,
      at,
      seen: 'No stipulation',
      expected: `${wanted.topic} (${wanted.source})`,
    };
  }
}
