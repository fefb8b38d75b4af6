import { join } from 'node:path';
import { type BundledEvidence, type BundledVersion, type BundleHead, type BundlePeriod, intervalsInForce, spansInForce } from '../model/bundle.ts';
import { lastValidDay } from '../model/evidence.ts';
import type { VersionSpan } from '../model/in-force.ts';
import { boundProfiles, includedProfiles } from '../model/profile-binding.ts';
import { type VersionFile, versionLanguages } from '../model/version.ts';
import type { Workspace } from '../model/workspace.ts';
import type { BundleFile, BundleSource } from '../publish/bundle.ts';
import { writeBundleText } from '../publish/bundle-page.ts';
import type { StatingVersion } from '../publish/bundle-statements.ts';
import { renderHtml } from '../publish/html.ts';
import { matrixCsv, matrixJson, matrixXlsx } from '../publish/matrix.ts';
import { noticeText } from '../publish/notice.ts';
import { noticeJson } from '../publish/notice-json.ts';
import { REGISTER } from '../read/register.ts';
import { type OpenedRepository, readDocument } from '../read/workspace.ts';
import { bundleStamp } from '../site/bundle.ts';
import { noticeContext } from '../site/change-routes.ts';
import { type Comparisons, listChains, prepareComparisons } from '../site/comparisons.ts';
import { type Matrices, prepareMatrices } from '../site/prepare-matrix.ts';
import { type ChangesSource, noticeOf } from '../site/views/changes.ts';
import { createContext, factsOf } from '../site/views/context.ts';
import { isMarkdown } from '../site/views/text.ts';
import { words } from '../site/words.ts';
import { copyRepository, listLeftOut } from './bundle-copies.ts';
import { type Following, findMarking, followBack } from './bundle-follow.ts';

/** What is asked for. */
export interface BundleWish {
  root: string;
  period: BundlePeriod;
  release: string;
  /** The folder of the evidence index, where it is kept outside the repository. */
  evidence: string | undefined;
}

/** All of which each version's part is made. */
interface Making {
  opened: OpenedRepository;
  changes: ChangesSource;
  matrices: Matrices;
  following: Following;
  provider: Pick<BundleHead, 'provider' | 'timeZone'>;
}

/** Puts together what a bundle is made of. Nothing in it depends on the day on which it is made, on the machine or its folders. */
export async function prepareBundle(opened: OpenedRepository, { root, period, release, evidence: outside }: BundleWish): Promise<BundleSource> {
  const { workspace } = opened;
  const { config, register } = workspace;
  const making = await prepareMaking(opened, root);
  const spans = spansInForce(register, period);
  const versions: Part[] = [];
  for (const span of spans) versions.push(await makeVersion(span, making));
  const marking = await makeMarking(
    versions.flatMap((part) => (part.marking && !spans.includes(part.marking) ? part.marking : [])),
    opened,
  );
  const evidence = workspace.evidence?.items.map(toEvidence).sort((a, b) => (a.id < b.id ? -1 : 1));
  const copies = await copyRepository(workspace, root, outside);
  const head: BundleHead = {
    format: 'cartulary-bundle/1',
    says: `All that ${config.name} had in force at any time from ${period.from} to ${period.to}: the texts as they were registered and for reading, notices of changes, where each text states the requirements, the register, certificates, declared profiles and what proves them.`,
    provider: config.name,
    site: config.site,
    timeZone: config.timeZone,
    audience: workspace.audience,
    release,
    period,
    register: { path: REGISTER, entries: register.entries.length, last: register.entries.at(-1)?.digest ?? null },
    versions: versions.map(({ version }) => version),
    marking: marking.texts,
    intervals: intervalsInForce(register, period),
    leftOut: listLeftOut(
      workspace,
      versions.map(({ version }) => version),
    ),
  };
  return {
    head,
    files: [...versions.flatMap(({ files }) => files), ...marking.files, ...copies],
    stating: versions.flatMap(({ stating }) => stating),
    evidence,
  };
}

async function prepareMaking(opened: OpenedRepository, root: string): Promise<Making> {
  const { workspace } = opened;
  const context = createContext(workspace);
  const chains = listChains(context);
  const stamp = bundleStamp(root, workspace.config.site);
  const folder = join(root, '.cartulary/comparisons');
  const asked = { dated: new Set<never>(), wants: () => false, take: () => undefined, recall: () => undefined };
  const comparisons: Comparisons = await prepareComparisons({ opened, context, chains, folder, stamp, ...asked });
  const matrices = await prepareMatrices({ context, chains, comparisons, root, stamp });
  const changes: ChangesSource = { context, chains, comparisons, known: new Map() };
  return {
    opened,
    changes,
    matrices,
    following: { opened, chains, comparisons },
    provider: { provider: workspace.config.name, timeZone: workspace.config.timeZone },
  };
}

/** A version's part of a bundle. */
interface Part {
  version: BundledVersion;
  files: readonly BundleFile[];
  stating: readonly StatingVersion[];
  /** The version whose marks count for it. */
  marking: VersionSpan | undefined;
}

async function makeVersion(span: VersionSpan, making: Making): Promise<Part> {
  const { workspace } = making.opened;
  const { entry, from, until, errata } = span;
  const folder = `texts/${entry.document}/${entry.version}`;
  const name = `${entry.document.toUpperCase()} ${entry.version}`;
  const profiles = Object.entries(boundProfiles(workspace.register, entry)).map(([id, file]) => ({ id, file, source: `${folder}/profiles/${id}.yaml` }));
  const languages = versionLanguages(entry, workspace.config.languages);
  const texts = languages.map((language) =>
    nameText(`${folder}/${entry.document}-${entry.version}.${language}`, language, entry.files[language] as VersionFile),
  );
  const notices = makeNotices(span, folder, making);
  const matrix = makeMatrixFiles(span, folder, making);
  const version: BundledVersion = {
    document: entry.document,
    title: factsOf(workspace, entry, languages[0])?.title ?? entry.document.toUpperCase(),
    version: entry.version,
    published: entry.published,
    from,
    until: until ?? null,
    errata: errata.map(({ erratum, section, published, text }) => ({ number: erratum, section: section ?? null, published, text })),
    texts: texts.map(({ language, file, source, page }) => ({ language, source, page, ...held(file) })),
    profiles: profiles.map(({ id, file, source }) => ({ id, source, ...held(file) })),
    notices: notices.names,
    matrix: matrix.names,
  };
  const bytes = await making.opened.readBytes([...texts, ...profiles].map(({ file }) => file));
  const take = (file: VersionFile) => {
    const found = bytes.get(file.sha256);
    if (!found) throw new Error(`The bytes of ${file.path} for ${name} could not be read.`);
    return found;
  };
  const files: BundleFile[] = [];
  for (const { language, file, source, page } of texts) {
    files.push({ path: source, bytes: take(file), says: `${name} (${language}) as it was registered, byte for byte.` });
    if (page) files.push(toFile(page, await renderPage(span, language, take(file), version, making), `${name} (${language}) for reading.`));
  }
  for (const { id, file, source } of profiles) files.push({ path: source, bytes: take(file), says: `The profile "${id}" that ${name} states, byte for byte.` });
  const marking = findMarking(span, making.following);
  return { version, files: [...files, ...notices.files, ...matrix.files], stating: await findStating(span, marking, version, making), marking };
}

/** What a version states, by its own marks, or by those of the first later version that has any. */
async function findStating(
  span: VersionSpan,
  marking: VersionSpan | undefined,
  version: BundledVersion,
  { matrices, following }: Making,
): Promise<StatingVersion[]> {
  const made = marking && matrices.versions.get(marking);
  if (!marking || !made) return [];
  const follow = marking === span ? () => [] : await followBack(span, marking, following);
  return [{ version, matrix: matrices.read(made.digest), markedIn: marking.entry.version, follow }];
}

/** The sources of later versions whose marks count. */
async function makeMarking(
  spans: readonly VersionSpan[],
  { workspace, readBytes }: OpenedRepository,
): Promise<{ texts: BundleHead['marking']; files: BundleFile[] }> {
  const texts: BundleHead['marking'] = [];
  const files: BundleFile[] = [];
  for (const { entry } of new Set(spans)) {
    const name = `${entry.document.toUpperCase()} ${entry.version}`;
    for (const language of versionLanguages(entry, workspace.config.languages)) {
      const file = entry.files[language] as VersionFile;
      const { source, page } = nameText(`texts/${entry.document}/${entry.version}/${entry.document}-${entry.version}.${language}`, language, file);
      const bytes = (await readBytes([file])).get(file.sha256);
      if (!page || !bytes) continue;
      texts.push({ document: entry.document, version: entry.version, language, source, ...held(file) });
      files.push({ path: source, bytes, says: `${name} (${language}), not in force in the period: its marks say what the sections before them were about.` });
    }
  }
  return { texts, files };
}

const held = ({ sha256, blob }: VersionFile) => ({ sha256, blob: blob ?? null });

function nameText(base: string, language: string, file: VersionFile) {
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(file.path)?.[0].toLowerCase() ?? '';
  return { language, file, source: `${base}${ending}`, page: isMarkdown(file) ? `${base}.html` : null };
}

async function renderPage({ entry }: VersionSpan, language: string, bytes: Uint8Array, version: BundledVersion, { opened, provider }: Making): Promise<string> {
  const { workspace } = opened;
  const file = entry.files[language] as VersionFile;
  const facts = workspace.facts.get(file.sha256);
  if (!facts) throw new Error(`Nothing is known of ${file.path} for ${entry.document} ${entry.version}.`);
  const document = await readDocument(bytes, facts, file.path, includedProfiles(workspace, entry, file));
  if (document.unreadable) throw new Error(`${entry.document} ${entry.version} (${language}) cannot be rendered: ${document.unreadable}`);
  const { html } = renderHtml(document, words(language), { profileHref: (id) => `profiles/${id}.yaml` });
  return writeBundleText(provider, version, language, html);
}

function makeNotices(span: VersionSpan, folder: string, { changes }: Making) {
  const { context } = changes;
  const { entry } = span;
  const timeline = context.timelines.get(entry.document);
  const names: BundledVersion['notices'] = [];
  const files: BundleFile[] = [];
  for (const language of timeline ? versionLanguages(entry, context.workspace.config.languages) : []) {
    const { notice } = noticeOf(changes, timeline as NonNullable<typeof timeline>, span, language);
    const who = noticeContext(context, entry, language);
    const [text, json] = [`${folder}/notice.${language}.txt`, `${folder}/notice.${language}.json`];
    const says = `What ${entry.document.toUpperCase()} ${entry.version} changed, as it was told (${language})`;
    names.push({ language, text, json });
    files.push(toFile(text, noticeText(notice, who), `${says}.`), toFile(json, noticeJson(notice, who), `${says}, for machines.`));
  }
  return { names, files };
}

function makeMatrixFiles(span: VersionSpan, folder: string, { matrices }: Making) {
  const made = matrices.versions.get(span);
  if (!made) return { names: null, files: [], matrix: undefined };
  const matrix = matrices.read(made.digest);
  const names = { json: `${folder}/matrix.json`, csv: `${folder}/matrix.csv`, xlsx: `${folder}/matrix.xlsx` };
  const says = `Where ${span.entry.document.toUpperCase()} ${span.entry.version} states the requirements`;
  const files: BundleFile[] = [
    toFile(names.json, matrixJson(matrix), `${says}, for machines.`),
    toFile(names.csv, matrixCsv(matrix), `${says}, as a table.`),
    { path: names.xlsx, bytes: matrixXlsx(matrix), says: `${says}, as a workbook.` },
  ];
  return { names, files, matrix };
}

type Item = NonNullable<Workspace['evidence']>['items'][number];

const toEvidence = (item: Item): BundledEvidence => ({
  id: item.id,
  title: item.title,
  kind: item.kind,
  requirements: [...item.requirements],
  sections: [...(item.sections ?? [])],
  kept: item.kept,
  owner: item.owner,
  verified: item.verified,
  result: item.result,
  remark: item.remark ?? null,
  lastValidDay: lastValidDay(item),
  certifies: item.certifies ?? null,
  covers: item.covers ?? null,
});

const toFile = (path: string, text: string, says: string): BundleFile => ({ path, bytes: Buffer.from(text), says });
