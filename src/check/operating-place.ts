import type { Place, Point } from '../model/finding.ts';
import { IDENTITY_FILE } from '../model/identity.ts';
import { QSCD_FILE } from '../model/qscd.ts';
import type { Workspace } from '../model/workspace.ts';

function placeAt(file: string, fields: Readonly<Record<string, Point>> | undefined, path: string): Place {
  for (let at = path; at !== ''; at = at.includes('.') ? at.replace(/\.[^.]*$/, '') : '') {
    const start = fields?.[at];
    if (start) return { file, path, start };
  }
  return { file, path };
}

/** Where a value of `content/qscd.yaml` stands; for one that is left out, where it would belong. */
export const inQscd = ({ qscd }: Workspace, path: string): Place => placeAt(QSCD_FILE, qscd?.fields, path);

/** The same of `content/identity.yaml`. */
export const inIdentity = ({ identity }: Workspace, path: string): Place => placeAt(IDENTITY_FILE, identity?.fields, path);

/** Where a practice is declared: for one policy, else for all. */
export function inPractices({ configFields }: Workspace, oid: string, practice: string): Place {
  const paths = [`practices.byPolicy.${oid}.${practice}`, `practices.${practice}`];
  const path = paths.find((candidate) => configFields[candidate]) ?? `practices.${practice}`;
  return { file: 'cartulary.yaml', path, ...(configFields[path] && { start: configFields[path] }) };
}
