import type { Rule } from '../../../model/finding.ts';
import { NO_ENTRY } from '../../../model/version.ts';

const file = 'policies/register.yaml';
const advice =
  'Entries are never edited, removed or reordered: take the register back from the base branch (git checkout origin/main -- policies/register.yaml) and register again what is new.';

/** Each entry names the digest of the one before, and the last line names the last entry's: no entry was altered, removed or moved. */
export const registerChained: Rule = {
  id: 'form/register-chained',
  demands: 'Each entry of the register names the digest of the entry before it.',
  basis: { standard: 'Mozilla Root Store Policy', edition: '3.1', clause: '3.3(7)' },
  severity: 'error',
  stopsBuild: true,
  *check({ register }) {
    let before = NO_ENTRY;
    for (const [index, entry] of register.entries.entries()) {
      if (entry.previous !== before) {
        const earlier = register.entries.findIndex((other) => other.digest === entry.previous);
        const name = `Entry ${index + 1} of the register (${entry.document})`;
        const message =
          index === 0
            ? `${name} is the first one, but names an entry before it: the entries before it were removed.`
            : earlier >= 0
              ? `${name} follows entry ${earlier + 1} by its chain, not entry ${index}: entries were moved, removed or put in between.`
              : `${name} names an entry before it that is not there: entry ${index} was altered, or an entry was removed.`;
        yield { message, at: { file, start: entry.fields['previous'] ?? entry.start }, seen: entry.previous, expected: before, advice };
      }
      before = entry.digest;
    }
    const last = register.entries.at(-1);
    if (last && register.last !== last.digest) {
      const message = register.last
        ? 'The last entry of the register is not the one that the last line names: it was altered, or an entry after it was removed.'
        : 'The register does not end with the digest of its last entry.';
      yield { message, at: { file, start: last.start }, seen: register.last ?? 'no line "# last: …"', expected: `# last: ${last.digest}`, advice };
    }
  },
};
