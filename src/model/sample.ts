import { declarationsOf } from './declared-text.ts';
import { type DeployedOf, deployedOf } from './deployed.ts';
import { findGoverning, type Governing } from './governing.ts';
import { inForce, readTimelines, type VersionSpan } from './in-force.ts';
import type { Instant } from './time.ts';
import type { VersionEntry } from './version.ts';
import type { Workspace } from './workspace.ts';

/** A certificate of a subscriber in `content/certificates`, with the texts that governed it. */
export interface Sample extends DeployedOf<'certificate'> {
  readonly governing: Governing;
}

const known = new WeakMap<Workspace, readonly Sample[]>();

/** What is deployed for subscribers: certificates that are neither of CAs nor of OCSP signers, each once. */
export function listSamples(workspace: Workspace): readonly Sample[] {
  const samples = known.get(workspace) ?? collectSamples(workspace);
  known.set(workspace, samples);
  return samples;
}

function collectSamples(workspace: Workspace): readonly Sample[] {
  const declarations = declarationsOf(workspace);
  return deployedOf(workspace.deployed, 'certificate')
    .map((item) => ({ ...item, governing: findGoverning(item.facts, declarations, { now: workspace.now }) }))
    .filter(({ governing }) => governing.kind !== 'ca' && governing.kind !== 'ocsp-signer');
}

/** Of texts that list a policy, those that say what certificates under it are: CP and CPS, or all where none is one of these. */
export function onlyPractices<Text extends { span: VersionSpan }>(workspace: Workspace, texts: readonly Text[]): readonly Text[] {
  const practices = texts.filter(({ span }) => isPractice(workspace, span.entry));
  return practices.length > 0 ? practices : texts;
}

/** The versions of CPs and CPSs that were in force at an instant. */
export function practicesInForce(workspace: Workspace, at: Instant | undefined): readonly VersionEntry[] {
  if (at === undefined) return [];
  return [...readTimelines(workspace.register).keys()].flatMap((document) => {
    const entry = inForce(workspace.register, document, at).version?.entry;
    return entry && isPractice(workspace, entry) ? [entry] : [];
  });
}

/** Whether a version is one of a CP or CPS; its text need not have front matter. */
const isPractice = ({ facts }: Workspace, { files }: VersionEntry): boolean =>
  Object.values(files).some(({ sha256 }) => /CP/.test(facts.get(sha256)?.type ?? ''));

/**
 * Where a version states something, for a finding: `section 7.1.2 of cp 2.1 (policies/cp.md:512)`. The line is that of the
 * work tree, and `now` before it says that its text is of another version. Of a section that is not there, the one above it.
 */
export function nameSection(workspace: Workspace, entry: VersionEntry, section: string): string {
  const name = `section ${section} of ${entry.document} ${entry.version}`;
  const found = findDraft(workspace, entry);
  if (!found) return name;
  for (let number = section; number !== ''; number = number.slice(0, Math.max(0, number.lastIndexOf('.')))) {
    const line = found.draft.sections.find((candidate) => candidate.number === number)?.place.start?.line;
    if (line) return `${name} (${number === section ? '' : `${number}: `}${found.isSame ? '' : 'now '}${found.draft.file}:${line})`;
  }
  return name;
}

/** The same of the front matter, `front matter of cp 2.1 (policies/cp.md:33)`: of a policy's value, the first of these keys that is there; else of the policies. */
export function nameFrontMatter(workspace: Workspace, entry: VersionEntry, oid?: string, keys: readonly string[] = []): string {
  const found = findDraft(workspace, entry);
  const index = found?.draft.frontMatter?.policies.findIndex((policy) => policy.oid === oid) ?? -1;
  const paths = oid === undefined ? ['policies'] : keys.map((key) => `policies.${index}.${key}`);
  const line = paths.flatMap((path) => found?.draft.fields[path] ?? [])[0]?.line;
  return `front matter of ${entry.document} ${entry.version}${found && line ? ` (${found.isSame ? '' : 'now '}${found.draft.file}:${line})` : ''}`;
}

/** The text of the work tree that is a version's, or else the first of the same document. */
function findDraft({ drafts }: Workspace, { document, files }: VersionEntry) {
  const digests = new Set(Object.values(files).map(({ sha256 }) => sha256));
  const same = drafts.find(({ sha256 }) => digests.has(sha256));
  const draft = same ?? drafts.find(({ id }) => id === document);
  return draft && { draft, isSame: same !== undefined };
}
