import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ALLOWED_SIGNERS } from '../../src/model/signed-tag.ts';
import { openGit } from '../../src/read/git.ts';
import { readSignedTags } from '../../src/read/signed-tags.ts';
import { readAllowedSigners, readSshSignature } from '../../src/read/ssh-signature.ts';
import { makeMutations } from '../helpers/mutations.ts';
import { makeRepository, type TestRepository } from '../helpers/repository.ts';
import { makeSshKey, signSsh, signTag } from '../helpers/sign-tag.ts';

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
  await repository.commit({ 'policies/cps.md': 'A text.\n' }, '2026-01-15T09:00:00Z');
});
afterEach(() => repository.remove());
const read = async () => readSignedTags(repository.folder, await openGit(repository.folder));

const { line, fingerprint: key } = makeSshKey('author');

test('tags are found with their signatures, and others are passed over', async () => {
  await repository.tag('light');
  await repository.git('tag', '-a', '-m', 'annotated', 'plain');
  await signTag(repository, 'good');
  await signTag(repository, 'other', { by: 'somebody' });
  await signTag(repository, 'for-files', { namespace: 'file' });
  await signTag(repository, 'pgp', { armoured: '-----BEGIN PGP SIGNATURE-----\n\niHUEABYKAB0WIQ==\n-----END PGP SIGNATURE-----\n' });
  await signTag(repository, 'empty', { armoured: '-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n' });
  await repository.write({ [ALLOWED_SIGNERS]: line });
  expect(await read()).toEqual([
    { name: 'empty', kind: 'SSH', state: 'broken' },
    { name: 'for-files', kind: 'SSH', state: 'broken', key },
    { name: 'good', kind: 'SSH', state: 'verified', key, signers: 'author@example.org' },
    { name: 'other', kind: 'SSH', state: 'not-allowed', key: makeSshKey('somebody').fingerprint },
    { name: 'pgp', kind: 'OpenPGP', state: 'unsupported' },
  ]);
});

test('a repository without git, or without tags, has none', async () => {
  expect(await read()).toEqual([]);
  expect(await readSignedTags(repository.folder, undefined)).toEqual([]);
});

test('no program that the configuration names is run', async () => {
  const trap = join(repository.folder, 'trap.sh');
  writeFileSync(trap, `#!/bin/sh\ntouch ${repository.folder}/trapped\n`, { mode: 0o755 });
  for (const option of ['gpg.program', 'gpg.ssh.program', 'gpg.openpgp.program']) await repository.git('config', option, trap);
  await signTag(repository, 'good');
  await repository.write({ [ALLOWED_SIGNERS]: line });
  expect(await read()).toMatchObject([{ state: 'verified' }]);
  expect(() => readFileSync(join(repository.folder, 'trapped'))).toThrow('ENOENT');
});

// The tag is of 2026-03-01T09:00:00Z.
test.each([
  ['a comment before it', `# who may sign\n\n${line}`, 'verified'],
  ['several principals', line.replace('author@example.org', 'a@example.org,b@example.org'), 'verified'],
  ['no options', line.replace(' namespaces="git"', ''), 'verified'],
  ['several namespaces', line.replace('"git"', '"file,git"'), 'verified'],
  ['a time that holds', line.replace('namespaces', 'valid-after="20260301Z",valid-before="20260302Z",namespaces'), 'verified'],
  ['another namespace', line.replace('"git"', '"file"'), 'not-allowed'],
  ['a time that has not come', line.replace('namespaces', 'valid-after="20260302Z",namespaces'), 'not-allowed'],
  ['a time that has ended', line.replace('namespaces', 'valid-before="202603010900Z",namespaces'), 'not-allowed'],
  ['a certificate authority', line.replace('namespaces', 'cert-authority,namespaces'), 'not-allowed'],
  ['a line that is none', 'author@example.org\n', 'not-allowed'],
])('allowed signers with %s', async (_, content, state) => {
  await signTag(repository, 'good');
  await repository.write({ [ALLOWED_SIGNERS]: content });
  expect(await read()).toMatchObject([{ state }]);
});

test('changed signatures end in a verdict, and none is accepted', () => {
  const message = Buffer.from('a message');
  const armoured = signSsh(message, 'author');
  const body = Buffer.from(armoured.split('\n').slice(1, -2).join(''), 'base64');
  const accepted: string[] = [];
  for (const bytes of makeMutations([body], 5000, 11)) {
    if (Buffer.from(bytes).equals(body)) continue;
    const text = `-----BEGIN SSH SIGNATURE-----\n${Buffer.from(bytes).toString('base64')}\n-----END SSH SIGNATURE-----\n`;
    if (readSshSignature(message, text)?.state === 'verified') accepted.push(text);
  }
  expect(accepted).toEqual([]);
  expect(readSshSignature(message, armoured)?.state).toBe('verified');
});

const has = (() => {
  try {
    execFileSync('ssh-keygen', ['-?'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return (error as { code?: string }).code !== 'ENOENT';
  }
})();

describe('git and ssh-keygen are of the same mind', () => {
  test.skipIf(!has).each(['ed25519', 'rsa', 'ecdsa'])(`a tag signed with %s${has ? '' : ' (skipped: there is no ssh-keygen)'}`, async (type) => {
    const file = join(repository.folder, '.git/key');
    execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', '', '-f', file]);
    await repository.git('-c', 'gpg.format=ssh', '-c', `user.signingKey=${file}`, 'tag', '-s', '-m', 'Version 1.0', 'v1');
    const allowed = `author@example.org ${readFileSync(`${file}.pub`, 'utf8')}`;
    await repository.write({ [ALLOWED_SIGNERS]: allowed });
    const fingerprint = execFileSync('ssh-keygen', ['-lf', `${file}.pub`])
      .toString()
      .split(' ')[1];
    expect(await read()).toEqual([{ name: 'v1', kind: 'SSH', state: 'verified', key: fingerprint, signers: 'author@example.org' }]);
    expect(readAllowedSigners(allowed)).toHaveLength(1);
  });

  test.skipIf(!has)(`git verifies what is signed here${has ? '' : ' (skipped: there is no ssh-keygen)'}`, async () => {
    await signTag(repository, 'good');
    await repository.write({ [ALLOWED_SIGNERS]: line });
    const signers = join(repository.folder, ALLOWED_SIGNERS);
    await expect(repository.git('-c', `gpg.ssh.allowedSignersFile=${signers}`, 'tag', '-v', 'good')).resolves.toContain('tag good');
    await signTag(repository, 'bad', { altered: true });
    await expect(repository.git('-c', `gpg.ssh.allowedSignersFile=${signers}`, 'tag', '-v', 'bad')).rejects.toThrow();
  });
});
