import type { Section } from '../../../model/document.ts';
import type { Rule } from '../../../model/finding.ts';
import { excerpt, nameSection, type Passage, passagesOf, sentencesOf } from '../../../model/running-text.ts';
import { bindDemand } from '../../demands.ts';
import { followsOutline } from './outline-complete.ts';

/** A section says what the provider itself does; that it follows an outside rule does not replace this. */
export const practiceDescribed: Rule = {
  id: 'form/practice-described',
  demands: 'A section of a CPS says what the provider does, and not only which outside rule it follows.',
  basis: { standard: 'Mozilla Root Store Policy', edition: '3.1', clause: '3.3.1' },
  severity: 'warning',
  sets: ['mozilla'],
  *check(workspace) {
    const binding = bindDemand('own-practice-described', workspace);
    if (!binding) return;
    for (const draft of workspace.drafts) {
      if (!followsOutline(draft) || draft.type === 'CP') continue;
      for (const [index, section] of draft.sections.entries()) {
        if (isIntroduction(section) || draft.sections[index + 1]?.number.startsWith(`${section.number}.`)) continue;
        const passage = findBareReference(section);
        if (!passage) continue;
        yield {
          message: `${nameSection(section)} only points to an outside rule.`,
          at: passage.placeAt(0),
          seen: excerpt(passage.text, 0),
          expected: 'what the provider does to follow that rule',
          basis: binding.basis,
          severity: binding.severity,
        };
      }
    }
  },
};

/** Chapter 1 and the legal matters of chapter 9 hold no practices. */
const isIntroduction = ({ number }: Section) => !/^[2-8]\./.test(number);

const OUTSIDE =
  /\b(?:Baseline Requirements|BRs?|Guidelines|Requirements|Root Store Policy|Root Program(?:me)? Policy|ETSI|EN \d|TS \d|RFC ?\d|ISO|NIST|FIPS|WebTrust|CCADB)\b/u;
const POINTS =
  /\b(?:see|refer to|as (?:specified|described|defined|set (?:out|forth)|required|stated|detailed|stipulated) (?:in|by)|in accordance with|in compliance with|compl(?:y|ies) with|conforms? to|adheres? to|follows?|per|pursuant to|according to|siehe|gemäß|nach|entspr(?:icht|echend))\b/iu;
/** A sentence that is longer says more than where the rule stands. */
const MOST_WORDS = 24;

/** The only sentence of a section, where it names an outside rule and a verb that points to it. */
function findBareReference(section: Section): Passage | undefined {
  const passages = passagesOf(section).filter(({ text }) => text.trim() !== '');
  const [passage] = passages;
  if (!passage || passages.length !== 1 || passage.kind !== 'paragraph' || section.blocks.some(({ type }) => type === 'code')) return undefined;
  const { text } = passage;
  if (sentencesOf(passage).length !== 1 || !OUTSIDE.test(text) || !POINTS.test(text)) return undefined;
  return text.split(/\s+/).length <= MOST_WORDS ? passage : undefined;
}
