import type { Section } from '../../../model/document.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import { passagesOf, tellsHistory } from '../../../model/running-text.ts';
import type { Draft } from '../../../model/workspace.ts';
import { type Binding, bindDemand } from '../../demands.ts';
import { isWithin } from '../../statements.ts';
import { followsOutline } from './outline-complete.ts';

/** Standards that a text brings in by citing them stand in its list of references. */
export const referencesListed: Rule = {
  id: 'form/references-listed',
  demands: 'Standards that a CP or CPS cites stand in its list of references.',
  basis: { standard: 'Mozilla Root Store Policy', edition: '3.1', clause: '3.3.2' },
  severity: 'warning',
  sets: ['mozilla'],
  *check(workspace) {
    const binding = bindDemand('references-identified', workspace);
    if (binding) for (const draft of workspace.drafts.filter(followsOutline)) yield* checkText(draft, binding);
  },
};

/** As in the Baseline Requirements, or under a title of its own. */
const isList = (section: Section) =>
  isWithin(section, ['1.6.3']) || /^(?:normative |informative )?references$|^(?:referenzen|verweise)$/iu.test(section.title.trim());
/** Standards whose names cannot mean anything else. */
const CITED =
  /(?<![\p{L}\d])(?:RFC[ -]?(?<rfc>\d{3,5})|(?:ETSI )?(?<etsi>(?:EN|TS|TR) \d{3} \d{3}(?:-\d+)?)|(?<fips>FIPS(?: PUB)?[ -]?\d{3}(?:-\d)?)|ISO(?:\/IEC)? (?<iso>\d{4,5}(?:-\d+)?))(?![\p{L}\d])/gu;

function* checkText(draft: Draft, { basis, severity, from }: Binding): Iterable<Observation> {
  const list = draft.sections.find(isList);
  const listed = new Set(draft.sections.filter(isList).flatMap(namesIn));
  const missing = new Map<string, string>();
  for (const section of draft.sections) {
    if (tellsHistory(section) || isList(section)) continue;
    for (const name of namesIn(section)) if (!listed.has(name) && !missing.has(name)) missing.set(name, section.number || `"${section.title}"`);
  }
  if (missing.size === 0) return;
  const [first] = missing;
  const until = from === undefined ? '' : `, as is asked for from ${from} on`;
  yield {
    message: `${list ? 'The list of references lacks' : 'There is no list of references for'} ${missing.size === 1 ? `${first?.[0]}, which the text cites` : `${missing.size} standards that the text cites`}${until}.`,
    at: (list ?? draft.sections.find(({ number }) => number === '1.6'))?.place ?? { file: draft.file },
    seen: [...missing].map(([name, section]) => `${name} in ${section}`).join(', '),
    expected: 'each with its version or "latest" and a link',
    basis,
    severity,
  };
}

/** The standards that a section cites, each under one name however it is written. */
function namesIn(section: Section): string[] {
  return passagesOf(section)
    .filter(({ inRevisions }) => !inRevisions)
    .flatMap(({ text }) => [...text.matchAll(CITED)])
    .map(({ groups: { rfc, etsi, fips, iso } = {} }) => {
      if (rfc) return `RFC ${rfc}`;
      if (etsi) return `ETSI ${etsi}`;
      return fips ? `FIPS ${fips.replace(/^\D*/, '')}` : `ISO ${iso}`;
    });
}
