import type { Section } from '../../../model/document.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import { excerpt, type Passage, passagesOf } from '../../../model/running-text.ts';
import type { ProgrammeDemand, ProgrammePart } from '../../../model/statement.ts';
import { hasSubstance } from '../../../model/substance.ts';
import type { Draft } from '../../../model/workspace.ts';
import { type Binding, bindDemand, milder } from '../../demands.ts';
import { isWithin, locate, nameSection, readStatementsOf, type Said, type StatementReader } from '../../statements.ts';
import { followsOutline } from './outline-complete.ts';
import { saysNoStipulation } from './stipulation-honest.ts';

/** What the chosen root programmes and Baseline Requirements want a CP or CPS to say. Data: content/statements/programmes.yaml. */
export const demandsAnswered: Rule = {
  id: 'form/demands-answered',
  demands: 'A CP or CPS says what the chosen root programmes and Baseline Requirements want it to say.',
  basis: { standard: 'Mozilla Root Store Policy', edition: '3.1', clause: '3.3' },
  severity: 'error',
  sets: ['mozilla', 'chrome', 'cabf-tls', 'cabf-smime'],
  *check(workspace) {
    const texts = workspace.drafts.filter(followsOutline).map((draft): Text => ({ draft, reader: readStatementsOf(draft, workspace) }));
    for (const demand of workspace.statements.programmes) {
      const asked = demand.parts.flatMap((part): Asked[] => {
        const binding = bindDemand(demand.demand, workspace, part.sets);
        return binding ? [{ demand, part, binding }] : [];
      });
      for (const { text, answering } of pairTexts(texts)) yield* checkDemand(asked, text, answering);
    }
  },
};

/** A text, with what reads its statements; undefined for a language without patterns. */
interface Text {
  draft: Draft;
  reader: StatementReader | undefined;
}

/** One part of a demand, and how it binds. */
interface Asked {
  demand: ProgrammeDemand;
  part: ProgrammePart;
  binding: Binding;
}

/** A CPS answers itself or through a CP; a CP is asked only where the provider has no CPS. */
function pairTexts(texts: readonly Text[]): { text: Text; answering: readonly Text[] }[] {
  const policies = texts.filter(({ draft }) => draft.type === 'CP');
  const statements = texts.filter(({ draft }) => draft.type !== 'CP');
  if (statements.length === 0) return policies.map((text) => ({ text, answering: [text] }));
  return statements.map((text) => ({ text, answering: text.draft.type === 'CPS' ? [text, ...policies] : [text] }));
}

/** Of a section without substance nothing more is told. */
function* checkDemand(all: readonly Asked[], text: Text, answering: readonly Text[]): Iterable<Observation> {
  for (const asked of all) {
    if (answering.some((candidate) => isAnswered(asked, candidate))) continue;
    yield tellMissing(asked, text);
    if (asked.part.holds && !asked.part.sections) return;
  }
}

const scopeOf = ({ demand, part }: Asked) => part.sections ?? demand.sections;

function isAnswered(asked: Asked, { draft, reader }: Text): boolean {
  const { demand, part } = asked;
  const isInScope = (section: Section) => demand.anywhere === 'true' || isWithin(section, scopeOf(asked));
  if (part.holds) return holds(part.holds, draft.sections, scopeOf(asked));
  if (part.link) return draft.sections.filter(isInScope).some((section) => hasLink(section, new RegExp(part.link ?? '', 'iu')));
  // Nothing can be said of a text in a language without patterns.
  if (!reader || !Object.hasOwn(part.said ?? {}, draft.language.split('-')[0] ?? '')) return true;
  if (part.numbered && hasNumbered(draft.sections, new RegExp(part.numbered, 'u'))) return true;
  return reader.assertions.some((assertion) => isInScope(assertion.section) && reader.says(assertion, part.said ?? {})?.how === 'said');
}

function holds(what: 'text' | 'substance', sections: readonly Section[], numbers: readonly string[]): boolean {
  const index = sections.findIndex(({ number }) => numbers.includes(number));
  const section = sections[index];
  if (!section || saysNoStipulation(section)) return false;
  return what === 'substance' ? hasSubstance(sections, index) : passagesOf(section).some(({ text }) => text.trim() !== '');
}

const hasLink = (section: Section, pattern: RegExp) =>
  passagesOf(section).some(({ text, links }) => pattern.test(text) || links.some(({ url }) => pattern.test(url)));

const hasNumbered = (sections: readonly Section[], pattern: RegExp) =>
  sections.some(({ number }, index) => pattern.test(number) && hasSubstance(sections, index));

function tellMissing(asked: Asked, { draft, reader }: Text): Observation {
  const { demand, part, binding } = asked;
  const numbers = scopeOf(asked);
  const severity = milder(binding.severity, part.level);
  const contrary = part.contrary && reader && findContrary(part.contrary, reader);
  if (contrary) {
    const message = `${nameSection(contrary.assertion.section)} has words that stand against what the text should say: ${part.name}.`;
    return { ...locate(contrary), message, expected: part.name, basis: binding.basis, severity: milder('warning', binding.severity) };
  }
  const section = findPlace(draft.sections, numbers);
  const isPlace = section && numbers.includes(section.number);
  const where = isPlace && demand.anywhere !== 'true' ? `${nameSection(section)} of ${draft.id}` : `The text ${draft.id}`;
  return {
    message: `${where} does not say ${part.name}${binding.from === undefined ? '' : `, as is asked for from ${binding.from} on`}.`,
    at: section?.place ?? { file: draft.file },
    seen: describe(section, numbers),
    expected: part.name,
    advice: `Say it${demand.anywhere === 'true' ? `, best in section ${numbers[0]}` : ` in section ${numbers[0]}`}.`,
    basis: binding.basis,
    severity,
  };
}

/** The first section that is there, or the one above it. */
function findPlace(sections: readonly Section[], numbers: readonly string[]): Section | undefined {
  for (const wanted of numbers) {
    for (let number = wanted; number !== ''; number = number.slice(0, Math.max(0, number.lastIndexOf('.')))) {
      const found = sections.find((section) => section.number === number);
      if (found) return found;
    }
  }
  return undefined;
}

function describe(section: Section | undefined, numbers: readonly string[]): string {
  if (!section || !numbers.includes(section.number)) return `no section ${numbers[0]}`;
  const first = passagesOf(section).find(({ text }: Passage) => text.trim() !== '');
  return first && passagesOf(section).length === 1 ? excerpt(first.text, 0) : `no such statement in ${numbers.join(', ')}`;
}

function findContrary(forms: NonNullable<ProgrammePart['contrary']>, reader: StatementReader): Said | undefined {
  for (const assertion of reader.assertions) {
    const said = reader.says(assertion, forms);
    if (said?.how === 'said') return said;
  }
  return undefined;
}
