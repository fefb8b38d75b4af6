import { fileURLToPath } from 'node:url';
import { sectionAt } from '../check/fingerprint.ts';
import { type CheckResult, runCheck } from '../check/run.ts';
import type { Finding } from '../model/finding.ts';
import type { Draft } from '../model/workspace.ts';
import { toPlainText } from '../publish/plain-text.ts';
import { copyTree } from '../read/base-tree.ts';
import { type OpenedRepository, type OpenOptions, openWorkspace, readRepositoryFile } from '../read/workspace.ts';

/**
 * Keeps the findings that a branch has to answer for: those that the commit from which it left `base` did not have, and
 * those in files and sections that differ from that commit. The others are counted. What stops a build always stays, and
 * where the base cannot be had, everything does.
 */
export async function keepChanged(
  result: CheckResult,
  opened: OpenedRepository,
  folder: string,
  { base, ...audience }: { base: string } & Pick<OpenOptions, 'audience' | 'evidence'>,
): Promise<CheckResult> {
  const { git, workspace } = opened;
  const tip = await git?.resolve(base);
  if (!git || !tip) return result;
  const tree = await copyTree(git, (await git.forkPoint(tip)) ?? tip);
  try {
    const before = (await openWorkspace(tree.folder, { now: workspace.now, purpose: 'check', ...audience })).workspace;
    const { findings, baselined = [] } = runCheck(before);
    const known = new Set([...findings, ...baselined].map(({ fingerprint }) => fingerprint));
    const isChanged = findChanges({ folder, drafts: workspace.drafts }, { folder: fileURLToPath(tree.folder), drafts: before.drafts });
    const kept: Finding[] = [];
    for (const finding of result.findings) {
      if (finding.stopsBuild || !known.has(finding.fingerprint) || (await isChanged(finding))) kept.push(finding);
    }
    return { ...result, findings: kept, elsewhere: { count: result.findings.length - kept.length, base } };
  } finally {
    await tree.remove();
  }
}

interface Side {
  folder: string;
  drafts: readonly Draft[];
}

/** Tells whether a finding stands in something that differs: in the section of a text, in its front matter, or in another file. */
function findChanges(here: Side, before: Side): (finding: Finding) => Promise<boolean> {
  const files = new Map<string, Promise<boolean>>();
  const parts = new Map<string, ReadonlySet<string>>();
  return async ({ at: { file, start } }) => {
    const known = files.get(file) ?? differs(file, here, before);
    files.set(file, known);
    if (!(await known)) return false;
    const draft = here.drafts.find((text) => text.file === file);
    if (!draft) return true;
    const old = before.drafts.find((text) => text.file === file);
    const changed = parts.get(file) ?? changedParts(draft, old);
    parts.set(file, changed);
    return changed.has(sectionAt(draft, start?.line));
  };
}

async function differs(file: string, here: Side, before: Side): Promise<boolean> {
  const [now, then] = await Promise.all([readRepositoryFile(here.folder, file), readRepositoryFile(before.folder, file)]);
  return now === undefined || then === undefined ? now !== then : !now.equals(then);
}

/** Anchors of the sections whose words, marks or formats differ; '' where front matter or what stands before the first section does. */
function changedParts(draft: Draft, old: Draft | undefined): ReadonlySet<string> {
  const [now, then] = [readParts(draft), old ? readParts(old) : new Map<string, string>()];
  return new Set([...now].filter(([anchor, content]) => then.get(anchor) !== content).map(([anchor]) => anchor));
}

function readParts(draft: Draft): Map<string, string> {
  const { sections } = toPlainText(draft);
  const parts = new Map([['', JSON.stringify(draft.frontMatter ?? null)]]);
  for (const [index, section] of sections.entries()) {
    const marks = draft.sections[index]?.marks.map(({ kind, text }) => [kind, text]);
    const anchor = draft.sections[index]?.heading ? section.anchor : '';
    parts.set(anchor, `${parts.get(anchor) ?? ''}${JSON.stringify([section, marks])}`);
  }
  return parts;
}
