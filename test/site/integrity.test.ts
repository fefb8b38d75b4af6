import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../../lib/cli/main.js';
import { dateIn, toInstant } from '../../lib/model/time.js';
import { blobId } from '../../lib/read/git.js';
import { cloneRepository } from '../helpers/repository.ts';
import { EXAMPLE_NOW, exampleRepository, exampleVersions, newestVersion } from '../helpers/site.ts';

let root: string;
beforeEach(async () => {
  root = await exampleRepository();
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Runs a command as a user does; the answer is what was printed. */
async function run(folder: string, ...argv: string[]): Promise<{ code: number; text: string }> {
  const parts: string[] = [];
  const print = (part: string) => void parts.push(part);
  const code = await main(argv, { out: print, err: print, color: false, now: EXAMPLE_NOW, folder });
  return { code, text: parts.join('') };
}

/** Both commands stop, and say the same of what happened. */
async function expectStop(message: string, folder = root): Promise<void> {
  const check = await run(folder, 'check');
  expect(check.code).toBe(1);
  expect(check.text).toContain(message);
  const build = await run(folder, 'build');
  expect(build.code).toBe(1);
  expect(build.text).toContain(message);
}

const register = () => join(root, 'policies/register.yaml');
const edit = async (path: string, change: (text: string) => string) => {
  const before = await readFile(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(path, after);
};
/** The register's entries as blocks of lines, with what stands before and after them. */
const blocks = (text: string) => text.split(/^(?=- |# last)/m);

test('as it is, nothing stops', async () => {
  const check = await run(root, 'check');
  // On the day of the tests the notice periods of the versions to come are about to end, which is no fault.
  const ends = (await exampleVersions(root)).flatMap(({ document, version, published }) => {
    const end = toInstant(new Date(Date.parse(published) + 14 * 86_400_000));
    return published <= EXAMPLE_NOW && EXAMPLE_NOW < end ? [`The notice period of ${document} ${version} ends on ${dateIn(end, 'Europe/Vienna')},`] : [];
  });
  expect(ends).toContain('The notice period of cps 2.2 ends on 2026-11-30,');
  const told = check.text
    .match(/^ *(?:\d+:\d+)? +(?:error|warning|info) .*$/gm)
    ?.map((line) => / info +(The notice period of .*?,) .* deadlines-near /.exec(line)?.[1] ?? line);
  expect(told?.sort()).toEqual(ends.sort());
  expect(check.text).toContain(`0 errors, 0 warnings, ${ends.length} notes.`);
  expect(check.code).toBe(0);
});

test('one byte changed in a registered text', async () => {
  await edit(join(root, 'policies/cps.md'), (text) => text.replace('24 hours', '25 hours'));
  await expectStop(`The text of cps ${await newestVersion(root, 'cps')} (en) was altered after it was published.`);
});

test('one byte changed in an archive file', async () => {
  const path = join(root, 'policies/archive/cps-1.0.pdf');
  const bytes = await readFile(path);
  bytes[1000] = (bytes[1000] ?? 0) ^ 1;
  await writeFile(path, bytes);
  await expectStop('The bytes of cps 1.0 (en) are not those that were registered.');
});

test('an archive file missing', async () => {
  await rm(join(root, 'policies/archive/cps-1.0.pdf'));
  await expectStop('The archive file of cps 1.0 (en) is missing.');
});

test('an entry removed', async () => {
  await edit(register(), (text) =>
    blocks(text)
      .filter((_, index) => index !== 4)
      .join(''),
  );
  await expectStop('names an entry before it that is not there');
});

test('the last entry removed', async () => {
  await edit(register(), (text) => blocks(text).toSpliced(-2, 1).join(''));
  await expectStop('The last entry of the register is not the one that the last line names');
});

test('two entries swapped', async () => {
  await edit(register(), (text) => {
    const parts = blocks(text);
    [parts[3], parts[4]] = [parts[4] ?? '', parts[3] ?? ''];
    return parts.join('');
  });
  await expectStop('entries were moved, removed or put in between');
});

test('an entry edited', async () => {
  await edit(register(), (text) => text.replace('2024-08-31T22:00:00Z', '2024-08-30T22:00:00Z'));
  await expectStop('names an entry before it that is not there: entry');
});

test('a blob missing', async () => {
  const { folder, git, remove } = await cloneRepository(root);
  const bytes = Buffer.from(await git('show', 'HEAD:policies/cps.md'));
  const id = blobId(bytes);
  // Objects of a clone are packed; unpacking them lets one be taken away.
  await git('repack', '-a', '-d', '-q');
  const packs = (await git('count-objects', '-v')).match(/in-pack: (\d+)/)?.[1];
  expect(Number(packs)).toBeGreaterThan(0);
  const { execFileSync } = await import('node:child_process');
  execFileSync(
    'sh',
    ['-c', 'mkdir spare && mv .git/objects/pack/* spare/ && for pack in spare/*.pack; do git unpack-objects -q < "$pack"; done && rm -rf spare'],
    { cwd: folder },
  );
  await rm(join(folder, '.git/objects', id.slice(0, 2), id.slice(2)));
  await rm(join(folder, 'astro.config.mjs'), { force: true });
  await expectStop(`The text of cps ${await newestVersion(root, 'cps')} (en) is not in the object database.`, folder);
  await remove();
});

test('a shallow clone names the command that mends it', async () => {
  const { folder, remove } = await cloneRepository(pathToFileURL(root).href, '--depth', '1');
  await rm(join(folder, 'astro.config.mjs'), { force: true });
  await expectStop('is not in this shallow clone', folder);
  await expectStop('git fetch --unshallow', folder);
  await remove();
});

test('a register that lost entries against the base branch', async () => {
  await edit(register(), (text) => {
    const parts = blocks(text).slice(0, 3);
    return parts.join('');
  });
  const { text, code } = await run(root, 'check', '--base', 'HEAD');
  expect(code).toBe(1);
  expect(text).toContain('of the register on HEAD');
});

test('notes of earlier builds that somebody committed are not trusted', async () => {
  const { folder, commit, remove } = await cloneRepository(root);
  await commit({ 'astro.config.mjs': undefined, '.gitignore': undefined, '.cartulary/reading.json': '{"stamp":"x"}' }, '2026-11-20T00:00:00Z');
  const { code, text } = await run(folder, 'build');
  expect(code).toBe(1);
  expect(text).toContain('.cartulary/ is committed');
  await remove();
});
