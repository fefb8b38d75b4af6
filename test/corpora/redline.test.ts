import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PolicyDocument } from '../../src/model/document.ts';
import { compareTexts } from '../../src/publish/diff.ts';
import { toPlainText } from '../../src/publish/plain-text.ts';
import { readMarkdown } from '../../src/read/markdown.ts';
import { listPairs, type TextPair } from '../helpers/histories.ts';
import { expectSound } from '../helpers/redline.ts';
import { sharedFile } from '../helpers/shared.ts';

const bundles = ['letsencrypt', 'servercert'].map((name) => sharedFile(`corpora/${name}.bundle`));
const missing = bundles.find(({ absent }) => absent);
const plain = (markdown: string) => toPlainText({ sections: readMarkdown(markdown, 'text.md').sections } as PolicyDocument);

describe.skipIf(missing)(`redlines of neighbouring versions in both real histories${missing?.reason ?? ''}`, () => {
  let folder: string;
  let pairs: readonly TextPair[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cartulary-'));
    pairs = listPairs(folder);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('are valid HTML, hold both texts, and have every place where the list of changes leads', { timeout: 300_000 }, () => {
    expect(pairs.length).toBeGreaterThan(50);
    for (const { before, after } of pairs) expectSound(compareTexts(plain(before.text), plain(after.text)));
  });
});
