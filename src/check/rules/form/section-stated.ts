import type { RootContent } from 'mdast';
import { splitComments } from '../../../model/comment.ts';
import type { Section } from '../../../model/document.ts';
import type { Rule } from '../../../model/finding.ts';

/** No section is left without text or subsections. */
export const sectionStated: Rule = {
  id: 'form/section-stated',
  demands: 'No section is empty.',
  basis: { standard: 'Mozilla Root Store Policy', edition: '3.1', clause: '3.3(5)' },
  severity: 'error',
  *check({ drafts }) {
    for (const draft of drafts) {
      for (const [index, section] of draft.sections.entries()) {
        if (!section.heading || section.blocks.some(hasSubstance)) continue;
        const next = draft.sections[index + 1];
        if ((next && isSubsection(next, section)) || isReserved(section)) continue;
        yield {
          message: `Section ${section.number || `"${section.title}"`} is empty.`,
          at: section.place,
          seen: next ? `the next heading, "${[next.number, next.title].filter(Boolean).join(' ')}"` : 'the end of the text',
          expected: 'text, or subsections',
          advice: 'Say what holds, or "No stipulation." where the document sets no rule.',
        };
      }
    }
  },
};

/** A number that is kept free: "3.2.2.4.9 [Reserved]". The heading says all that there is. */
const isReserved = ({ title }: Section) => /^[[(]?(?:reserved|intentionally left blank|reserviert)[\])]?\.?$/iu.test(title.trim());

/** A comment, a rule across the page and the address of a link are no text. */
function hasSubstance(block: RootContent): boolean {
  if (block.type === 'html') return splitComments(block.value).rest.trim() !== '';
  return block.type !== 'definition' && block.type !== 'thematicBreak';
}

function isSubsection(next: Section, section: Section): boolean {
  if (next.number && section.number) return next.number.startsWith(`${section.number}.`);
  return (next.heading?.depth ?? 0) > (section.heading?.depth ?? 0);
}
