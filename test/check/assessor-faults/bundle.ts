import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { verifyBundle } from '../../../src/cli/verify-bundle.ts';
import { writeZip } from '../../../src/publish/zip.ts';
import { REGISTER, readRegister, sha256 } from '../../../src/read/register.ts';
import { readZip } from '../../../src/read/zip.ts';
import { type BundledFiles, forge, makeExampleBundle, readJson, readText } from '../../helpers/bundle.ts';
import { type AssessorBench, type AssessorFault, type Found, NOW } from './bench.ts';

/** The bundle of the bench, made once. */
const made = new WeakMap<AssessorBench, Promise<BundledFiles>>();
function bundleOf(bench: AssessorBench): Promise<BundledFiles> {
  const known =
    made.get(bench) ??
    makeExampleBundle(bench.folder).then(async ({ files, file }) => {
      await rm(file);
      return files;
    });
  made.set(bench, known);
  return known;
}

/** A bundle that somebody changed, as `cartulary verify` reads it. */
const found = (kind: string, file: string, change: (files: BundledFiles) => BundledFiles | Uint8Array): AssessorFault => ({
  kind,
  find: async (bench): Promise<Found[]> => {
    const changed = change(await bundleOf(bench));
    const { files, faults } = readZip(changed instanceof Uint8Array ? changed : writeZip([...changed].sort(([a], [b]) => (a < b ? -1 : 1))));
    const given = { digest: undefined, expected: undefined, now: NOW, release: readJson(await bundleOf(bench), 'manifest.json').release };
    const { wrong } = await verifyBundle({ name: 'bundle.zip', files, faults: faults.map((one) => ({ ...one, file: one.file ?? 'bundle.zip' })), ...given });
    return wrong.map((one) => ({ rule: 'verify', file: one.file.replace(/:\d+$/, ''), words: lineOf(files, one.file), message: one.message }));
  },
  expected: { rule: 'verify', file },
});

/** The line of the file in the bundle to which a place such as `policies/register.yaml:12` leads. */
function lineOf(files: BundledFiles, place: string): string {
  const [, path = '', line = ''] = /^(.*):(\d+)$/.exec(place) ?? [];
  return path ? (readText(files, path).split('\n')[Number(line) - 1] ?? '') : '';
}

const withWords = (fault: AssessorFault, words: string): AssessorFault => ({ ...fault, expected: { ...fault.expected, words } });
const replaced = (path: string, from: string | RegExp, to: string) => (files: BundledFiles) => forge(files, { [path]: (text) => text.replace(from, to) });

const TEXT = 'texts/cps/2.0/cps-2.0.en.md';
const LIST = 'content/trusted-lists/AT.xml';

function flip(files: BundledFiles, path: string): BundledFiles {
  const changed = Buffer.from(files.get(path) as Uint8Array);
  changed[0] = (changed[0] as number) ^ 1;
  return new Map(files).set(path, changed);
}

function without(files: BundledFiles, path: string): BundledFiles {
  const changed = new Map(files);
  changed.delete(path);
  return changed;
}

const TIMESTAMPS = 'content/timestamps';
const { register } = readRegister(readFileSync(new URL(`../../../${REGISTER}`, import.meta.url), 'utf8'));
const digestOf = (document: string, version: string) =>
  register.entries.find((one) => one.kind === 'version' && one.document === document && one.version === version)?.digest ?? '';
const TOKEN = `${TIMESTAMPS}/${digestOf('cps', '2.0')}.tsr`;

/** Everything that lists digests is forged as well. */
function swapTokens(files: BundledFiles): BundledFiles {
  const other = files.get(`${TIMESTAMPS}/${digestOf('cps', '1.2')}.tsr`) as Uint8Array;
  return forge(new Map(files).set(TOKEN, other), {});
}

export const bundleFaults: readonly AssessorFault[] = [
  found('bundle with one octet of a text changed', TEXT, (files) => flip(files, TEXT)),
  found('bundle with one octet of its manifest changed', 'manifest.json', (files) => flip(files, 'manifest.json')),
  found('bundle with one octet of its digests changed', 'SHA256SUMS', (files) => flip(files, 'SHA256SUMS')),
  found('bundle with one octet of a certificate changed', 'content/certificates/ca/ets-root-ca-1.der', (files) =>
    flip(files, 'content/certificates/ca/ets-root-ca-1.der'),
  ),
  found('bundle with a file added', 'texts/cps/2.0/cps-2.0.fr.md', (files) => new Map(files).set('texts/cps/2.0/cps-2.0.fr.md', Buffer.from('Bonjour'))),
  found('bundle with a file taken away', 'evidence.json', (files) => without(files, 'evidence.json')),
  found('bundle with a file under another name', 'texts/cps/2.0/cps.md', (files) =>
    without(new Map(files).set('texts/cps/2.0/cps.md', files.get(TEXT) as Uint8Array), TEXT),
  ),
  found('bundle with a text altered and all digests forged', TEXT, replaced(TEXT, ' the ', ' a ')),
  found(
    'bundle with a page that says what its source does not',
    'texts/cps/2.0/cps-2.0.en.html',
    replaced('texts/cps/2.0/cps-2.0.en.html', '24 hours', '48 hours'),
  ),
  withWords(
    found(
      'bundle with an entry of its register altered',
      'policies/register.yaml',
      replaced('policies/register.yaml', 'published: 2024-08-12', 'published: 2024-08-11'),
    ),
    'previous:',
  ),
  found('bundle with an interval that does not follow from its register', 'manifest.json', replaced('manifest.json', '"cps": "2.1"', '"cps": "2.0"')),
  found(
    'bundle with a statement of a section that does not exist',
    'statements.json',
    replaced('statements.json', '"section": "4.10.1"', '"section": "4.10.9"'),
  ),
  found('bundle with a first page that names another provider', 'index.html', replaced('index.html', 'Example Trust Services', 'Another Provider')),
  found('bundle with a trusted list altered, its digest forged everywhere', LIST, (files) => {
    const list = readText(files, LIST).replace('granted', 'withdrawn');
    const digest = sha256(files.get(LIST) as Uint8Array);
    return forge(files, { [LIST]: () => list, 'content/trusted-lists/snapshot.yaml': (text) => text.replace(digest, sha256(list)) });
  }),
  found('bundle with the token of one entry under the name of another', TOKEN, swapTokens),
  found('bundle with a name that leads out of its folder', '../../.bashrc', (files) => writeZip([['../../.bashrc', Buffer.from('exit')], ...files])),
];
