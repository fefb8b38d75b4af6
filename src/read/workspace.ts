import { realpath } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type CatalogueShelf, NO_SHELF } from '../model/catalogue-shelf.ts';
import { Config } from '../model/config.ts';
import type { PolicyDocument, TextFacts } from '../model/document.ts';
import type { Point, ReadingObservation } from '../model/finding.ts';
import { NO_FORM_FACTS } from '../model/form-facts.ts';
import { fillPractices, implyPractices } from '../model/operating-model.ts';
import type { Profile } from '../model/profile.ts';
import { includeProfiles } from '../model/profile-markdown.ts';
import { NO_STATEMENTS } from '../model/statement.ts';
import { dateIn, type Instant, parseInstant } from '../model/time.ts';
import type { Sha256, VersionFile } from '../model/version.ts';
import type { Audience, BaseRegister, Draft, Workspace } from '../model/workspace.ts';
import { readBaseline } from './baseline.ts';
import { readCache, writeCache } from './cache.ts';
import { fillShelf, readCatalogues } from './catalogue.ts';
import { readCertificateStandards } from './certificate-catalogues.ts';
import { readDeployed } from './deployed.ts';
import { readDrafts } from './drafts.ts';
import { readEvidence } from './evidence.ts';
import { readInside } from './files.ts';
import { readFormFacts } from './form-facts.ts';
import { readFrontMatter } from './front-matter.ts';
import { type Git, openGit } from './git.ts';
import { readMarkHistories } from './mark-history.ts';
import { readOperatingModel } from './operating-model.ts';
import { readOutline } from './outline.ts';
import { readPrecedence } from './precedence.ts';
import { readBoundProfiles, readProfiles } from './profiles.ts';
import { readFacts, readPublishedBytes, type Source } from './published.ts';
import { REGISTER, readRegister, sha256 } from './register.ts';
import { readSignedTags } from './signed-tags.ts';
import { readStatements } from './statements.ts';
import { readStatusMeasurements } from './status-measurements.ts';
import { readTimestamps } from './timestamps.ts';
import { readTrustedLists } from './trusted-lists.ts';
import { readYaml } from './yaml.ts';

/** The path of the configuration in every repository. */
const CONFIGURATION = 'cartulary.yaml';

export interface OpenOptions {
  now: Instant;
  /**
   * `check` reads and hashes every byte and parses the texts of the work tree. `publish` trusts what an earlier build
   * proved of a blob and parses nothing that it does not have to.
   */
  purpose: 'check' | 'publish';
  /** For whom it is read. What must not be published is not loaded for the public; by default it is not. */
  audience?: Audience;
  /** The folder of the evidence index, where it is kept outside the repository; only for assessors. */
  evidence?: string;
  /** The instant for which trusted lists are asked; by default `now` for a check, and the time of the commit for publishing, so that a build depends on what it was built from. */
  listsAt?: Instant;
  /** Branch or commit against which the register must only have grown. */
  base?: string;
}

/** A repository that was read, with the way to its published bytes. */
export interface OpenedRepository {
  workspace: Workspace;
  git: Git | undefined;
  /** Whether something was read that no build noted before: there is something to publish. */
  grown: boolean;
  /** Bytes of published files by digest. Files that cannot be had are absent; the observations have said so. */
  readBytes(files: Iterable<VersionFile>): Promise<Map<Sha256, Uint8Array>>;
}

/** Where a configuration was not valid, the rest is still read, with this one. */
const noConfig = () => Config.parse({ name: 'Unnamed', site: 'https://invalid.example', timeZone: 'UTC' });

/** An instant from a command line: a date means its midnight in the repository's time zone. Undefined for anything else. */
export async function readInstant(folder: string, text: string): Promise<Instant | undefined> {
  const { config } = await readConfiguration(folder);
  return parseInstant(text, config?.timeZone ?? 'UTC');
}

/** Publishing runs no rule on the outline. */
const NO_BASELINE = { baseline: undefined, observations: [] };
const NO_PROFILES = { profiles: [], observations: [] };
const NO_OUTLINE = { standard: '', sections: [] };
const NO_MARKS = { shelf: NO_SHELF, histories: new Map(), observations: [] };
const NO_TIMESTAMPS = { stored: [], observations: [] };
const NO_PRECEDENCE = { precedence: undefined, observations: [] };
const NO_EVIDENCE = { evidence: undefined, observations: [] };
const NO_STATUS = { status: undefined, observations: [] };
const NO_CATALOGUES = { catalogues: [], observations: [], shelf: NO_SHELF };

/** Reads everything in a provider's repository. Throws only for a folder that cannot be read at all. */
export async function openWorkspace(folder: URL, options: OpenOptions): Promise<OpenedRepository> {
  const root = await realpath(fileURLToPath(folder));
  const [{ config: declared = noConfig(), configFields, text: configText, observations: configObservations }, operation] = await Promise.all([
    readConfiguration(root),
    readOperatingModel(root),
  ]);
  const implied = implyPractices(operation.qscd, operation.identity, dateIn(options.now, declared.timeZone));
  const config = { ...declared, practices: fillPractices(declared.practices, implied) };
  const stamp = sha256(`3 ${configText}`);
  const cache = options.purpose === 'publish' ? await readCache(root, stamp) : { texts: new Map(), entries: new Map() };
  const sizeBefore = cache.texts.size + cache.entries.size;
  const isCheck = options.purpose === 'check';
  const { audience = 'public' } = options;
  const [registerText, git, outline, formFacts, statements, profiles, deployed, { catalogues, observations: catalogueObservations, shelf: inUse }] =
    await Promise.all([
      readText(root, REGISTER),
      openGit(root),
      isCheck ? readOutline() : NO_OUTLINE,
      isCheck ? readFormFacts() : NO_FORM_FACTS,
      isCheck || audience === 'assessor' ? readStatements() : NO_STATEMENTS,
      isCheck ? readProfiles(root) : NO_PROFILES,
      readDeployed(root),
      isCheck || audience === 'assessor' ? readCatalogues(root, config, configFields) : NO_CATALOGUES,
    ]);
  const { register, observations: registerObservations } = readRegister(registerText ?? '', cache.entries);
  const source = { root, git, register, config };
  const [{ facts, observations: byteObservations }, bound, drafts, base, { baseline, observations: baselineObservations }, certificateStandards, entered] =
    await Promise.all([
      readFacts(source, cache),
      readBoundProfiles(source),
      readDrafts(source, isCheck ? profiles.profiles : undefined),
      readBase(git, options.base),
      isCheck ? readBaseline(root) : NO_BASELINE,
      isCheck && deployed.deployed.some(({ facts }) => facts.kind === 'certificate') ? readCertificateStandards() : undefined,
      readTrustedLists(root, async () => options.listsAt ?? (isCheck ? undefined : await git?.headDate()) ?? options.now),
    ]);
  const marks = isCheck ? await readMarks(source, drafts.drafts, { facts, boundProfiles: bound.profiles }, inUse) : NO_MARKS;
  const ageSource = { source, facts, boundProfiles: bound.profiles, catalogues, now: options.now };
  const timestamps = isCheck ? await readTimestamps(root, { register, now: options.now }) : NO_TIMESTAMPS;
  const evidence = audience === 'assessor' ? await readEvidence(ageSource, options.evidence) : NO_EVIDENCE;
  const status = audience === 'assessor' ? await readStatusMeasurements(ageSource, options.evidence) : NO_STATUS;
  const outside = isCheck || audience === 'assessor' ? await readPrecedence(root) : NO_PRECEDENCE;
  const grown = cache.texts.size + cache.entries.size !== sizeBefore;
  if (options.purpose === 'publish' && grown) await writeCache(root, stamp, cache);
  const observations = [
    ...configObservations,
    ...operation.observations,
    ...catalogueObservations,
    ...registerObservations,
    ...byteObservations,
    ...drafts.observations,
    ...base.observations,
    ...baselineObservations,
    ...marks.observations,
    ...profiles.observations,
    ...bound.observations,
    ...deployed.observations,
    ...entered.observations,
    ...timestamps.observations,
    ...evidence.observations,
    ...status.observations,
    ...outside.observations,
  ];
  return {
    workspace: {
      config,
      configFields,
      now: options.now,
      audience,
      register,
      base: base.register,
      baseline,
      drafts: drafts.drafts,
      facts,
      outline,
      catalogues,
      shelf: marks.shelf,
      markHistories: marks.histories,
      formFacts,
      statements,
      profiles: profiles.profiles,
      boundProfiles: bound.profiles,
      deployed: deployed.deployed,
      certificateStandards,
      services: entered.services,
      trustedLists: entered.trustedLists,
      timestamps: timestamps.stored,
      signedTags: isCheck ? await readSignedTags(root, git) : [],
      evidence: evidence.evidence,
      qscd: operation.qscd,
      identity: operation.identity,
      status: status.status,
      precedence: outside.precedence,
      observations,
    },
    git,
    grown,
    readBytes: (files) => readPublishedBytes(source, [...files]),
  };
}

/** The marks of texts through their versions, with the editions to which these were written. */
async function readMarks(source: Source, drafts: readonly Draft[], published: Pick<Workspace, 'facts' | 'boundProfiles'>, inUse: CatalogueShelf) {
  const { facts } = published;
  const written = [...drafts, ...facts.values()].map(({ frontMatter }) => frontMatter?.writtenTo);
  const { shelf, observations } = await fillShelf(source.root, inUse, written);
  return { shelf, observations, histories: await readMarkHistories(drafts, { source, shelf, ...published }) };
}

/** `cartulary.yaml` as it was read. */
export interface Configuration {
  /** Undefined where the file is not valid; the observations say why. */
  config: Config | undefined;
  configFields: Readonly<Record<string, Point>>;
  text: string;
  observations: readonly ReadingObservation[];
}

/** Reads the configuration of the repository in a folder, and nothing else. */
export async function readConfiguration(folder: string): Promise<Configuration> {
  const rule = 'form/configuration-valid';
  const text = (await readRepositoryFile(folder, CONFIGURATION))?.toString('utf8');
  if (text === undefined) {
    const missing: ReadingObservation = {
      rule,
      message: 'The repository has no configuration.',
      at: { file: CONFIGURATION },
      seen: 'no file',
      expected: 'cartulary.yaml with name, site and timeZone',
      advice: 'Write one, or let `cartulary init` do it.',
    };
    return { config: undefined, configFields: {}, text: '', observations: [missing] };
  }
  const result = readYaml({ text, file: CONFIGURATION, firstLine: 1, rule }, Config);
  return { config: result.value, configFields: result.fields, text, observations: result.observations };
}

/** A file's text, or undefined where there is none. */
async function readText(root: string, path: string): Promise<string | undefined> {
  return (await readInside(root, path))?.toString('utf8');
}

/** The bytes of a file of the repository, or undefined where there is none or a link leads out of the repository. */
export async function readRepositoryFile(folder: string, path: string): Promise<Buffer | undefined> {
  return readInside(await realpath(folder), path);
}

async function readBase(git: Git | undefined, name: string | undefined): Promise<{ register: BaseRegister | undefined; observations: ReadingObservation[] }> {
  if (name === undefined) return { register: undefined, observations: [] };
  const commit = await git?.resolve(name);
  if (!git || !commit) {
    const message = `The base "${name}" is not a commit of this repository.`;
    return {
      register: undefined,
      observations: [
        {
          rule: 'form/register-grown',
          message,
          at: { file: REGISTER },
          seen: name,
          expected: 'a branch, tag or commit that was fetched',
          advice: 'git fetch origin main',
        },
      ],
    };
  }
  const id = (await git.blobsAt([{ revision: commit, path: REGISTER }])).get(`${commit}:${REGISTER}`);
  const bytes = id ? (await git.readBlobs([id])).get(id) : undefined;
  const { register } = readRegister(bytes ? Buffer.from(bytes).toString('utf8') : '');
  return { register: { name, digests: register.entries.map((entry) => entry.digest) }, observations: [] };
}

/** Parses a Markdown text, and puts the profiles that it includes in their places. What cannot be parsed safely has no sections, and `unreadable` says why. */
export async function readDocument(
  bytes: Uint8Array,
  facts: TextFacts,
  file: string,
  profiles: readonly Profile[] = [],
): Promise<PolicyDocument & { unreadable: string | undefined }> {
  const { readMarkdown } = await import('./markdown.ts');
  const split = readFrontMatter(Buffer.from(bytes).toString('utf8'), file);
  const { sections, observations } = readMarkdown(split.body, file, split.bodyLine);
  return { ...facts, file, sections: includeProfiles(sections, profiles, facts.language), unreadable: observations[0]?.message };
}
