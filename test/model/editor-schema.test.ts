import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { editorSchemas } from '../../src/model/editor-schema.ts';

const schema = (name: string) => z.fromJSONSchema(editorSchemas().get(name) as never);

test('the example as an editor reads it keeps to the schemas', async () => {
  const config = parse(await readFile(new URL('../../cartulary.yaml', import.meta.url), 'utf8'));
  expect(schema('cartulary.schema.json').safeParse(config).error).toBeUndefined();
  const text = await readFile(new URL('../../policies/cps.md', import.meta.url), 'utf8');
  expect(schema('front-matter.schema.json').safeParse(parse(text.split(/^---$/m)[1] ?? '')).error).toBeUndefined();
});

test('a wrong key or value does not', () => {
  expect(schema('cartulary.schema.json').safeParse({ name: 'A', site: 'https://a.example', timeZone: 'UTC', timezone: 'UTC' }).success).toBe(false);
  expect(
    schema('front-matter.schema.json').safeParse({
      document: 'cps',
      type: 'CPX',
      title: 'T',
      language: 'en',
      version: '1',
      status: 'draft',
      effective: '2026-01-01',
    }).success,
  ).toBe(false);
  expect(
    schema('front-matter.schema.json').safeParse({
      document: 'cps',
      type: 'CPS',
      title: 'T',
      language: 'en',
      version: 1.1,
      status: 'draft',
      effective: '2026-01-01',
    }).success,
  ).toBe(false);
});
