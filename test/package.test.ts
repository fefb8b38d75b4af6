import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listLinks } from './helpers/links.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../', import.meta.url));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

let folder: string;
let packed: string[];

// The package as it would be published, unpacked where npm would put it, with this project's own dependencies.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartulary-project-'));
  const { stdout } = await run(npm, ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  packed = files.map(({ path }) => path);
  await mkdir(join(folder, 'node_modules/cartulary'), { recursive: true });
  await run('tar', ['-xzf', join(folder, filename), '-C', join(folder, 'node_modules/cartulary'), '--strip-components=1']);
  for (const name of await readdir(join(ROOT, 'node_modules'))) {
    if (!name.startsWith('.')) await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name), 'junction').catch(() => undefined);
  }
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const cartulary = (...args: string[]) =>
  run(process.execPath, [join(folder, 'node_modules/cartulary/lib/cli/bin.js'), ...args], { cwd: folder }).catch(
    (error) => error as { code: number; stdout: string; stderr: string },
  );
const git = (...args: string[]) =>
  run('git', ['-c', 'user.name=Author', '-c', 'user.email=author@example.org', '-c', 'commit.gpgSign=false', ...args], { cwd: folder });

test('what ships: the compiled package, the pages, the model and the comparison that they use, the catalogues; no test, no example', () => {
  expect(
    [
      ...new Set(
        packed.map((path) =>
          path
            .split('/')
            .slice(0, /^(?:src|content|docs)\//.test(path) ? 2 : 1)
            .join('/'),
        ),
      ),
    ].sort(),
  ).toMatchInlineSnapshot(`
    [
      "LICENSE",
      "README.md",
      "content/form",
      "content/requirements",
      "content/statements",
      "docs/rules",
      "lib",
      "package.json",
      "src/check",
      "src/model",
      "src/publish",
      "src/read",
      "src/site",
    ]
  `);
  expect(packed.filter((path) => /test|policies\/|\.pem$|\.ts$/.test(path) && !/^(?:src|lib)\//.test(path))).toEqual([]);
});

test('in an empty project: begin, write, check, register, build', async () => {
  await git('init', '-q', '-b', 'main');
  expect((await cartulary('init', '--name', 'Small CA', '--site', 'https://small.example/repository', '--time-zone', 'Europe/Lisbon')).stdout).toContain(
    'wrote: policies/cps.md',
  );
  const path = join(folder, 'policies/cps.md');
  const skeleton = await readFile(path, 'utf8');
  const first = await cartulary('check');
  expect(first.stdout, first.stderr).toContain('is empty');

  const filled = skeleton
    .replace('status: draft', 'status: approved\napproved: { on: 2026-01-05, by: The board }')
    .replace(/^(#+ .*)$/gm, '$1\n\nWhat holds here is said in this sentence.');
  await writeFile(path, filled);
  expect((await cartulary('check')).stdout).toContain('saw nothing');
  await git('add', '.');
  await git('commit', '-qm', 'First text');
  expect((await cartulary('register', '--dry-run')).stdout).toContain('Would append');
  expect((await cartulary('register')).stdout).toContain('Appended to policies/register.yaml');
  const built = await cartulary('build');
  expect(built.stdout).toContain('files written');

  const page = await readFile(join(folder, 'dist/cps/0.1/index.html'), 'utf8');
  expect(page).toContain('What holds here is said in this sentence.');
  // The site stands below a path: style sheets, scripts and links are found there.
  for (const place of ['cps/0.1/', 'cps/0.1/changes/', 'cps/compare/', 'cps/sections/4.9.1/', 'notices/']) {
    const html = await readFile(join(folder, 'dist', place, 'index.html'), 'utf8');
    const assets = [...html.matchAll(/(?:href|src)="([^"]*\/_astro\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(assets.length, place).toBeGreaterThan(0);
    for (const asset of assets) {
      expect(asset).toMatch(/^\/repository\/_astro\//);
      await expect(readFile(join(folder, 'dist', asset.slice('/repository'.length)))).resolves.toBeDefined();
    }
    for (const href of listLinks(html)) expect(href, place).toMatch(/^(?:#|(?:https:\/\/small\.example)?\/repository\/)/);
  }
  expect(await readFile(join(folder, 'dist/cps/0.1/changes/notice.txt'), 'utf8')).toContain('https://small.example/repository/cps/0.1/');
  expect(await readFile(join(folder, 'dist/deadlines.ics'), 'utf8')).toContain('CPS 0.1 takes effect');
  // Nothing is left beside the texts but the site and the folder that git ignores.
  expect(
    (await git('status', '--porcelain')).stdout.split('\n').filter((line) => !/package\.json|node_modules|\.tgz|register\.yaml/.test(line) && line),
  ).toEqual([]);
});

test('as a library: a certificate of another provider is read and judged', async () => {
  const sample = join(ROOT, 'content/certificates/samples/natural-person.pem');
  const question = [
    "import { readFile } from 'node:fs/promises';",
    "import { checkCertificate, compareToProfile, declarationsOf, findGoverning, openWorkspace, parseInstant, readCertificateStandards, readX509 } from 'cartulary';",
    "const { workspace } = await openWorkspace(new URL('./', import.meta.url), { now: parseInstant('2026-11-01', 'UTC'), purpose: 'publish' });",
    `const [{ facts }] = readX509(await readFile(${JSON.stringify(sample)}), 'sample.pem').items;`,
    'const governing = findGoverning(facts, declarationsOf(workspace), { now: workspace.now });',
    "const profile = { id: 'other', title: 'Other', section: '7.1', issuers: [], others: ['subject', 'extensions', 'qcStatements'], rows: [",
    "  { id: 'version', field: 'version', presence: 'required', value: { exactly: ['1'] } }] };",
    'const { judged, findings } = checkCertificate(facts, await readCertificateStandards());',
    'console.log(JSON.stringify({ kind: governing.kind, deviations: compareToProfile(facts, profile).map(({ row, seen }) => [row, seen]), judged, findings: findings.length }));',
  ];
  await writeFile(join(folder, 'question.mjs'), question.join('\n'));
  const { stdout } = await run(process.execPath, [join(folder, 'question.mjs')], { cwd: folder });
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'foreign', deviations: [['version', '3']], judged: true });
});

test('as an integration of Astro, beside pages of the provider', async () => {
  await mkdir(join(folder, 'src/pages'), { recursive: true });
  await writeFile(join(folder, 'src/pages/about.astro'), '<html lang="en"><head><title>About</title></head><body><p>About us.</p></body></html>\n');
  await writeFile(join(folder, 'astro.config.mjs'), "import cartulary from 'cartulary';\nexport default { integrations: [cartulary()] };\n");
  const { stdout } = await cartulary('build');
  expect(stdout).toContain('files written');
  expect(await readFile(join(folder, 'dist/about/index.html'), 'utf8')).toContain('About us.');
  expect(await readFile(join(folder, 'dist/cps/0.1/index.html'), 'utf8')).toContain('What holds here is said in this sentence.');
  await run(process.execPath, [join(folder, 'node_modules/astro/bin/astro.mjs'), 'build'], {
    cwd: folder,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  expect(await readFile(join(folder, 'dist/cps/0.1/index.html'), 'utf8')).toContain('What holds here is said in this sentence.');
  expect(await readFile(join(folder, 'dist/about/index.html'), 'utf8')).toContain('About us.');
});
