import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { FrontMatter } from '../../src/model/document.ts';
import { apiSchemas } from '../../src/publish/api.ts';
import { toPlainText } from '../../src/publish/plain-text.ts';
import { publishedTextJson, publishedTextPath } from '../../src/publish/published-text.ts';
import { sha256 } from '../../src/read/register.ts';
import { readDocument } from '../../src/read/workspace.ts';

const schema = JSON.parse(apiSchemas((path) => `https://example.org${path}`).get('text') ?? 'null');
const isValid = new Ajv2020({ strict: false }).compile(schema);

const declared = FrontMatter.parse({
  document: 'cps',
  type: 'CPS',
  title: 'Practice statement',
  language: 'en',
  version: '2.1',
  status: 'approved',
  effective: '2026-02-01',
  policies: [{ oid: '1.3.6.1.4.1.99999.1.2.1', name: 'Signatures', qscd: { required: 'true', managedBy: 'subject' } }],
});

async function publish(markdown: Uint8Array, front: FrontMatter | undefined) {
  const facts = { id: 'cps', type: 'CPS', language: 'en', title: 'Practice statement', frontMatter: front } as const;
  const text = toPlainText(await readDocument(markdown, facts, 'cps.md'));
  return publishedTextJson({ document: 'cps', version: '2.1', language: 'en', title: facts.title, sha256: sha256(markdown), declared: front, ...text });
}

test('stands beside the source', () => {
  expect(publishedTextPath('cps', '2.1', 'en')).toBe('/cps/2.1/cps-2.1.en.json');
});

test.each(['policies/cp.md', 'policies/cps.md', 'policies/pds.de.md'])('%s is valid by the schema and says of which bytes it is made', async (path) => {
  const bytes = await readFile(new URL(`../../${path}`, import.meta.url));
  const text = JSON.parse(await publish(bytes, declared));
  expect(isValid(text), JSON.stringify(isValid.errors)).toBe(true);
  expect(text.sha256).toBe(sha256(bytes));
  expect(text.declared.policies[0].qscd).toEqual({ required: true, managedBy: 'subject' });
  expect(text.sections.length).toBeGreaterThan(5);
});

test('a text without front matter declares nothing; every kind of block is in the schema', async () => {
  const markdown = `Before.

# 1. Title *set*

- [x] item with [link](https://example.org/)

> quote[^a]

| a | b |
| --- | --- |
| \`1\` | <sup>2</sup> |

\`\`\`
code
\`\`\`

[^a]: Note.
`;
  const json = await publish(Buffer.from(markdown), undefined);
  const text = JSON.parse(json);
  expect(isValid(text), JSON.stringify(isValid.errors)).toBe(true);
  expect(text).not.toHaveProperty('declared');
  expect(new Set(text.sections.flatMap(({ blocks }: { blocks: { kind: string }[] }) => blocks.map(({ kind }) => kind)))).toEqual(
    new Set(['paragraph', 'item', 'quote', 'table', 'code', 'note']),
  );
  expect(isValid({ ...text, sections: [{ ...text.sections[0], blocks: [{ kind: 'picture', depth: 0, text: '' }] }] })).toBe(false);
});
