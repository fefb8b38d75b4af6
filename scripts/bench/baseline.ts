// What no build can do without: read the blobs, render them, write the files; nothing else. Run as a process of its own.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { renderHtml } from '../../lib/publish/html.js';
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
for (const { entry, file } of texts) {
  const bytes = blobs?.get(file.blob ?? '');
  if (!bytes) throw new Error(`${pathToFileURL(folder)} lacks ${file.path}`);
  const facts = { id: entry.document, type: 'CPS' as const, language: 'en', title: entry.document, frontMatter: undefined };
  const html = native ? native(Buffer.from(bytes).toString('utf8')).html : renderHtml(await readDocument(bytes, facts, file.path), words).html;
  mkdirSync(join(target, entry.document, entry.version), { recursive: true });
  writeFileSync(join(target, entry.document, entry.version, 'index.html'), html);
}
