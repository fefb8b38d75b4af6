import type { Observation, Rule } from '../../../model/finding.ts';
import type { RefusedTimestamp, StoredTimestamp, TimestampFault, TimestampProof } from '../../../model/timestamp.ts';
import { TIMESTAMP_RULE } from '../../../model/timestamp.ts';
import { readingObservations, type Workspace } from '../../../model/workspace.ts';

const ANOTHER = 'Ask for another token: cartulary timestamp --request, and --store what comes back.';
const TAMPERED = 'Take the file back from git, or from the authority; if it came so, ask for another token.';

/** What to do, by what is wrong. */
const ADVICE: Readonly<Record<TimestampFault, string>> = {
  unreadable: TAMPERED,
  'trailing-data': TAMPERED,
  'not-granted': ANOTHER,
  'no-entry':
    'Take the register back from where it was when the token was made. A token is never taken away to make the check green: it is what shows the alteration.',
  'other-digest': 'Find the entry that it is over, and name the file after it; or take it away.',
  'other-request': ANOTHER,
  unsupported: 'Ask an authority that signs with current algorithms.',
  'attributes-broken': TAMPERED,
  'content-altered': TAMPERED,
  'signature-broken': TAMPERED,
  'signer-unknown': 'Ask for the certificate with the token, as cartulary timestamp --request does, or pin it.',
  'signer-unfit': 'Ask an authority whose key is for time-stamps alone.',
  'authority-unpinned': 'If you trust this authority, put its certificate, from a source of its own, into content/timestamps/authorities by a commit.',
  'authority-unfit': 'Ask another authority.',
  'authority-expired': 'Ask an authority whose certificates are valid.',
  'too-early': 'Compare the instant of publication in the register with the token: one of the two is wrong.',
  'too-late': 'Compare the clock of this machine with that of the authority.',
};

/** Time-stamp tokens over register entries hold, up to authorities that the repository pins. */
export const timestampVerifies: Rule = {
  id: TIMESTAMP_RULE,
  demands: 'Each time-stamp token is over an entry of the register, and verifies with a pinned authority.',
  basis: { standard: 'IETF RFC 3161', clause: '2.2' },
  severity: 'error',
  *check(workspace) {
    yield* readingObservations(workspace, TIMESTAMP_RULE);
    for (const { file, verdict } of workspace.timestamps ?? []) {
      if (!verdict.verified) yield describeRefused(file, verdict);
      else yield* checkEnded(file, verdict, workspace);
    }
  },
};

const describeRefused = (file: StoredTimestamp['file'], { problem, seen, expected, fault, path }: RefusedTimestamp): Observation => ({
  message: problem,
  at: { file, ...(path !== undefined && { path }) },
  seen,
  expected,
  advice: ADVICE[fault],
});

/** After its certificates have ended nobody says any more whether their keys are still secret. */
function* checkEnded(file: string, { at, until, signer }: TimestampProof, { now }: Workspace): Iterable<Observation> {
  if (now <= until) return;
  yield {
    severity: 'warning',
    message: `A certificate with which this token is proved has ended: nobody warns any more if its key is exposed.`,
    at: { file },
    seen: `token of ${at} by ${signer}, certificates until ${until}`,
    expected: 'a newer token over a later entry, which covers this one by the chain',
    advice: 'Stamp the newest entry: cartulary timestamp --request. Keep this token.',
  };
}
