import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { reportStatus } from '../../src/check/status-report.ts';
import { toInstant } from '../../src/model/time.ts';
import { readMeasuredLines } from '../../src/read/measured-lines.ts';
import { openWorkspace } from '../../src/read/workspace.ts';
import { DEFAULT_FILES } from '../helpers/example.ts';
import { makeRepository } from '../helpers/repository.ts';

const HEAD = 'at,service,url,ok,thisUpdate,nextUpdate,latency';
const URL = 'http://ocsp.example.org/';
const NOW = toInstant(new Date('2026-11-23T12:00:00Z'));

const read = (text: string, format: 'csv' | 'jsonl' = 'csv') =>
  [...readMeasuredLines(text, format)].map((line) => ('problem' in line ? `${line.line} ${line.problem}` : line));

describe('an export', () => {
  test('is read with marks of quotation, line ends of Windows and a byte order mark', () => {
    expect(read(`\uFEFF"at";"service";"url";"ok";"note"\r\n2026-10-01T00:00:00Z;ocsp;"${URL}";true;"a ""b""; c"\r\n\r\n`)).toEqual([
      { line: 2, at: Date.UTC(2026, 9), service: 'ocsp', url: URL, ok: true, thisUpdate: undefined, nextUpdate: undefined, latency: undefined },
    ]);
  });

  test.each([
    ['a quotation mark that never closes', `"2026-10-01T00:00:00Z,ocsp,${URL},true,,,`],
    ['a cell too many', `2026-10-01T00:00:00Z,ocsp,${URL},true,,,,`],
    ['a day that does not exist', `2026-02-30T00:00:00Z,ocsp,${URL},true,,,`],
    ['no zone', `2026-10-01T00:00:00,ocsp,${URL},true,,,`],
    ['a year before there was anything to measure', `0999-10-01T00:00:00Z,ocsp,${URL},true,,,`],
    ['a property of every object', `2026-10-01T00:00:00Z,ocsp,${URL},toString,,,`],
    ['a time of less than nothing', `2026-10-01T00:00:00Z,ocsp,${URL},true,,,-1`],
    ['a line of great length', `2026-10-01T00:00:00Z,ocsp,${URL},true,,,${' '.repeat(5000)}`],
  ])('with %s is told', (_, line) => {
    expect(read(`${HEAD}\n${line}\n`)).toEqual([expect.stringMatching(/^2 /)]);
  });

  test('of JSON lines may have numbers, truth values and null', () => {
    const line = JSON.stringify({ at: '2026-10-01T02:00:00+02:00', service: 'crl', url: URL, ok: true, latency: 12.5, thisUpdate: null, more: { a: 1 } });
    expect(read(`${line}\n`, 'jsonl')).toMatchObject([{ line: 1, at: Date.UTC(2026, 9), ok: true, latency: 12.5, thisUpdate: undefined }]);
    expect(read('{"at":\n[1]\n"a"\nnull\n{"__proto__":{"at":"2026-10-01T00:00:00Z"}}\n', 'jsonl')).toEqual(
      [1, 2, 3, 4, 5].map((n) => expect.stringMatching(`^${n} `)),
    );
  });
});

async function openWith(files: Readonly<Record<string, string>>, audience: 'public' | 'assessor' = 'assessor') {
  const repository = await makeRepository();
  try {
    await repository.write({ ...DEFAULT_FILES, ...files });
    const started = performance.now();
    const { workspace } = await openWorkspace(pathToFileURL(`${repository.folder}/`), { now: NOW, purpose: 'check', audience });
    return { workspace, told: workspace.observations.filter(({ rule }) => rule === 'evidence/measurements-valid'), took: performance.now() - started };
  } finally {
    await repository.remove();
  }
}

const minutes = (count: number, from = Date.parse('2025-01-01T00:00:00Z')) =>
  Array.from({ length: count }, (_, index) => {
    const at = new Date(from + index * 60_000).toISOString().slice(0, 19);
    return `${at}Z,ocsp,${URL},true,${at}Z,2027-01-01T00:00:00Z,80`;
  }).join('\n');

test('the public is not given any', async () => {
  const { workspace } = await openWith({ 'content/evidence/status/a.csv': `${HEAD}\n${minutes(3)}\n` }, 'public');
  expect(workspace.status).toBeUndefined();
});

test('several files make one order of time, and what stands twice is told once', async () => {
  const { workspace, told } = await openWith({
    'content/evidence/status/b.csv': `${HEAD}\n${minutes(3)}\n`,
    'content/evidence/status/a.csv': `${HEAD}\n${minutes(3, Date.parse('2025-01-01T00:02:00Z'))}\n`,
  });
  expect(workspace.status?.addresses.map(({ measurements }) => measurements.map(({ file, line }) => `${file.at(-5)}${line}`).join(' '))).toEqual([
    'b2 b3 a2 a3 a4',
  ]);
  expect(told.map(({ at }) => `${at.file}:${at.start?.line}`)).toEqual(['content/evidence/status/b.csv:4']);
});

test('of a file that is wrong in every line, twenty are told and the others counted', async () => {
  const { told } = await openWith({ 'content/evidence/status/a.csv': `${HEAD}\n${'x,y,z,a,b,c,d\n'.repeat(100)}` });
  expect(told.length).toBe(21);
  expect(told.at(-1)?.seen).toBe('80 more');
});

test('a million lines are read in bounded time, and what goes beyond is told', async () => {
  const { workspace, told, took } = await openWith({
    'content/evidence/status/a.csv': `${HEAD}\n${minutes(950_000)}\n`,
    'content/evidence/status/b.csv': `${HEAD}\n${minutes(50_002, Date.parse('2023-01-01T00:00:00Z'))}\n`,
  });
  expect(workspace.status?.addresses[0]?.measurements.length).toBe(1_000_000);
  expect(told.map(({ at, message }) => `${at.file}:${at.start?.line} ${message}`)).toEqual([
    'content/evidence/status/b.csv:50002 There are more measurements than are read; from here on they are left out.',
  ]);
  const started = performance.now();
  expect(reportStatus(workspace).addresses[0]?.months.length).toBeGreaterThan(20);
  expect(took + performance.now() - started).toBeLessThan(30_000);
}, 90_000);

test('a link that leads out of the repository is not followed', async () => {
  const repository = await makeRepository();
  try {
    await repository.write({ ...DEFAULT_FILES, 'content/evidence/status/readme.md': 'x' });
    await symlink('/etc/hostname', join(repository.folder, 'content/evidence/status/a.csv'));
    const { workspace } = await openWorkspace(pathToFileURL(`${repository.folder}/`), { now: NOW, purpose: 'check', audience: 'assessor' });
    expect(workspace.status?.addresses).toEqual([]);
    expect(workspace.observations.filter(({ rule }) => rule === 'evidence/measurements-valid').map(({ message }) => message)).toEqual([
      'The export cannot be read.',
    ]);
  } finally {
    await repository.remove();
  }
});
