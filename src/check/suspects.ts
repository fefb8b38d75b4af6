import { findSuspects, type Suspect } from '../model/suspect.ts';
import type { Draft, Workspace } from '../model/workspace.ts';

const known = new WeakMap<Workspace, ReadonlyMap<string, readonly Suspect[]>>();

/** The suspect marks of the texts of the work tree, by the file of the text. Computed once. */
export function listSuspects(workspace: Workspace): ReadonlyMap<string, readonly Suspect[]> {
  const { markHistories, shelf, catalogues } = workspace;
  const suspects = known.get(workspace) ?? new Map([...markHistories].map(([file, versions]) => [file, findSuspects(versions, shelf, catalogues)]));
  known.set(workspace, suspects);
  return suspects;
}

/** Whether a text is the newest registered version of its document: then it changes only with the next one. */
export function isRegistered({ register }: Workspace, { id, sha256 }: Draft): boolean {
  const newest = register.entries.findLast((entry) => entry.kind === 'version' && entry.document === id);
  return newest?.kind === 'version' && Object.values(newest.files).some((file) => file.sha256 === sha256);
}
