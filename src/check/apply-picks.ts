import type { Mark, Section } from '../model/document.ts';
import { type MarkTarget, readMark, resolveTarget, suggest } from '../model/mark.ts';
import type { Pick } from '../model/pick.ts';
import { type NewMark, placeMarks } from '../model/place-marks.ts';
import type { Catalogue } from '../model/requirement.ts';
import { nameSection } from '../model/running-text.ts';
import { hasSubstance } from '../model/substance.ts';
import { digestSection } from './suggest.ts';

/** A text with the sections that were read of it. */
export interface PickedText {
  file: string;
  text: string;
  sections: readonly Section[];
}

/** What becomes of a text by the picks for it. */
export interface AppliedPicks {
  /** The text with the marks; the text as it was where there is a refusal. */
  marked: string;
  marks: ReadonlyMap<Section, readonly NewMark[]>;
  /** Marks that a section has already. */
  known: ReadonlyMap<Section, readonly NewMark[]>;
  /** Why nothing may be written: whole sentences, one for each pick that cannot be carried out. */
  refusals: readonly string[];
}

/** Carries out the picks for one text, all or none. A pick with a reason to exclude is an exclusion; any other one a mark that meets. */
export function applyPicks({ file, text, sections }: PickedText, picks: readonly Pick[], catalogues: readonly Catalogue[]): AppliedPicks {
  const marks = new Map<Section, NewMark[]>();
  const known = new Map<Section, NewMark[]>();
  const refusals: string[] = [];
  for (const pick of picks) {
    const mark = toMark(pick);
    const index = sections.findIndex(({ anchor, heading }) => heading !== undefined && anchor === pick.section.replace(/\.$/, ''));
    const section = sections[index];
    const added = (section && marks.get(section)) ?? [];
    const fault = judgeName(pick, catalogues) ?? judgePlace(pick, sections, index) ?? judgeOthers(mark, section, added, catalogues);
    if (fault || !section) refusals.push(`${pick.requirement}@${file}#${pick.section}: ${fault}`);
    else if (findMark(mark.name, section, catalogues)) known.set(section, [...(known.get(section) ?? []), mark]);
    else if (!added.some(({ name }) => name === mark.name)) marks.set(section, [...added, mark]);
  }
  for (const added of marks.values()) added.sort((a, b) => orderOf(a, catalogues) - orderOf(b, catalogues));
  const standards = catalogues.map(({ short }) => short).reverse();
  return { marked: refusals.length > 0 ? text : placeMarks(text, marks, standards), marks, known, refusals };
}

const toMark = ({ requirement, exclude }: Pick): NewMark =>
  exclude === undefined ? { kind: 'meets', name: requirement } : { kind: 'excludes', name: requirement, reason: exclude };

/** New marks of a section stand in the order of the catalogue. */
function orderOf({ name }: NewMark, catalogues: readonly Catalogue[]): number {
  const { catalogue, requirements } = resolveTarget(toTarget(name), catalogues);
  return requirements[0] ? (catalogue?.requirements.indexOf(requirements[0]) ?? 0) : 0;
}

const toTarget = (text: string): MarkTarget => ({ text, standard: text.slice(0, text.indexOf(':')), name: text.slice(text.indexOf(':') + 1) });

function judgeName({ requirement: text }: Pick, catalogues: readonly Catalogue[]): string | undefined {
  const target = toTarget(text);
  const { catalogue, requirements } = resolveTarget(target, catalogues);
  if (!catalogue) return `"${target.standard}" is no standard that is in use: they are ${catalogues.map(({ short }) => short).join(', ')}.`;
  const edition = `${catalogue.standard} ${catalogue.edition}`;
  const [requirement] = requirements;
  if (requirement) return requirement.kind === 'void' ? `It is void in ${edition}: nothing can meet it.` : undefined;
  const near = suggest(target.name, [...catalogue.requirements.map(({ id }) => id), ...catalogue.clauses.map(({ number }) => number)]);
  return `${edition} has no such requirement or clause${near ? `; ${target.standard}:${near}, perhaps` : ''}.`;
}

function judgePlace({ seen, exclude }: Pick, sections: readonly Section[], index: number): string | undefined {
  const section = sections[index];
  if (!section) return 'The text has no such section: look up its number, or let `cartulary check --suggest` propose one.';
  const [anchor, digest] = seen?.split(' ') ?? [];
  // A pick that the author moved to another section was not proposed there.
  if (anchor === section.anchor && digest !== digestSection(section)) {
    return `${nameSection(section)} has another text than was proposed: read it again, then take the line "seen" out of the pick.`;
  }
  if (exclude === undefined && !hasSubstance(sections, index)) return `${nameSection(section)} says nothing by which it could meet it: write the text first.`;
  return undefined;
}

/** A section cannot meet a requirement and exclude it. */
function judgeOthers({ name, kind }: NewMark, section: Section | undefined, added: readonly NewMark[], catalogues: readonly Catalogue[]): string | undefined {
  const other = (section && findMark(name, section, catalogues)?.kind) ?? added.find((mark) => mark.name === name)?.kind;
  return other === undefined || other === kind
    ? undefined
    : `The section ${other === 'meets' ? 'is marked to meet it' : 'excludes it'} already, or by another pick.`;
}

/** The mark of a section that names a requirement, or a clause in which it stands. */
function findMark(text: string, { marks }: Section, catalogues: readonly Catalogue[]): Mark | undefined {
  const wanted = resolveTarget(toTarget(text), catalogues).requirements;
  return marks.find((mark) =>
    readMark(mark).targets.some((target) => {
      if (target.text === text) return true;
      const named = resolveTarget(target, catalogues).requirements;
      return wanted.length > 0 && wanted.every((requirement) => named.includes(requirement));
    }),
  );
}

/** Whether a text with new marks has these, and is otherwise what it was: the same sections, with the same words and the same other marks. */
export function isPlaced(before: readonly Section[], after: readonly Section[], marks: AppliedPicks['marks']): boolean {
  return (
    before.length === after.length &&
    before.every((section, index) => {
      const marked = after[index];
      const wanted = [...listNames(section), ...(marks.get(section) ?? []).map(({ kind, name }) => `${kind} ${name}`)];
      return (
        marked !== undefined &&
        marked.anchor === section.anchor &&
        marked.blocks.length === section.blocks.length &&
        digestSection(marked) === digestSection(section) &&
        wanted.sort().join() === listNames(marked).sort().join()
      );
    })
  );
}

const listNames = ({ marks }: Section) => marks.flatMap((mark) => readMark(mark).targets.map(({ text }) => `${mark.kind} ${text}`));
