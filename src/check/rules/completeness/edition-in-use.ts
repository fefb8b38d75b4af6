import { compareEditionNames, compareEditions } from '../../../model/edition.ts';
import type { Observation, Place, Rule } from '../../../model/finding.ts';
import { suggest } from '../../../model/mark.ts';
import type { Catalogue } from '../../../model/requirement.ts';
import type { Draft, Workspace } from '../../../model/workspace.ts';
import { isRegistered } from '../../suspects.ts';

/** The editions to which a text says that it was written exist, and are those by which it is judged. */
export const editionInUse: Rule = {
  id: 'completeness/edition-in-use',
  demands: 'The editions of standards to which a text was written are those in use.',
  basis: { standard: 'Cartulary' },
  severity: 'warning',
  *check(workspace) {
    if (workspace.shelf.known.size === 0) return;
    for (const draft of workspace.drafts) {
      const registered = isRegistered(workspace, draft);
      for (const [standard, edition] of Object.entries(draft.frontMatter?.writtenTo ?? {})) {
        const observation = judge({ standard, edition, at: placeOf(draft, standard) }, workspace);
        if (observation) yield { ...observation, severity: registered ? 'info' : (observation.severity ?? 'warning') };
      }
    }
  },
};

/** One edition that a text names. */
interface Named {
  standard: string;
  edition: string;
  at: Place;
}

function placeOf({ file, fields }: Draft, standard: string): Place {
  const path = `writtenTo.${standard}`;
  const start = fields[path];
  return { file, path, ...(start && { start }) };
}

function judge(named: Named, { shelf }: Workspace): Observation | undefined {
  const { standard, edition, at } = named;
  const known = shelf.known.get(standard);
  if (!known) {
    const standards = [...shelf.known.keys()];
    const near = suggest(standard, standards);
    const expected = near ? `${near}, perhaps` : `one of ${standards.join(', ')}`;
    return { message: `There is no catalogue of a standard "${standard}".`, at, seen: `writtenTo: ${standard}`, expected, severity: 'error' };
  }
  if (!known.includes(edition)) {
    const near = suggest(edition, known);
    const expected = near ? `${near}, perhaps` : `one of ${known.join(', ')}`;
    return { message: `There is no catalogue of the edition ${edition} of ${standard}.`, at, seen: `${standard}: ${edition}`, expected, severity: 'error' };
  }
  const [used, written] = [shelf.inUse[standard] ?? '', edition].map((name) => shelf.catalogues.get(`${standard}/${name}`));
  return used && written && used !== written ? describe(named, shelf.inUse[standard] ?? '', written, used) : undefined;
}

function describe({ standard, edition, at }: Named, inUse: string, written: Catalogue, used: Catalogue): Observation {
  const compare = (older: string, newer: string) => `cartulary requirements --compare ${standard}/${older} ${standard}/${newer}`;
  if (compareEditionNames(edition, inUse) > 0) {
    return {
      message: `The text is written to ${written.standard} ${written.edition}, and the older ${used.edition} is in use.`,
      at,
      seen: `${standard}: ${edition}`,
      expected: `editions: { ${standard}: ${edition} } in cartulary.yaml`,
      advice: `Name it there, so that the text is judged by it. What is new in it: ${compare(inUse, edition)}`,
    };
  }
  return {
    message: `The text is written to ${written.standard} ${written.edition}, and ${used.edition} is in use${countChanges(written, used)}.`,
    at,
    seen: `${standard}: ${edition}`,
    expected: `${standard}: ${inUse}, once the text answers it`,
    advice: `See what it asks: ${compare(edition, inUse)}`,
  };
}

/** `: 3 requirements are new, 2 amended under the same id and 1 void`. */
function countChanges(older: Catalogue, newer: Catalogue): string {
  const { added, changed, renumbered, amended, voided } = compareEditions(older, newer);
  const parts = [
    [added.length, 'new'],
    [changed.length, 'changed and carried on by a letter'],
    [renumbered.length, 'under another number'],
    [amended.length, 'amended under the same id'],
    [voided.length, 'void'],
  ] as const;
  const [first, ...others] = parts.filter(([count]) => count > 0).map(([count, what]) => ({ count, what }));
  if (!first) return ', which asks for the same';
  const told = [
    `${first.count} ${first.count === 1 ? 'requirement is' : 'requirements are'} ${first.what}`,
    ...others.map(({ count, what }) => `${count} ${what}`),
  ];
  return `: ${told.length > 1 ? `${told.slice(0, -1).join(', ')} and ${told.at(-1)}` : told[0]}`;
}
