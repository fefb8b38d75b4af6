import type { Rule } from '../../../model/finding.ts';
import { readingObservations } from '../../../model/workspace.ts';

const file = 'policies/register.yaml';

/** Against a base, the register only grew: every entry of the base stands at its place, unchanged. */
export const registerGrown: Rule = {
  id: 'form/register-grown',
  demands: 'Against the base branch, the register only grew.',
  basis: { standard: 'Mozilla Root Store Policy', edition: '3.1', clause: '3.3(7)' },
  severity: 'error',
  stopsBuild: true,
  *check(workspace) {
    yield* readingObservations(workspace, 'form/register-grown');
    const { base, register } = workspace;
    if (!base) return;
    const changed = base.digests.findIndex((digest, index) => register.entries[index]?.digest !== digest);
    if (changed < 0) return;
    const entry = register.entries[changed];
    const still = register.entries.some((other) => other.digest === base.digests[changed]);
    yield {
      message: `Entry ${changed + 1} of the register on ${base.name} ${entry ? (still ? 'stands at another place here' : 'was altered or removed here') : 'is missing here'}.`,
      at: { file, start: entry?.start ?? { line: 1, column: 1 } },
      seen: entry?.digest ?? `a register of ${register.entries.length}`,
      expected: base.digests[changed] ?? '',
      advice: `Bring the branch up to date with ${base.name}, take its register, and register again what is new.`,
    };
  },
};
