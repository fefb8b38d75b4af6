import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestRepository } from './repository.ts';

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A key that everybody can compute from its label, and its line among allowed signers. */
export function makeSshKey(label: string): { key: KeyObject; publicKey: Buffer; line: string; fingerprint: string } {
  const seed = createHash('sha256').update(`worthless SSH key: ${label}`).digest();
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
  const raw = createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32);
  const publicKey = Buffer.concat(['ssh-ed25519', raw].map(lengthened));
  const fingerprint = `SHA256:${createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '')}`;
  return { key, publicKey, fingerprint, line: `${label}@example.org namespaces="git" ssh-ed25519 ${publicKey.toString('base64')}\n` };
}

function lengthened(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** An armoured signature as ssh-keygen makes it. */
export function signSsh(message: Uint8Array, label: string, namespace = 'git'): string {
  const { key, publicKey } = makeSshKey(label);
  const digest = createHash('sha512').update(message).digest();
  const signed = Buffer.concat([Buffer.from('SSHSIG'), ...[namespace, '', 'sha512', digest].map(lengthened)]);
  const signature = Buffer.concat(['ssh-ed25519', sign(null, signed, key)].map(lengthened));
  const blob = Buffer.concat([Buffer.from('SSHSIG\0\0\0\x01', 'latin1'), ...[publicKey, namespace, '', 'sha512', signature].map(lengthened)]);
  return `-----BEGIN SSH SIGNATURE-----\n${(blob.toString('base64').match(/.{1,70}/g) ?? []).join('\n')}\n-----END SSH SIGNATURE-----\n`;
}

/** How a signed tag is otherwise than it should be. */
export interface TagPlan {
  /** Whose signature it bears; that of another kind where it is armoured. */
  readonly by?: string;
  readonly armoured?: string;
  readonly namespace?: string;
  /** The name that is signed. */
  readonly named?: string;
  /** Put into the message after it was signed. */
  readonly altered?: boolean;
}

/** Puts a signed tag on HEAD. */
export async function signTag(
  repository: TestRepository,
  name: string,
  { by = 'author', armoured, namespace, named = name, altered = false }: TagPlan = {},
): Promise<void> {
  const commit = (await repository.git('rev-parse', 'HEAD')).trim();
  const message = `object ${commit}\ntype commit\ntag ${named}\ntagger Policy Author <author@example.org> 1772355600 +0000\n\nVersion ${named}\n`;
  const signature = armoured ?? signSsh(Buffer.from(message), by, namespace);
  const file = join(repository.folder, '.git/signed-tag');
  await writeFile(file, `${altered ? message.replace('Version', 'Revision') : message}${signature}`);
  await repository.git('update-ref', `refs/tags/${name}`, (await repository.git('hash-object', '-t', 'tag', '-w', file)).trim());
}
