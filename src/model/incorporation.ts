import type { Catalogue, Incorporation, Requirement, RequirementId } from './requirement.ts';

/** An incorporation whose target is missing. */
export interface Unresolved {
  standard: string;
  requirement: RequirementId;
  target: string;
}

/** Whether everything that these catalogues take over from one another exists there and is not void. Documents that are not among them are left alone. */
export function findUnresolved(catalogues: readonly Catalogue[]): Unresolved[] {
  const byStandard = new Map(catalogues.map((catalogue) => [catalogue.standard, catalogue]));
  return catalogues.flatMap((catalogue) =>
    catalogue.requirements.flatMap((requirement) => {
      const excluded = (requirement.excludes?.ids ?? []).map((id): Incorporation => ({ standard: requirement.excludes?.standard ?? '', id }));
      return [...requirement.incorporates, ...excluded]
        .filter((incorporation) => isMissing(byStandard.get(incorporation.standard), incorporation))
        .map((incorporation) => ({ standard: catalogue.standard, requirement: requirement.id, target: describeIncorporation(incorporation) }));
    }),
  );
}

function isMissing(target: Catalogue | undefined, { id, to, clause, policy, tag }: Incorporation): boolean {
  if (!target) return false;
  const live = (wanted: string) => target.requirements.some((requirement) => requirement.id === wanted && requirement.kind !== 'void');
  if ([id, to].some((wanted) => wanted !== undefined && !live(wanted))) return true;
  if (clause !== undefined && !target.clauses.some(({ number }) => number === clause)) return true;
  if (policy !== undefined && !target.policies.some((known) => known.id === policy)) return true;
  return tag !== undefined && !target.tags.some((known) => known.id === tag);
}

/** `EN 319 411-1 clause 6.2`, `EN 319 401 REQ-7.4.1-02 to REQ-7.4.1-12`, `EN 319 411-1 policy NCP+`. */
export function describeIncorporation({ standard, edition, clause, id, to, item, policy, tag }: Incorporation): string {
  const document = `${standard.replace(/^ETSI /, '')}${edition ? ` ${edition}` : ''}`;
  if (policy) return `${document} policy ${policy}`;
  if (tag) return `${document} tag ${tag}`;
  if (id) return `${document} ${id}${item ? ` ${item})` : ''}${to ? ` to ${to}` : ''}`;
  if (clause) return `${document} ${clause.startsWith('Annex') ? clause : `clause ${clause}`}`;
  return document;
}

/** Whether a requirement of that standard is among what an incorporation names by clause or id. Ids of a run count in the order of the catalogue. */
export function isIncorporated(incorporation: Incorporation, { standard, requirements }: Catalogue, requirement: Requirement): boolean {
  const { id, to, clause, policy, tag } = incorporation;
  if (incorporation.standard !== standard || policy !== undefined || tag !== undefined) return false;
  if (id !== undefined && to === undefined) return requirement.id === id;
  if (id !== undefined) {
    const [first, last, here] = [id, to, requirement.id].map((wanted) => requirements.findIndex((candidate) => candidate.id === wanted)) as [
      number,
      number,
      number,
    ];
    return first <= here && here <= last;
  }
  return clause !== undefined && (requirement.clause === clause || requirement.clause.startsWith(`${clause}.`));
}
