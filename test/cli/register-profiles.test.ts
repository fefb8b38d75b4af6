import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCheck } from '../../src/check/run.ts';
import { main } from '../../src/cli/main.ts';
import { boundProfiles, profilesInForce } from '../../src/model/profile-binding.ts';
import type { Instant } from '../../src/model/time.ts';
import { feedEntries } from '../../src/publish/feeds.ts';
import { REGISTER } from '../../src/read/register.ts';
import { openWorkspace } from '../../src/read/workspace.ts';
import { DEFAULT_FILES } from '../helpers/example.ts';
import { makeRepository, type TestRepository } from '../helpers/repository.ts';
import { makeSkeleton, replaceFrontMatter, replaceSection } from '../helpers/skeleton.ts';

const TEXT = 'policies/cps.md';
const SEAL = 'content/profiles/seal.yaml';
const OID = '1.3.6.1.4.1.99999.1.2.1';
const HEAD = `title: Seals\npolicy: ${OID}\nsection: "7.1"\nrows:\n`;
const POLICIES = `  - { id: policies, field: extensions.certificatePolicies, value: { exactly: [${OID}] } }\n`;
const validFor = (days: number) => `${HEAD}${POLICIES}  - { id: validity, field: validity, value: { atMost: ${days} } }\n`;

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
  await repository.commit({ 'cartulary.yaml': DEFAULT_FILES['cartulary.yaml'] }, '2026-01-01T00:00:00Z');
});
afterEach(() => repository.remove());

async function run(...args: string[]) {
  const out: string[] = [];
  const io = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void out.push(text),
    color: false,
    now: '2026-11-23T09:00:00Z' as Instant,
    folder: repository.folder,
  };
  const code = await main(args, io);
  return { code, out: out.join('') };
}

const open = async () => (await openWorkspace(pathToFileURL(`${repository.folder}/`), { now: '2026-11-23T09:00:00Z' as Instant, purpose: 'check' })).workspace;

/** Commits the text as a version that is in force from the first day of a month of 2027, with the policy and its profile. */
async function write(version: string, month: number, more: Record<string, string> = {}): Promise<void> {
  const stated = ['1.2', '7.1.6'].reduce((text, number) => {
    const heading = number === '1.2' ? '## 1.2 Document name and identification' : '### 7.1.6 Certificate policy object identifier';
    return replaceSection(text, number, `${heading}\n\nPolicy ${OID}, as changed in version ${version}.`);
  }, makeSkeleton());
  const front = `version: "${version}"\neffective: 2027-0${month}-01\npolicies: [{ oid: ${OID}, name: Seals, profile: seal }]`;
  await repository.commit({ [TEXT]: replaceFrontMatter(stated, front), ...more }, '2026-11-20T00:00:00Z');
}

describe('a registered version', () => {
  test('binds the profiles that its front matter names, and keeps them when the file changes', async () => {
    await write('1.0', 1, { [SEAL]: validFor(1095) });
    expect(await run('register')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\n {2}profiles:\n {4}seal: \{ path: content\/profiles\/seal\.yaml, blob: [0-9a-f]{40}, sha256: /),
    });
    await repository.commit({}, '2026-11-21T00:00:00Z');
    await write('1.1', 6, { [SEAL]: validFor(730) });
    expect((await run('register')).code).toBe(0);
    const workspace = await open();
    const daysAt = (at: string) => profilesInForce(workspace, OID, at as Instant).map(({ entry, profile }) => [entry.version, profile.rows[1]?.value?.atMost]);
    expect(daysAt('2026-12-31T22:59:59Z')).toEqual([]);
    expect(daysAt('2026-12-31T23:00:00Z')).toEqual([['1.0', 1095]]);
    expect(daysAt('2027-05-31T21:59:59Z')).toEqual([['1.0', 1095]]);
    expect(daysAt('2027-05-31T22:00:00Z')).toEqual([['1.1', 730]]);
    expect(profilesInForce(workspace, `${OID}.9`, '2027-05-31T22:00:00Z' as Instant)).toEqual([]);
  });

  test('is refused while its profile is not committed, or contradicts its front matter', async () => {
    await write('1.0', 1, { [SEAL]: validFor(1095) });
    await repository.write({ [SEAL]: validFor(730) });
    expect(await run('register')).toMatchObject({ code: 1, out: expect.stringContaining('The bytes of content/profiles/seal.yaml are not committed') });
    await repository.commit({ [SEAL]: `${HEAD}  - { id: a, field: validity }\n` }, '2026-11-21T00:00:00Z');
    expect(await run('register')).toMatchObject({ code: 1, out: expect.stringContaining('contradicts the front matter in extensions.certificatePolicies') });
  });
});

test('a version whose front matter names a profile that cannot be read is refused', async () => {
  await write('1.0', 1, { [SEAL]: 'title: Seals\n' });
  expect(await run('register')).toMatchObject({ code: 1, out: expect.stringContaining(`names the profile "seal", and ${SEAL}`) });
  await expect(readFile(join(repository.folder, REGISTER), 'utf8')).rejects.toThrow('ENOENT');
});

describe('a declaration for a version whose front matter names a profile', () => {
  const CRL = 'kind: crl\ntitle: CRLs\nsection: "7.2"\nrows:\n  - { id: a, field: nextUpdate }\n';
  const declare = (...more: string[]) => run('register', 'cps', '1.0', '--profiles', ...more);
  beforeEach(async () => {
    await write('1.0', 1, { [SEAL]: validFor(1095), 'content/profiles/crl.yaml': CRL });
    expect((await run('register')).code).toBe(0);
    // Something new that could be declared without the profile that is lost.
    await repository.commit({ 'content/profiles/crl.yaml': CRL.replace('id: a', 'id: b') }, '2026-11-21T00:00:00Z');
  });

  test('is refused while that is missing or not valid, and says which, where and why', async () => {
    const before = await readFile(join(repository.folder, REGISTER), 'utf8');
    await repository.commit({ [SEAL]: undefined }, '2026-11-21T01:00:00Z');
    expect(await declare()).toMatchObject({ code: 1, out: expect.stringContaining(`names the profile "seal", and there is no file ${SEAL}:`) });
    await repository.commit({ [SEAL]: `${HEAD}  - { id: validity, field: nonsense }\n` }, '2026-11-21T02:00:00Z');
    const reason = (await open()).observations.find(({ at }) => at.file === SEAL)?.message ?? expect.fail();
    const { code, out } = await declare();
    expect([code, out]).toEqual([1, expect.stringMatching(/names the profile "seal", and content\/profiles\/seal\.yaml:\d+ cannot be read as one: /)]);
    expect(out).toContain(reason);
    expect(await readFile(join(repository.folder, REGISTER), 'utf8')).toBe(before);
    await repository.commit({ [SEAL]: validFor(1095) }, '2026-11-21T03:00:00Z');
    expect(await declare()).toMatchObject({ code: 0 });
  });

  test('is not published before the version', async () => {
    const { code, out } = await declare('--published', '2026-11-22');
    expect([code, out]).toEqual([1, expect.stringMatching(/--published 2026-11-22 lies before cps 1\.0 was published \(2026-11-23 10:00\)/)]);
  });
});

describe('a declaration', () => {
  beforeEach(async () => {
    await write('1.0', 1, { [SEAL]: validFor(1095) });
    await repository.write({ [SEAL]: undefined });
    await repository.commit({}, '2026-11-20T01:00:00Z');
    const text = await readFile(join(repository.folder, TEXT), 'utf8');
    await repository.commit({ [TEXT]: text.replace(', profile: seal', '') }, '2026-11-20T02:00:00Z');
    expect((await run('register')).out).not.toContain('profiles:');
  });

  test('is refused for a version that is not registered, or states no profile', async () => {
    expect(await run('register', 'cps', '9.9', '--profiles')).toMatchObject({ code: 1, out: expect.stringContaining('cps 9.9 is not in the register.') });
    expect(await run('register', 'cps', '1.0', '--profiles')).toMatchObject({ code: 1, out: expect.stringContaining('names no profile') });
    expect((await run('register', 'cps', '--profiles')).code).toBe(2);
  });

  test('binds profiles without a policy to a version of a CPS, is no news, and is refused twice', async () => {
    await repository.commit(
      { 'content/profiles/crl.yaml': 'kind: crl\ntitle: CRLs\nsection: "7.2"\nrows:\n  - { id: a, field: nextUpdate, value: { atMost: 24 } }\n' },
      '2026-11-21T00:00:00Z',
    );
    const { code, out } = await run('register', 'cps', '1.0', '--profiles');
    expect(code).toBe(0);
    expect(out.replace(/\b[0-9a-f]{40,64}\b/g, '<digest>')).toContain(
      '- document: cps\n  version: "1.0"\n  published: 2026-11-23T09:00:00Z\n  profiles:\n    crl: { path: content/profiles/crl.yaml, blob: <digest>, sha256: <digest> }\n  previous: <digest>\n',
    );
    const workspace = await open();
    expect(workspace.register.entries.map(({ kind }) => kind)).toEqual(['version', 'declaration']);
    const bound = boundProfiles(workspace.register, { document: 'cps', version: '1.0' });
    expect(workspace.boundProfiles.get(bound['crl']?.sha256 ?? '')).toMatchObject({ id: 'crl', kind: 'crl' });
    expect(runCheck(workspace).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const context = { language: 'en', provider: 'P', titleOf: () => 'CPS', timeZone: 'UTC', absolute: (path: string) => path, href: (path: string) => path };
    expect(() => feedEntries({ ...workspace.register, entries: workspace.register.entries.slice(1) }, () => expect.fail(), context as never)).not.toThrow();
    expect(await run('register', 'cps', '1.0', '--profiles')).toMatchObject({ code: 1, out: expect.stringContaining('are registered as they are already') });
  });

  test('whose bytes are lost, or are no profile, is told at its line', async () => {
    await repository.commit(
      { 'content/profiles/crl.yaml': 'kind: crl\ntitle: CRLs\nsection: "7.2"\nrows:\n  - { id: a, field: nextUpdate }\n' },
      '2026-11-21T00:00:00Z',
    );
    await run('register', 'cps', '1.0', '--profiles');
    const written = await readFile(join(repository.folder, REGISTER), 'utf8');
    await repository.write({ [REGISTER]: written.replace(/(crl: .*blob: )[0-9a-f]{40}/, `$1${'0'.repeat(40)}`) });
    const findings = runCheck(await open()).findings.filter(({ rule }) => rule === 'form/register-holds');
    expect(findings.map(({ at, message }) => [at.file, at.start?.line, message])).toEqual([
      [REGISTER, expect.any(Number), 'The bytes of the profile "crl" of cps 1.0 are not there, or not those that were registered.'],
    ]);
  });
});
