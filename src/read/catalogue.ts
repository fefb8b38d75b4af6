import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CatalogueShelf } from '../model/catalogue-shelf.ts';
import type { Config } from '../model/config.ts';
import { compareEditionNames, type Editions } from '../model/edition.ts';
import type { Point, ReadingObservation } from '../model/finding.ts';
import { Catalogue } from '../model/requirement.ts';
import type { Sha256 } from '../model/version.ts';
import { readInside } from './files.ts';
import { sha256 } from './register.ts';
import { readYaml } from './yaml.ts';

/** Where catalogues stand in the package and in every repository: `<standard>/<edition>.yaml`. */
const FOLDER = 'content/requirements';
const SOURCES = new URL(`../../${FOLDER}/`, import.meta.url);
/** The same, checked and compiled by scripts/compile.mjs: reading the YAML would cost half a second at every start. */
const COMPILED = new URL('../../lib/requirements/', import.meta.url);
/** The outline of RFC 3647, and the catalogues of what certificates show, stand in the same folder and have forms of their own. */
const OTHER_FORMS = /^(?:rfc-3647|en-319-412-\d|ts-119-495)$/;
const RULE = 'form/configuration-valid';

/** An edition by the names of its folder and file: `en-319-411-2`, `v2.6.1`. */
export interface EditionName {
  standard: string;
  edition: string;
}

/** The catalogues that were asked for, and what was wrong with those of the repository. */
export interface ReadCatalogues {
  catalogues: readonly Catalogue[];
  observations: readonly ReadingObservation[];
}

/** The catalogues in use, with those beside them. */
export interface ReadShelf extends ReadCatalogues {
  shelf: CatalogueShelf;
}

/** Reads the catalogues in use: of each standard the edition that the configuration names, else the newest that ships, else the repository's newest. */
export async function readCatalogues(root: string, { editions }: Config, configFields: Readonly<Record<string, Point>>): Promise<ReadShelf> {
  const [shipped, own] = await Promise.all([listShippedEditions(), listOwnEditions(root)]);
  const standards = [...new Set([...shipped, ...own].map(({ standard }) => standard))].sort();
  const editionsOf = (list: readonly EditionName[], standard: string) =>
    list
      .filter((name) => name.standard === standard)
      .map(({ edition }) => edition)
      .sort(compareEditionNames);
  const known = new Map(standards.map((standard) => [standard, [...new Set(editionsOf([...shipped, ...own], standard))]]));
  const chosen = standards.map((standard) => ({
    standard,
    edition: editions[standard] ?? editionsOf(shipped, standard).at(-1) ?? known.get(standard)?.at(-1) ?? '',
  }));
  const read = await Promise.all(
    chosen.map(async (name): Promise<ReadCatalogues & { name: EditionName }> => {
      const all = known.get(name.standard) ?? [];
      if (all.includes(name.edition)) return { name, ...(await readEdition(root, name)) };
      return { name, catalogues: [], observations: [noEdition(name, all, configFields)] };
    }),
  );
  const unknown = Object.keys(editions).filter((standard) => !known.has(standard));
  return {
    catalogues: read.flatMap(({ catalogues }) => catalogues),
    observations: [...unknown.map((standard) => noStandard(standard, standards, configFields)), ...read.flatMap(({ observations }) => observations)],
    shelf: {
      known,
      inUse: Object.fromEntries(chosen.map(({ standard, edition }) => [standard, edition])),
      catalogues: new Map(read.flatMap(({ name, catalogues }) => catalogues.map((catalogue) => [pathOf(name), catalogue] as const))),
    },
  };
}

/** Puts the catalogues of further editions beside those in use: those to which texts were written. Editions that there are not are left out. */
export async function fillShelf(root: string, shelf: CatalogueShelf, written: Iterable<Editions | undefined>) {
  const wanted = new Map<string, EditionName>();
  for (const editions of written) {
    for (const [standard, edition] of Object.entries(editions ?? {})) {
      const name = { standard, edition };
      if (!shelf.catalogues.has(pathOf(name)) && shelf.known.get(standard)?.includes(edition)) wanted.set(pathOf(name), name);
    }
  }
  const read = await Promise.all([...wanted].map(async ([path, name]) => ({ path, ...(await readEdition(root, name)) })));
  const further = read.flatMap(({ path, catalogues }) => catalogues.map((catalogue) => [path, catalogue] as const));
  return {
    shelf: { ...shelf, catalogues: new Map([...shelf.catalogues, ...further]) },
    observations: read.flatMap(({ observations }) => observations),
  };
}

const pathOf = ({ standard, edition }: EditionName) => `${standard}/${edition}`;

/** Reads one edition: the repository's own catalogue where it has a valid one, else the one that ships. */
export async function readEdition(folder: string, name: EditionName): Promise<ReadCatalogues> {
  const root = await realpath(folder);
  const file = `${FOLDER}/${name.standard}/${name.edition}.yaml`;
  const text = (await isPackage(root)) ? undefined : (await readInside(root, file))?.toString('utf8');
  if (text === undefined) return { catalogues: await readShipped(name), observations: [] };
  const { value, observations } = readYaml({ text, file, firstLine: 1, rule: RULE }, Catalogue);
  return value ? { catalogues: [value], observations: [] } : { catalogues: await readShipped(name), observations };
}

/** All editions that can be read, those of the package and those of the repository, in order. */
export async function listEditions(root: string): Promise<EditionName[]> {
  const names = new Map([...(await listShippedEditions()), ...(await listOwnEditions(root))].map((name) => [pathOf(name), name]));
  return [...names.values()].sort((a, b) => (a.standard < b.standard ? -1 : a.standard > b.standard ? 1 : compareEditionNames(a.edition, b.edition)));
}

/** A digest of all editions that can be read: while it is the same, so are the catalogues. Reading bytes is far cheaper than reading what they say. */
export async function digestCatalogues(root: string): Promise<Sha256> {
  const own = !(await isPackage(root));
  const names = await listEditions(root);
  const files = await Promise.all(
    names.map(async ({ standard, edition }) => {
      const mine = own ? await readInside(root, `${FOLDER}/${standard}/${edition}.yaml`) : undefined;
      return mine ?? (await readFile(new URL(`${standard}/${edition}.json`, COMPILED)).catch(() => readFile(new URL(`${standard}/${edition}.yaml`, SOURCES))));
    }),
  );
  return sha256(files.map((bytes, index) => `${names[index]?.standard}/${names[index]?.edition} ${sha256(bytes)}`).join('\n'));
}

/** Checks the YAML of a shipped catalogue and gives it as the program uses it. Throws for one that is not valid: it would never have shipped. */
export async function compileEdition({ standard, edition }: EditionName): Promise<Catalogue> {
  const file = `${FOLDER}/${standard}/${edition}.yaml`;
  const text = await readFile(new URL(`${standard}/${edition}.yaml`, SOURCES), 'utf8');
  const { value, observations } = readYaml({ text, file, firstLine: 1, rule: RULE }, Catalogue);
  if (value) return value;
  const places = observations.map(({ message, at, expected }) => `${file}:${at.start?.line ?? 1} ${message} Expected: ${expected ?? ''}`);
  throw new Error(`The catalogue is not valid.\n${places.join('\n')}`);
}

/** Editions in the package's own folder. */
export async function listShippedEditions(): Promise<EditionName[]> {
  return listFolder(fileURLToPath(SOURCES));
}

async function listOwnEditions(root: string): Promise<EditionName[]> {
  return (await isPackage(root)) ? [] : listFolder(join(root, FOLDER));
}

async function listFolder(folder: string): Promise<EditionName[]> {
  const standards = (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter((entry) => entry.isDirectory() && !OTHER_FORMS.test(entry.name));
  const lists = await Promise.all(
    standards.map(async ({ name: standard }) => {
      const files = await readdir(join(folder, standard)).catch(() => []);
      return files.filter((file) => file.endsWith('.yaml')).map((file) => ({ standard, edition: file.slice(0, -'.yaml'.length) }));
    }),
  );
  return lists.flat();
}

let packageRoot: Promise<string> | undefined;

/** The project's own repository is a provider's repository too; what it would add is what ships. */
async function isPackage(root: string): Promise<boolean> {
  packageRoot ??= realpath(fileURLToPath(new URL('../../', import.meta.url)));
  return (await realpath(root)) === (await packageRoot);
}

async function readShipped({ standard, edition }: EditionName): Promise<Catalogue[]> {
  const compiled = await readFile(new URL(`${standard}/${edition}.json`, COMPILED), 'utf8').catch(() => undefined);
  if (compiled !== undefined) return [JSON.parse(compiled) as Catalogue];
  const known = await listShippedEditions();
  return known.some((name) => name.standard === standard && name.edition === edition) ? [await compileEdition({ standard, edition })] : [];
}

function noStandard(standard: string, known: readonly string[], configFields: Readonly<Record<string, Point>>): ReadingObservation {
  const path = `editions.${standard}`;
  const start = configFields[path];
  return {
    rule: RULE,
    message: `There is no catalogue of a standard "${standard}".`,
    at: { file: 'cartulary.yaml', path, ...(start && { start }) },
    seen: standard,
    expected: `one of ${known.join(', ')}`,
    advice: 'Correct its spelling, or take it out.',
  };
}

function noEdition({ standard, edition }: EditionName, known: readonly string[], configFields: Readonly<Record<string, Point>>): ReadingObservation {
  const path = `editions.${standard}`;
  const start = configFields[path];
  return {
    rule: RULE,
    message: `There is no catalogue of the edition ${edition} of ${standard}.`,
    at: { file: 'cartulary.yaml', path, ...(start && { start }) },
    seen: `${standard}: ${edition}`,
    expected: `one of ${known.join(', ')}`,
    advice: `Name one of these, or put the catalogue into ${FOLDER}/${standard}/${edition}.yaml.`,
  };
}
