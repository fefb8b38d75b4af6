import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Instant } from '../../src/model/time.ts';
import { CERTIFICATES, readDeployed } from '../../src/read/deployed.ts';
import { PROFILES, readProfiles } from '../../src/read/profiles.ts';
import { appendEntries, REGISTER, sha256 } from '../../src/read/register.ts';
import { openWorkspace } from '../../src/read/workspace.ts';
import { makeProvider, type Provider } from '../helpers/provider.ts';

const SEAL = 'title: Siegel für alle\nsection: "7.1.2"\nrows:\n  - { id: validity, field: validity }\n';
const LATIN_1 = Buffer.from(`# Siegel\n${SEAL}`, 'latin1');
const KEPT = `${PROFILES}/seal.yaml`;
const DEPLOYED = `${CERTIFICATES}/sample.der`;

let provider: Provider;
let root: string;
beforeEach(async () => {
  provider = await makeProvider();
  root = provider.repository.folder;
  await mkdir(join(root, PROFILES), { recursive: true });
  await mkdir(join(root, CERTIFICATES), { recursive: true });
});
afterEach(() => provider.repository.remove());

const profiles = async () => (await readProfiles(root)).observations;
const deployed = async () => (await readDeployed(root)).observations;

describe.each([
  ['a profile', KEPT, profiles, 'The profile'],
  ['a file of certificates', DEPLOYED, deployed, 'The file'],
])('%s', (_, file, read, name) => {
  test('that is a pipe is told, and nobody waits for it', async () => {
    execFileSync('mkfifo', [join(root, file)]);
    // Whoever waits for the pipe is let go in the end.
    const end = openSync(join(root, file), constants.O_RDWR | constants.O_NONBLOCK);
    try {
      const told = await Promise.race([read(), setTimeout(3000, 'still waiting', { ref: false })]);
      expect(told).toMatchObject([{ at: { file }, seen: expect.stringContaining('no regular file') }]);
    } finally {
      closeSync(end);
    }
  });

  test('that is too large is told as such, and not read', async () => {
    await provider.repository.write({ [file]: '' });
    // So many octets could not be read at once.
    await truncate(join(root, file), 3_000_000_000);
    expect(await read()).toMatchObject([{ message: `${name} is too large to be read.`, seen: '3000000000 octets', at: { file } }]);
  });
});

test('a profile of the work tree that is not UTF-8 is told with its line, and is none', async () => {
  await provider.repository.write({ [KEPT]: LATIN_1 });
  expect(await readProfiles(root)).toMatchObject({
    profiles: [],
    observations: [{ rule: 'profiles/profile-valid', message: expect.stringContaining('not UTF-8'), at: { file: KEPT, start: { line: 2, column: 1 } } }],
  });
  await provider.repository.write({ [KEPT]: SEAL });
  expect(await readProfiles(root)).toMatchObject({ profiles: [{ id: 'seal', title: 'Siegel für alle' }], observations: [] });
});

test('a registered profile that is not UTF-8 is told with its line, and is none', async () => {
  const { repository, register } = provider;
  const version = await register((text) => text);
  await repository.commit({ [KEPT]: LATIN_1 }, '2026-02-01T08:00:00Z');
  const seal = { path: KEPT, blob: (await repository.git('rev-parse', `HEAD:${KEPT}`)).trim(), sha256: sha256(LATIN_1) };
  const before = await repository.git('show', `HEAD:${REGISTER}`);
  const entry = { document: 'cps', version, published: '2026-02-01T08:00:00Z' as Instant, profiles: { seal } };
  await repository.commit({ [REGISTER]: appendEntries(before, [entry]).text, [KEPT]: SEAL }, '2026-02-01T09:00:00Z');
  const { workspace } = await openWorkspace(pathToFileURL(`${root}/`), { now: '2026-11-23T00:00:00Z' as Instant, purpose: 'check' });
  expect(workspace.observations.filter(({ rule }) => rule === 'profiles/profile-valid')).toMatchObject([
    { at: { file: REGISTER }, message: 'The registered profile "seal" of cps 1.0 cannot be read as one.', seen: `line 2 of ${KEPT}: bytes that are not UTF-8` },
  ]);
});
