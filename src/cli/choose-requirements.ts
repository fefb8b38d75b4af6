import type { Catalogue } from '../model/requirement.ts';
import type { Workspace } from '../model/workspace.ts';
import { type Io, UsageError } from './main.ts';

/** A configuration that is missing leaves the practices undeclared; one that is wrong would give a wrong list. */
export function refuseConfiguration({ observations }: Workspace, io: Io): boolean {
  const wrong = observations.filter(({ rule, seen }) => rule === 'form/configuration-valid' && seen !== 'no file');
  for (const { at, message } of wrong.slice(0, 5)) io.err(`${at.file}${at.start ? `:${at.start.line}` : ''} ${message}\n`);
  if (wrong.length > 0) io.err('The list depends on these files: run `cartulary check`.\n');
  return wrong.length > 0;
}

/** Keeps what belongs to one standard, by its short or whole name; everything where none is wanted. */
export function chooseStandard(catalogues: readonly Catalogue[], wanted: string | undefined): (item: { catalogue: Catalogue }) => boolean {
  const names = ({ standard, short }: Catalogue) => [short, standard, standard.replace(/^ETSI /, '')];
  if (wanted !== undefined && !catalogues.some((catalogue) => names(catalogue).includes(wanted))) {
    throw new UsageError(`There is no catalogue of "${wanted}". Catalogues: ${catalogues.map(({ short }) => short).join(', ')}.`);
  }
  return ({ catalogue }) => wanted === undefined || names(catalogue).includes(wanted);
}
