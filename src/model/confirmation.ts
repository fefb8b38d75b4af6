import { MARK_NAME, type MarkTarget, markName, resolveTarget, suggest } from './mark.ts';
import type { Catalogue } from './requirement.ts';
import { type Suspect, tellSuspicion } from './suspect.ts';
import type { Confirms } from './version.ts';

/** What the entry of a document's next version confirms, and what stays suspect. */
export interface Confirmation {
  /** Undefined where nothing is confirmed. */
  confirms: Confirms | undefined;
  open: readonly Suspect[];
}

/** Names that authors give to confirm: `all`, or what marks name, separated by commas. */
export type Wanted = { names: 'all' | readonly MarkTarget[]; refusals?: undefined } | { names?: undefined; refusals: readonly string[] };

/**
 * Reads what is to be confirmed and refuses what is not known, or not suspect in any of the documents that are to be
 * registered: a confirmation says that somebody has read the section again.
 */
export function readWanted(text: string, suspects: ReadonlyMap<string, readonly Suspect[]>, catalogues: readonly Catalogue[]): Wanted {
  const documents = [...suspects.keys()].join(', ');
  const all = [...suspects.values()].flat();
  if (text.trim() === 'all') return all.length > 0 ? { names: 'all' } : { refusals: [`No mark of ${documents} is suspect: there is nothing to confirm.`] };
  const names = text.split(/[\s,]+/).filter(Boolean);
  const judged = names.map((name) => readName(name, all, documents, catalogues));
  const refusals = judged.filter((item) => typeof item === 'string');
  if (names.length === 0) refusals.push('Nothing is named to be confirmed: name marks such as 411-2:OVR-5.1-09, or all.');
  return refusals.length > 0 ? { refusals } : { names: judged.filter((item) => typeof item !== 'string') };
}

function readName(text: string, suspects: readonly Suspect[], documents: string, catalogues: readonly Catalogue[]): MarkTarget | string {
  const [, standard = '', name = ''] = MARK_NAME.exec(text) ?? [];
  const target = { text, standard, name };
  const { catalogue, requirements } = resolveTarget(target, catalogues);
  if (!catalogue) return `"${text}" is nothing that a mark could name: expected a standard and an id or clause, such as 411-2:OVR-5.1-09, or all.`;
  if (requirements.length === 0) {
    const near = suggest(name, [...catalogue.requirements.map(({ id }) => id), ...catalogue.clauses.map(({ number }) => number)]);
    return `${catalogue.standard} ${catalogue.edition} has no requirement ${name}${near ? `; ${standard}:${near}, perhaps` : ''}.`;
  }
  if (!suspects.some((suspect) => isNamed(suspect, target, catalogues))) return `${text} is not suspect in ${documents}: there is nothing to confirm of it.`;
  return target;
}

/** What of the wanted names counts for one document; a document without suspect marks confirms nothing. */
export function confirm(suspects: readonly Suspect[], names: 'all' | readonly MarkTarget[], catalogues: readonly Catalogue[]): Confirmation {
  if (suspects.length === 0 || names.length === 0) return { confirms: undefined, open: suspects };
  if (names === 'all') return { confirms: 'all', open: [] };
  const own = names.filter((target) => suspects.some((suspect) => isNamed(suspect, target, catalogues)));
  return {
    confirms: own.length > 0 ? [...new Set(own.map(({ text }) => text))] : undefined,
    open: suspects.filter((suspect) => !own.some((target) => isNamed(suspect, target, catalogues))),
  };
}

function isNamed(suspect: Suspect, target: MarkTarget, catalogues: readonly Catalogue[]): boolean {
  const { catalogue, requirements } = resolveTarget(target, catalogues);
  return catalogue === suspect.catalogue && requirements.includes(suspect.requirement);
}

/** A suspect mark in a line: `411-2:OVR-5.1-09  4.9.1, 4.9.3  another text since 2.4; V2.7.1 asks for something else`. */
export function describeSuspect(suspect: Suspect): string {
  const places = suspect.sections.map(({ number, title }) => number || `"${title}"`).join(', ');
  return `${markName(suspect.catalogue, suspect.requirement)}  ${places}  ${tellSuspicion(suspect).join('; ')}`;
}
