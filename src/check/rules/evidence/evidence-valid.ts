import { type Evidence, SectionName } from '../../../model/evidence.ts';
import type { Observation, Place, Rule } from '../../../model/finding.ts';
import { readMark, resolveTarget, suggest } from '../../../model/mark.ts';
import { dateIn } from '../../../model/time.ts';
import { readingObservations, type Workspace } from '../../../model/workspace.ts';

/** An item that names what does not exist is evidence of nothing. */
export const evidenceValid: Rule = {
  id: 'evidence/evidence-valid',
  demands: 'Each item of the evidence index can be read, has a name of its own, and names requirements and sections that there are.',
  basis: { standard: 'Cartulary' },
  severity: 'error',
  audience: 'assessor',
  *check(workspace) {
    yield* readingObservations(workspace, 'evidence/evidence-valid');
    const seen = new Map<string, Evidence>();
    for (const item of workspace.evidence?.items ?? []) {
      const twin = seen.get(item.id);
      if (twin) yield describeTwin(item, twin);
      else seen.set(item.id, item);
      yield* findUnknown(item, workspace);
      yield* findMissing(item, workspace);
      if (item.verified > dateIn(workspace.now, workspace.config.timeZone)) yield describeFuture(item);
    }
  },
};

/** The place of one value of an item, or of the item. */
export function placeIn({ file, fields }: Evidence, path: string): Place {
  const start = fields[path] ?? fields[''];
  return { file, path, ...(start && { start }) };
}

const describeTwin = (item: Evidence, { file, fields }: Evidence): Observation => ({
  message: `The id ${item.id} is that of two items.`,
  at: placeIn(item, 'id'),
  seen: `${item.id}, also in ${file}, line ${fields['id']?.line ?? 0}`,
  expected: 'an id that no other item has',
});

/** Requirements that no catalogue in use has, or that are void in it. */
function* findUnknown(item: Evidence, { catalogues }: Workspace): Iterable<Observation> {
  for (const [index, name] of item.requirements.entries()) {
    const [target] = readMark({ kind: 'meets', text: name, place: { file: item.file } }).targets;
    const { catalogue, requirements } = target ? resolveTarget(target, catalogues) : { catalogue: undefined, requirements: [] };
    if (requirements.some(({ kind }) => kind !== 'void')) continue;
    const near = suggest(
      target?.name ?? name,
      (catalogue?.requirements ?? []).flatMap(({ id, kind }) => (kind === 'void' ? [] : [id])),
    );
    yield {
      message: `The evidence ${item.id} is for ${name}, which ${requirements.length > 0 ? 'is void in the edition in use' : 'no edition in use has'}.`,
      at: placeIn(item, `requirements.${index}`),
      seen: catalogue ? `${name} in ${catalogue.standard} ${catalogue.edition}` : name,
      expected:
        near && catalogue
          ? `the id of a requirement, such as ${catalogue.short}:${near}`
          : `a requirement or clause of ${catalogues.flatMap(({ short, reach }) => (reach === 'rule-sets' ? [] : [short])).join(', ')}`,
    };
  }
}

/** Sections that neither the version in force nor the text of the work tree has. */
function* findMissing(item: Evidence, { evidence, drafts }: Workspace): Iterable<Observation> {
  for (const [index, name] of (item.sections ?? []).entries()) {
    if (!SectionName.safeParse(name).success || evidence?.sections.has(name)) continue;
    const [document, number] = name.split(' ');
    const texts = drafts.filter(({ id }) => id === document);
    if (texts.some(({ sections }) => sections.some((section) => section.number === number))) continue;
    yield {
      message: `The evidence ${item.id} is about ${name}, and there is no such section.`,
      at: placeIn(item, `sections.${index}`),
      seen: name,
      expected:
        texts.length > 0
          ? `the number of a section of ${document}, in force or in the work tree`
          : `one of the documents ${[...new Set(drafts.map(({ id }) => id))].join(', ')}`,
    };
  }
}

const describeFuture = (item: Evidence): Observation => ({
  message: `The evidence ${item.id} was verified on a day that has not come yet.`,
  at: placeIn(item, 'verified'),
  seen: item.verified,
  expected: 'a day that is not in the future',
});
