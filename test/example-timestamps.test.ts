import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeTimestamps } from '../scripts/example-timestamps.ts';
import type { Instant } from '../src/model/time.ts';
import { proofsOf, TIMESTAMPS } from '../src/model/timestamp.ts';
import { REGISTER, readRegister } from '../src/read/register.ts';
import { readTimestamps } from '../src/read/timestamps.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const TEXT = readFileSync(ROOT + REGISTER, 'utf8');
const { register } = readRegister(TEXT);

test('a second run changes nothing, and nothing else lies there', () => {
  const files = makeTimestamps(TEXT);
  const here = readdirSync(ROOT + TIMESTAMPS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'README.md')
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(ROOT.length).replace(/\/+/g, '/'));
  expect(here.sort()).toEqual([...files.keys()].sort());
  for (const [path, content] of files) expect(readFileSync(ROOT + path).equals(Buffer.from(content)), path).toBe(true);
});

test('all tokens hold, and prove the newest version of each document soon after its publication', async () => {
  const { stored, observations } = await readTimestamps(ROOT, { register, now: '2026-11-23T14:00:00Z' as Instant });
  expect(observations).toEqual([]);
  expect(stored.filter(({ verdict }) => !verdict.verified)).toEqual([]);
  const proofs = proofsOf(register, stored);
  for (const document of ['cp', 'cps', 'pds', 'terms']) {
    const newest = register.entries.findLast((entry) => entry.kind === 'version' && entry.document === document);
    const proof = proofs.get(newest?.digest ?? '');
    expect(proof?.digest, document).toBe(newest?.digest);
    expect(Date.parse(proof?.verdict.at ?? '') - Date.parse(newest?.published ?? ''), document).toBeLessThan(300_000);
  }
});
