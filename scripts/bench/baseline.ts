// What no build can do without: read the blobs, render them, compare each with the one before, write the files; nothing
// else. Run as a process of its own.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PlainText } from '../../lib/model/plain-text.js';
import { compareTexts } from '../../lib/publish/diff.js';
import { renderHtml } from '../../lib/publish/html.js';
import { toPlainText } from '../../lib/publish/plain-text.js';
import { renderRedline } from '../../lib/publish/redline.js';
import { redlineWords } from '../../lib/publish/redline-words.js';
import { openGit } from '../../lib/read/git.js';
import { readRegister } from '../../lib/read/register.js';
import { readDocument, readRepositoryFile } from '../../lib/read/workspace.js';

const [folder = '', target = '', mode] = process.argv.slice(2);
const register = readRegister((await readRepositoryFile(folder, 'policies/register.yaml'))?.toString('utf8') ?? '').register;
const git = await openGit(folder);
const texts = register.entries.flatMap((entry) => (entry.kind === 'version' ? Object.values(entry.files).map((file) => ({ entry, file })) : []));
const blobs = await git?.readBlobs(texts.flatMap(({ file }) => file.blob ?? []));
const words = { permalink: (section: string) => `Section ${section}`, table: 'Table', footnotes: 'Footnotes', backToText: 'Back' };
const native = mode === 'native' ? (await import('satteri')).markdownToHtml : undefined;
const last = new Map<string, PlainText>();
for (const { entry, file } of texts) {
  const bytes = blobs?.get(file.blob ?? '');
  if (!bytes) throw new Error(`${pathToFileURL(folder)} lacks ${file.path}`);
  const facts = { id: entry.document, type: 'CPS' as const, language: 'en', title: entry.document, frontMatter: undefined };
  const document = await readDocument(bytes, facts, file.path);
  const own = join(target, entry.document, entry.version);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'index.html'), native ? native(Buffer.from(bytes).toString('utf8')).html : renderHtml(document, words).html);
  const plain = toPlainText(document);
  writeFileSync(join(own, 'text.json'), JSON.stringify(plain));
  const before = last.get(entry.document);
  if (before) writeFileSync(join(own, 'changes.html'), renderRedline(compareTexts(before, plain), { words: redlineWords('en') }));
  last.set(entry.document, plain);
}
