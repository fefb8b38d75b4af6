import type { Editions } from './edition.ts';
import type { Catalogue } from './requirement.ts';

/** The editions of standards that there are for a repository, and the catalogues that were read of them. */
export interface CatalogueShelf {
  /** The editions of each standard, the oldest first. */
  known: ReadonlyMap<string, readonly string[]>;
  /** The edition of each standard that the configuration names, or the newest. */
  inUse: Editions;
  /** By `<standard>/<edition>`: those in use, and those to which a text was written. */
  catalogues: ReadonlyMap<string, Catalogue>;
}

export const NO_SHELF: CatalogueShelf = { known: new Map(), inUse: {}, catalogues: new Map() };

/** The catalogues of the editions to which a text was written; of standards that it does not name, and editions that there are not, those in use. */
export function takeCatalogues({ inUse, catalogues }: CatalogueShelf, writtenTo: Editions = {}): readonly Catalogue[] {
  return Object.entries(inUse).flatMap(
    ([standard, edition]) => catalogues.get(`${standard}/${writtenTo[standard]}`) ?? catalogues.get(`${standard}/${edition}`) ?? [],
  );
}
