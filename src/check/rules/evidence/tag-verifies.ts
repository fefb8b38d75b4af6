import type { Observation, Rule } from '../../../model/finding.ts';
import { ALLOWED_SIGNERS, type SignedTag } from '../../../model/signed-tag.ts';

/** Signed tags are signed by those whom the repository allows. */
export const tagVerifies: Rule = {
  id: 'evidence/tag-verifies',
  demands: 'The signature of each signed tag is whole, and by a key that the repository allows.',
  basis: { standard: 'Cartulary' },
  severity: 'error',
  *check({ signedTags = [] }) {
    for (const tag of signedTags) yield* observe(tag);
    const unchecked = signedTags.filter(({ state }) => state === 'unchecked');
    if (unchecked.length > 0) {
      yield {
        severity: 'info',
        message: 'Tags are signed, and nothing says whose keys may sign them.',
        at: { file: ALLOWED_SIGNERS },
        seen: name(unchecked.map((tag) => `${tag.name} by ${tag.key}`)),
        expected: `a file ${ALLOWED_SIGNERS} with a line for each key, such as: author@example.org namespaces="git" ssh-ed25519 AAAA…`,
      };
    }
    const foreign = signedTags.filter(({ state }) => state === 'unsupported');
    if (foreign.length === 0) return;
    yield {
      severity: 'info',
      message: 'Signatures of tags are of a kind that is not verified here.',
      at: { file: ALLOWED_SIGNERS },
      seen: name(foreign.map((tag) => `${tag.name} (${tag.kind})`)),
      expected: 'SSH keys of RSA, ECDSA or Ed25519',
      advice: 'Verify them by git itself: git tag -v <name>.',
    };
  },
};

const MOST_NAMES = 5;
const name = (names: readonly string[]): string =>
  `${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? `, and ${names.length - MOST_NAMES} more` : ''}`;

/** What is wrong with one tag. */
function* observe({ name: tag, key, state }: SignedTag): Iterable<Observation> {
  if (state === 'broken') {
    yield {
      message: `The signature of the tag ${tag} does not verify.`,
      at: { file: ALLOWED_SIGNERS },
      seen: key ? `a signature that ${key} did not make over this tag` : 'something else than a signature of SSH',
      expected: 'a signature of git by that key',
      advice: 'Fetch the tag again from where it was published. If it came so, find out who changed it.',
    };
  }
  if (state === 'renamed') {
    yield {
      message: `The tag ${tag} holds the signed tag of another name.`,
      at: { file: ALLOWED_SIGNERS },
      seen: `a signature by ${key} over another name`,
      expected: `a signature over the name ${tag}`,
      advice: 'Sign the tag under its own name; a signature is not to be moved to another one.',
    };
  }
  if (state !== 'not-allowed') return;
  yield {
    message: `The tag ${tag} is signed by a key that the repository does not allow.`,
    at: { file: ALLOWED_SIGNERS },
    seen: key ?? '',
    expected: 'a key of the allowed signers, for git, at the time of the tag',
    advice: 'If it is the key of somebody who may publish versions, add its line by a reviewed commit.',
  };
}
