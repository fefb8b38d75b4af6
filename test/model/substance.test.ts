import { expect, test } from 'vitest';
import { hasSubstance } from '../../src/model/substance.ts';
import { readMarkdown } from '../../src/read/markdown.ts';

const says = (text: string) => hasSubstance(readMarkdown(`# 4.1 Application\n\n${text}\n`, 'cps.md').sections, 0);

test.each([
  ['a sentence', 'Anybody may apply for a certificate in person.', true],
  ['a short sentence', 'ETS offers no certificate suspension.', true],
  ['words that say nothing', 'To be completed.', false],
  ['a few words beside a reference', 'The rules of ETSI EN 319 411-1 clause 6.4 apply.', false],
  ['nothing', '', false],
  ['only a mark', '<!-- meets 411-2:OVR-5.1-01 -->', false],
  ['No stipulation', 'No stipulation.', false],
  ['the same in German', 'Keine Bestimmung.', false],
  ['not applicable', 'Not applicable', false],
  ['only a reference', 'See ETSI EN 319 411-1 V1.5.1 clause 6.2.2.', false],
  ['a reference with a statement', 'Applicants are identified in person, as ETSI EN 319 411-1 clause 6.2.2 asks.', true],
  ['a table', '| Field | Value |\n| --- | --- |\n| Validity of a response | eight hours at most |', true],
  ['text in a subsection', '## 4.1.1 Who can apply\n\nAnybody may apply for a certificate in person.', true],
  ['text in the next section only', '# 4.2 Processing\n\nAn application is processed within five days.', false],
])('%s', (_, text, expected) => {
  expect(says(text)).toBe(expected);
});
