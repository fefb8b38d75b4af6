import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blobId } from '../../lib/read/git.js';
import { appendEntries, type NewEntry, sha256 } from '../../lib/read/register.js';
import { git } from './git.ts';

const TEXT = readFileSync(new URL('../../policies/cps.md', import.meta.url), 'utf8');
/** The first four chapters of the example's CPS, about 60 KB. */
const BODY = TEXT.slice(TEXT.indexOf('\n# 1.'), TEXT.indexOf('\n# 5.'));
const FIRST = Date.UTC(2015, 0, 1);
const WEEK = 7 * 86_400_000;

/** A repository with this many versions of one document, each with another number in one section, all registered. */
export function makeSynthetic(folder: string, versions: number): void {
  mkdirSync(join(folder, 'policies'), { recursive: true });
  writeFileSync(join(folder, 'cartulary.yaml'), 'name: Synthetic\nsite: https://synthetic.example\ntimeZone: UTC\n');
  writeFileSync(join(folder, '.gitignore'), 'dist/\n.cartulary/\n');
  git(folder, ['init', '-q', '-b', 'main']);
  const texts = Array.from({ length: versions }, (_, index) => versionText(index + 1));
  git(
    folder,
    ['fast-import', '--quiet'],
    texts.map((text, index) => `blob\nmark :${index + 1}\ndata ${Buffer.byteLength(text)}\n${text}\n`).join('') + commits(texts.length),
  );
  git(folder, ['reset', '-q', '--hard']);
  writeFileSync(
    join(folder, 'policies/register.yaml'),
    appendEntries(
      '',
      texts.map((text, index) => versionEntry(index + 1, text)),
    ).text,
  );
}

/** One more version, committed and registered. */
export function addVersion(folder: string, number: number): void {
  const text = versionText(number);
  const path = join(folder, 'policies/register.yaml');
  writeFileSync(join(folder, 'policies/cps.md'), text);
  git(folder, ['add', 'policies/cps.md']);
  writeFileSync(path, appendEntries(readFileSync(path, 'utf8'), [versionEntry(number, text)]).text);
}

function versionText(number: number): string {
  const effective = new Date(FIRST + number * (WEEK / 2)).toISOString().slice(0, 10);
  const front = `document: cps\ntype: CPS\ntitle: Synthetic practice statement\nlanguage: en\nversion: "${number}.0"\nstatus: approved\napproved: { on: ${effective}, by: Nobody }\neffective: ${effective}\n`;
  return `---\n${front}---\n${BODY.replace(/^## 2\.3 .*$/m, (heading) => `${heading}\n\nThis is version ${number}.`)}`;
}

function versionEntry(number: number, text: string): NewEntry {
  const effective = `${new Date(FIRST + number * (WEEK / 2)).toISOString().slice(0, 10)}T00:00:00Z`;
  const bytes = Buffer.from(text);
  return {
    document: 'cps',
    version: `${number}.0`,
    published: effective,
    effective,
    files: { en: { path: 'policies/cps.md', blob: blobId(bytes), sha256: sha256(bytes) } },
  };
}

function commits(count: number): string {
  const person = 'Bench <bench@example.org> 1420070400 +0000';
  return Array.from(
    { length: count },
    (_, index) => `commit refs/heads/main\nauthor ${person}\ncommitter ${person}\ndata 1\nx\nM 100644 :${index + 1} policies/cps.md\n\n`,
  ).join('');
}
