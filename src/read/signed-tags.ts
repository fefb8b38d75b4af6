import { ALLOWED_SIGNERS, type SignedTag } from '../model/signed-tag.ts';
import { readInside } from './files.ts';
import type { Git } from './git.ts';
import type { AllowedSigner } from './ssh-signature.ts';

const KINDS: readonly (readonly [begin: string, kind: SignedTag['kind']])[] = [
  ['-----BEGIN SSH SIGNATURE-----', 'SSH'],
  ['-----BEGIN PGP SIGNATURE-----', 'OpenPGP'],
  ['-----BEGIN SIGNED MESSAGE-----', 'X.509'],
];

/**
 * The annotated tags that bear a signature, and how it is. Signatures of SSH keys are verified here, with the keys of
 * the repository's allowed signers: no program is run, for the configuration of a repository could name any.
 */
export async function readSignedTags(root: string, git: Git | undefined): Promise<readonly SignedTag[]> {
  const tags = (await git?.signedTags()) ?? [];
  if (tags.length === 0) return [];
  const { readAllowedSigners } = await import('./ssh-signature.ts');
  const content = (await readInside(root, ALLOWED_SIGNERS))?.toString('utf8');
  const allowed = content === undefined ? undefined : readAllowedSigners(content);
  return Promise.all(tags.map(async ({ name, bytes }) => ({ name, ...(await readTag(name, Buffer.from(bytes), allowed)) })));
}

async function readTag(name: string, bytes: Buffer, allowed: readonly AllowedSigner[] | undefined): Promise<Omit<SignedTag, 'name'>> {
  const found = KINDS.map(([begin, kind]) => ({ kind, at: bytes.lastIndexOf(`\n${begin}`) })).filter(({ at }) => at >= 0);
  const { kind, at } = found[0] ?? { kind: 'OpenPGP' as const, at: bytes.length };
  if (kind !== 'SSH') return { kind, state: 'unsupported' };
  const { readSshSignature } = await import('./ssh-signature.ts');
  const message = bytes.subarray(0, at + 1);
  const signature = readSshSignature(message, bytes.toString('latin1', at + 1));
  if (!signature) return { kind, state: 'broken' };
  const { fingerprint, state, namespace } = signature;
  if (state !== 'verified' || namespace !== 'git') return { kind, key: fingerprint, state: state === 'verified' ? 'broken' : state };
  if (!message.toString('utf8').includes(`\ntag ${name}\n`)) return { kind, key: fingerprint, state: 'renamed' };
  if (!allowed) return { kind, key: fingerprint, state: 'unchecked' };
  const made = Number(/^tagger .* (\d+) [+-]\d{4}$/m.exec(message.toString('latin1'))?.[1] ?? Number.NaN) * 1000;
  const signer = allowed.find(
    (one) => Buffer.from(one.key).equals(signature.key) && one.namespaces?.includes('git') !== false && made >= one.after && made < one.before,
  );
  return signer ? { kind, key: fingerprint, state: 'verified', signers: signer.principals } : { kind, key: fingerprint, state: 'not-allowed' };
}
