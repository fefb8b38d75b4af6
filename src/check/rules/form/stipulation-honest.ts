import type { RootContent } from 'mdast';
import { splitComments } from '../../../model/comment.ts';
import type { Section } from '../../../model/document.ts';
import type { Observation, Place, Rule } from '../../../model/finding.ts';
import type { Practices } from '../../../model/practice.ts';
import { excerpt, nameSection, type Passage, passagesOf } from '../../../model/running-text.ts';
import type { Draft, Workspace } from '../../../model/workspace.ts';
import { type Binding, bindDemand } from '../../demands.ts';
import { followsOutline } from './outline-complete.ts';

/** "No stipulation" means that the document sets no rule on the topic, and nothing else: MRSP 3.3(5), second bullet. */
export const stipulationHonest: Rule = {
  id: 'form/stipulation-honest',
  demands: '"No stipulation" stands only where the document sets no rule on the topic.',
  basis: { standard: 'Mozilla Root Store Policy', edition: '3.1', clause: '3.3(5)' },
  severity: 'error',
  *check(workspace) {
    const silence = readSilence(workspace);
    for (const draft of workspace.drafts) {
      const statements = readStatements(draft);
      const speaking = findSpeaking(draft.sections);
      for (const [index, section] of draft.sections.entries()) {
        const stipulation = findStipulation(section);
        if (!stipulation) continue;
        const place = stipulation.placeAt(0);
        yield* checkBeside(section, stipulation);
        yield* checkBelow(section, place, speaking[index]);
        yield* checkPointedTo(section, place, statements);
        if (draft.type !== 'CP' && followsOutline(draft)) yield* checkSilence(section, place, silence);
      }
    }
  },
};

/** A paragraph that says it, alone or with more after it; "No stipulation beyond …" is a sentence with a meaning of its own. */
const SAYS = /^(?:no stipulations?|not stipulated|keine (?:festlegung(?:en)?|bestimmung(?:en)?|vorgaben?|regelung(?:en)?|angaben?))(?:\s*[.;:,!–-]|\s*$)\s*/iu;

/** The paragraph in which a section says "No stipulation"; words in the middle of a sentence or table are none. */
const findStipulation = (section: Section) => passagesOf(section).find(({ kind, text }) => kind === 'paragraph' && SAYS.test(text));

/** Whether a section says so and nothing else. */
export const saysNoStipulation = (section: Section): boolean => passagesOf(section).every(({ text }) => /^\s*$/u.test(text.replace(SAYS, '')));

/** Other text in the same section. A reference to where the topic is dealt with is other text too: the section then says so instead. */
function* checkBeside(section: Section, stipulation: Passage): Iterable<Observation> {
  const rest = stipulation.text.replace(SAYS, '').trim();
  const other = passagesOf(section).find((passage) => passage !== stipulation && passage.text.trim() !== '' && !SAYS.test(passage.text));
  const code = section.blocks.some(isOtherBlock);
  if (rest === '' && !other && !code) return;
  const isNote = !code && NOTE.test(rest || (other?.text ?? ''));
  yield {
    message: `${nameSection(section)} says "No stipulation" and something else.`,
    at: stipulation.placeAt(0),
    seen: rest || other ? excerpt(rest || (other?.text ?? ''), 0) : 'a block of code or HTML beside it',
    expected: '"No stipulation." alone, or the rule without it',
    advice: 'Where the topic is dealt with elsewhere, write "See section …"; where the practice is not offered, write that it is not.',
    ...(isNote && { severity: 'warning' }),
  };
}

/** A note may only explain, which nobody but a reader can tell. */
const NOTE = /^\s*[([]?(?:note|hinweis|anmerkung)\s*:/iu;

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

/** What the Baseline Requirements say under a number, and what the provider does not offer: sections that could say more. */
interface Silence {
  /** How a demand binds, and the sections of which the TLS Baseline Requirements have a text; undefined where it does not bind. */
  spoken: { binding: Binding; numbers: ReadonlySet<string> } | undefined;
  /** Sections on what the provider does not do by its declared practices, with what they could say. */
  unoffered: { binding: Binding; words: ReadonlyMap<string, string> } | undefined;
}

function readSilence(workspace: Workspace): Silence {
  const { config, outline } = workspace;
  const spoken = config.ruleSets.includes('cabf-tls') ? bindDemand('no-stipulation-only-where-br-silent', workspace) : undefined;
  const unoffered = bindDemand('not-applicable-wording', workspace);
  const words = new Map(UNOFFERED.filter(({ isOff }) => isOff(config.practices)).flatMap(({ numbers, say }) => numbers.map((number) => [number, say])));
  // Where a demand wants substance, form/demands-answered tells that it is missing.
  const wanted = new Set(workspace.statements.programmes.flatMap(({ sections, parts }) => (parts.some((part) => part.holds) ? sections : [])));
  const numbers = outline.sections.filter(({ brStatus, number }) => brStatus === 'text' && !wanted.has(number)).map(({ number }) => number);
  return {
    spoken: spoken && { binding: spoken, numbers: new Set(numbers) },
    unoffered: unoffered && { binding: unoffered, words },
  };
}

const UNOFFERED: readonly { numbers: readonly string[]; isOff: (practices: Practices) => boolean; say: string }[] = [
  { numbers: ['4.9.13', '4.9.14', '4.9.15', '4.9.16'], isOff: ({ suspension }) => suspension === 'false', say: 'that certificates are not suspended' },
  { numbers: ['4.12', '4.12.1'], isOff: ({ subjectKeys }) => subjectKeys?.escrow === 'false', say: 'that keys are not held in escrow' },
];

/** "No stipulation" is honest there, and leaves open what readers want to know. */
function* checkSilence({ number }: Section, at: Place, { spoken, unoffered }: Silence): Iterable<Observation> {
  const words = unoffered?.words.get(number);
  if (unoffered && words) {
    const { basis, severity } = unoffered.binding;
    const message = `Section ${number} says "No stipulation", and by the declared practices it could say ${words}.`;
    yield { message, at, seen: 'No stipulation', expected: words, basis, severity };
  } else if (spoken?.numbers.has(number)) {
    const { basis, severity } = spoken.binding;
    const message = `Section ${number} says "No stipulation", and the TLS Baseline Requirements have a rule under that number.`;
    yield { message, at, seen: 'No stipulation', expected: 'what the provider does to keep that rule', basis, severity };
  }
}
