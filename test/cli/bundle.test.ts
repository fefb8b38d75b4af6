import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Instant } from '../../src/model/time.ts';
import { readZip } from '../../src/read/zip.ts';
import { type BundledFiles, copyExample, makeExampleBundle, readJson, readText, runCommand } from '../helpers/bundle.ts';
import { makeRepository } from '../helpers/repository.ts';

const BIN = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url));
const PERIOD = ['--from', '2025-01-01', '--to', '2025-12-31'];

let folder: string;
let bytes: Buffer;
let files: BundledFiles;
beforeAll(async () => {
  folder = await copyExample();
  ({ bytes, files } = await makeExampleBundle(folder));
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

const paths = (prefix = '') => [...files.keys()].filter((path) => path.startsWith(prefix));

describe('what is in a bundle', () => {
  test('every version that was in force at any time of the period, and no other', () => {
    const { versions, intervals } = readJson(files, 'manifest.json');
    expect(versions.map(({ document, version }: { document: string; version: string }) => `${document} ${version}`)).toEqual([
      'cp 1.1',
      'cp 2.0',
      'cps 1.2',
      'cps 2.0',
      'cps 2.1',
      'pds 1.0',
      'pds 1.1',
      'terms 1.0',
      'terms 1.1',
    ]);
    expect(intervals).toEqual([
      { from: '2024-12-31T23:00:00Z', until: '2025-01-14T23:00:00Z', inForce: { cp: '1.1', cps: '1.2', pds: '1.0', terms: '1.0' } },
      { from: '2025-01-14T23:00:00Z', until: '2025-11-30T23:00:00Z', inForce: { cp: '2.0', cps: '2.0', pds: '1.1', terms: '1.1' } },
      { from: '2025-11-30T23:00:00Z', until: '2025-12-31T23:00:00Z', inForce: { cp: '2.0', cps: '2.1', pds: '1.1', terms: '1.1' } },
    ]);
  });

  test('texts as registered and for reading, profiles, notices in each language', () => {
    expect(paths('texts/pds/1.1/')).toEqual([
      'texts/pds/1.1/notice.de.json',
      'texts/pds/1.1/notice.de.txt',
      'texts/pds/1.1/notice.en.json',
      'texts/pds/1.1/notice.en.txt',
      'texts/pds/1.1/pds-1.1.de.html',
      'texts/pds/1.1/pds-1.1.de.md',
      'texts/pds/1.1/pds-1.1.en.html',
      'texts/pds/1.1/pds-1.1.en.md',
    ]);
    expect(paths('texts/cps/2.0/profiles/').length).toBe(8);
    expect(readText(files, 'texts/cps/2.0/notice.en.txt')).toContain('https://repository.ets.example/cps/2.0/changes/');
    expect(readText(files, 'texts/pds/1.1/pds-1.1.de.html')).toContain('<html lang="de">');
  });

  test('an erratum stands above the text that it corrects', () => {
    expect(readText(files, 'texts/cps/2.0/cps-2.0.en.html')).toContain('<dt>Erratum 1</dt><dd>Section 4.9.3: The telephone number');
  });

  test('register, certificates, lists with what they prove, tokens, evidence and the configuration', () => {
    expect(paths()).toEqual(
      expect.arrayContaining([
        'policies/register.yaml',
        'cartulary.yaml',
        'content/certificates/ca/ets-root-ca-1.der',
        'content/certificates/crl/ets-root-ca-1.der',
        'content/certificates/samples/natural-person.pem',
        'content/trusted-lists/snapshot.yaml',
        'content/services.yaml',
        'trusted-list-proof.json',
        'evidence.json',
        'statements.json',
      ]),
    );
    expect(paths('content/evidence/').length).toBeGreaterThan(5);
    expect(paths('content/timestamps/').length).toBeGreaterThan(5);
    expect(readJson(files, 'trusted-list-proof.json').services.length).toBeGreaterThan(0);
  });

  test('the manifest says what each file is, and what is not there', () => {
    const { files: listed, leftOut } = readJson(files, 'manifest.json');
    expect(Object.keys(listed).sort()).toEqual(paths().filter((path) => path !== 'manifest.json' && path !== 'SHA256SUMS'));
    expect(Object.values<{ says: string }>(listed).filter(({ says }) => !/^[A-Z].*\.$/.test(says))).toEqual([]);
    expect(leftOut.map(({ what }: { what: string }) => what)).toContain('The texts of the standards');
  });

  test('pages run nothing and ask nobody for anything', () => {
    const pages = paths().filter((path) => path.endsWith('.html'));
    expect(pages.length).toBe(12);
    for (const path of pages) {
      const html = readText(files, path);
      expect(html).toContain("default-src 'none'");
      expect(html.match(/<(script|img|link|iframe|object|base|form)\b|\son\w+=|url\(/gi), path).toBe(null);
    }
  });
});

test('a section of a text without marks is followed back from the version that marks it', () => {
  const { statements } = readJson(files, 'statements.json');
  const places = statements.find(({ short, id }: { short: string; id: string }) => short === '411-2' && id === 'CSS-6.3.10-12').stated;
  const cps = places.filter(({ document }: { document: string }) => document === 'cps');
  expect(cps.map(({ version, section, from, marked }: Record<string, unknown>) => [version, section, from, marked])).toEqual([
    ['1.2', '4.10.1', '2024-08-31T22:00:00Z', { version: '2.3', anchor: '4.10.1', wording: 'other' }],
    ['2.0', '4.10.1', '2025-01-14T23:00:00Z', { version: '2.3', anchor: '4.10.1', wording: 'other' }],
    ['2.1', '4.10.1', '2025-11-30T23:00:00Z', { version: '2.3', anchor: '4.10.1', wording: 'other' }],
  ]);
  const stated = statements.flatMap((statement: { stated: { marked: { wording: string } }[] }) => statement.stated);
  expect(stated.filter(({ marked }: { marked: { wording: string } }) => marked.wording === 'same').length).toBeGreaterThan(200);
});

test('a text with marks has its matrix, and its statements are its own', async () => {
  const later = await makeExampleBundle(folder, ['--from', '2027-03-01', '--to', '2027-03-31']);
  const { versions } = readJson(later.files, 'manifest.json');
  const cps = versions.find(({ document, version }: { document: string; version: string }) => document === 'cps' && version === '2.3');
  expect(cps.matrix).toEqual({ json: 'texts/cps/2.3/matrix.json', csv: 'texts/cps/2.3/matrix.csv', xlsx: 'texts/cps/2.3/matrix.xlsx' });
  const { statements } = readJson(later.files, 'statements.json');
  const places = statements.flatMap((statement: { stated: { document: string; version: string; marked: unknown }[] }) => statement.stated);
  expect(places.filter(({ marked }: { marked: unknown }) => marked !== null)).toEqual([]);
  expect(places.length).toBeGreaterThan(500);
});

describe('the same repository gives the same bytes', () => {
  const make = async (root: string, zone: string, out: string) => {
    const env = { ...process.env, TZ: zone, LANG: 'C', LC_ALL: 'C' };
    await promisify(execFile)(process.execPath, [BIN, 'bundle', ...PERIOD, '--audience', 'assessor', '--out', out], { cwd: root, env });
    return readFile(join(root, out));
  };

  test('in another folder, in other time zones, with and without what earlier runs left', async () => {
    const other = await copyExample();
    try {
      const [first, second] = [await make(other, 'Pacific/Kiritimati', 'a.zip'), await make(other, 'America/Los_Angeles', 'b.zip')];
      expect(first.equals(bytes)).toBe(true);
      expect(second.equals(bytes)).toBe(true);
    } finally {
      await rm(other, { recursive: true, force: true, maxRetries: 5 });
    }
  }, 120_000);

  test('on another day, though other texts are in force then', async () => {
    const { code } = await runCommand(['bundle', ...PERIOD, '--audience', 'assessor', '--out', 'later.zip'], folder, '2028-02-29T10:00:00Z' as Instant);
    expect(code).toBe(0);
    expect((await readFile(join(folder, 'later.zip'))).equals(bytes)).toBe(true);
  });

  test('nothing in it names the machine, its folders or the day', () => {
    const names = [folder, process.cwd(), process.env['HOME'] ?? folder].filter((name) => name.length > 3);
    for (const [path, content] of files) {
      const text = Buffer.from(content).toString('latin1');
      for (const name of names) expect(text.includes(name), `${path} names ${name}`).toBe(false);
    }
  });
});

describe('for the public', () => {
  let own: BundledFiles;
  beforeAll(async () => {
    ({ files: own } = await makeExampleBundle(folder, PERIOD));
  }, 120_000);

  test('evidence, samples, OCSP responses and the configuration are not in it, and it says so', () => {
    const shown = [...own.keys()].filter((path) => /evidence|samples|ocsp\/|cartulary\.yaml|precedence|content\/status/.test(path));
    expect(shown).toEqual([]);
    expect([...own.keys()]).toEqual(expect.arrayContaining(['content/certificates/ca/ets-root-ca-1.der', 'content/certificates/crl/ets-root-ca-1.der']));
    expect(readJson(own, 'manifest.json').leftOut[0].why).toBe('they are for assessors alone: cartulary bundle --audience assessor');
  });

  test('no words of the evidence are in it', () => {
    const items: { id: string; kept: string }[] = readJson(files, 'evidence.json').items;
    const all = [...own.values()].map((content) => Buffer.from(content).toString('utf8')).join('\n');
    expect(items.length).toBeGreaterThan(20);
    expect(items.filter(({ id, kept }) => all.includes(id) || all.includes(kept))).toEqual([]);
  });
});

test('an evidence index outside the repository is taken over as if it were in it', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'cartulary-evidence-'));
  try {
    await cp(join(folder, 'content/evidence/personnel.yaml'), join(outside, 'staff.yaml'));
    const { code } = await runCommand(['bundle', ...PERIOD, '--audience', 'assessor', '--evidence', outside, '--out', 'outside.zip'], folder);
    expect(code).toBe(0);
    const own = readZip(await readFile(join(folder, 'outside.zip'))).files;
    expect([...own.keys()].filter((path) => path.includes('evidence'))).toEqual(['content/evidence/staff.yaml', 'evidence.json']);
    expect(readText(own, 'index.html')).toContain('EV-PER-');
  } finally {
    await rm(outside, { recursive: true, force: true });
  }
});

describe('what is asked for', () => {
  test.each([
    [['--from', '2025-01-01'], 'Name the first and the last day of the period'],
    [['--from', '2025-01-01', '--to', '2025-02-30'], '"2025-02-30" is not a date'],
    [['--from', '2025-01-02', '--to', '2025-01-01'], 'The period ends on 2025-01-01, before it begins on 2025-01-02.'],
    [[...PERIOD, '--audience', 'friends'], 'There is no audience "friends"'],
    [[...PERIOD, '--evidence', '.'], 'The option --evidence needs --audience assessor'],
  ])('%j is refused', async (args, message) => {
    const { code, err } = await runCommand(['bundle', ...args], folder);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test('a period in which nothing was in force gives no bundle', async () => {
    const { code, err } = await runCommand(['bundle', '--from', '2020-01-01', '--to', '2020-12-31'], folder);
    expect(code).toBe(1);
    expect(err).toContain('No version was in force at any time from 2020-01-01 to 2020-12-31');
  });

  test('a register that cannot be trusted gives none either', async () => {
    const repository = await makeRepository();
    try {
      await repository.write({ 'cartulary.yaml': 'name: Example\nsite: https://pki.example\ntimeZone: Europe/Vienna\n' });
      await writeFile(join(repository.folder, 'register.yaml'), '');
      await repository.write({
        'policies/register.yaml': (await readFile(join(folder, 'policies/register.yaml'), 'utf8')).replace('2023-02-13', '2023-02-12'),
      });
      const { code, err } = await runCommand(['bundle', ...PERIOD], repository.folder);
      expect(code).toBe(2);
      expect(err).toContain('The register cannot be trusted as it is');
    } finally {
      await repository.remove();
    }
  });
});
