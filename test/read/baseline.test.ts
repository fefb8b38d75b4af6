import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeBaseline } from '../../src/check/baseline.ts';
import { BASELINE } from '../../src/model/baseline.ts';
import type { Finding } from '../../src/model/finding.ts';
import { readBaseline } from '../../src/read/baseline.ts';

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'cartulary-')));
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (text: string) => {
  await writeFile(join(folder, BASELINE), text);
  const { baseline, observations } = await readBaseline(folder);
  return {
    groups: baseline?.map(({ rule, file, findings }) => [rule, file, Object.fromEntries(findings)]),
    messages: observations.map(({ message }) => message),
  };
};
const finding = (index: number, message: string): Finding => ({
  rule: 'form/one',
  severity: 'error',
  basis: { standard: 'RFC 3647' },
  page: 'docs/rules/form/one.md',
  stopsBuild: false,
  message,
  at: { file: 'policies/cps.md' },
  fingerprint: index.toString(16).padStart(16, '0'),
});

test('what is written is read, whatever the messages hold', async () => {
  const hostile = ['"', "'", '\\', '# x', ': ', '&a *a', '!!js', '\n- ', '\0\x1b\u0085\u2028\u202e\ud800\uffff', '{{', '%', 'ü'.repeat(500)];
  const { groups, messages } = await read(writeBaseline(hostile.map((message, index) => finding(index, message))));
  expect(messages).toEqual([]);
  expect(Object.keys((groups?.[0]?.[2] ?? {}) as object)).toHaveLength(hostile.length);
});

test('five thousand findings can be held, then without their messages', async () => {
  const long = 'A message that is as long as messages are, with section 4.9.1 and the requirement OVR-5.1-09 in it.';
  const { groups, messages } = await read(writeBaseline(Array.from({ length: 5_000 }, (_, index) => finding(index, long))));
  expect(messages).toEqual([]);
  expect(groups?.[0]?.[2]).toMatchObject({ '0000000000000000': '', '0000000000001387': '' });
});

test.each([
  ['no list', 'rule: form/one\n', ['The YAML is not valid as a whole.']],
  ['nothing', '', ['The YAML is not valid as a whole.']],
  ['a path out of the repository', '- { rule: form/one, file: ../a, findings: {} }\n', ['The value of "0.file" is not valid.']],
  ['a name that is no fingerprint', '- { rule: form/one, file: a, findings: { 4.9.1: x } }\n', ['The value of "0.findings" is not valid.']],
  ['a tag', '- !!js/function x\n', ['The YAML cannot be read: Unresolved tag: tag:yaml.org,2002:js/function.']],
])('%s is told, and holds nothing', async (_, text, messages) => {
  expect(await read(text)).toEqual({ groups: undefined, messages });
});

test('without a file there is no baseline', async () => {
  await rm(join(folder, BASELINE), { force: true });
  expect(await readBaseline(folder)).toEqual({ baseline: undefined, observations: [] });
});
