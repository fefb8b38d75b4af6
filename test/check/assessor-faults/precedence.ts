import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { precedenceAssessed } from '../../../src/check/rules/evidence/precedence-assessed.ts';
import type { Workspace } from '../../../src/model/workspace.ts';
import { readPrecedenceText } from '../../../src/read/precedence.ts';
import { openWorkspace } from '../../../src/read/workspace.ts';
import { type AssessorBench, type AssessorFault, changed, NOW, replaced, replaceWords } from './bench.ts';

const FILE = 'content/precedence.yaml';
const RULE = 'evidence/precedence-assessed';

const found = (words: string) => ({ rule: RULE, file: FILE, words });

const opened = new WeakMap<AssessorBench, Promise<Workspace>>();

/** What the rule alone finds in a changed file: all else stays as it is, and is read once. */
const judged =
  (change: (text: string) => string): AssessorFault['find'] =>
  async (bench) => {
    const open = async () => (await openWorkspace(pathToFileURL(`${bench.folder}/`), { now: NOW, purpose: 'check' })).workspace;
    const workspace = opened.get(bench) ?? open();
    opened.set(bench, workspace);
    const text = change(await readFile(join(bench.folder, FILE), 'utf8'));
    const lines = text.split('\n');
    return [...precedenceAssessed.check({ ...(await workspace), ...readPrecedenceText(text) })].map(({ at, message }) => ({
      rule: RULE,
      file: at.file,
      words: lines[(at.start?.line ?? 0) - 1] ?? '',
      message,
    }));
  };

/** A change of one entry: that of a version of the Baseline Requirements, or of another document. */
const entry = (version: string, from: string | RegExp, to: string) =>
  judged((text) =>
    text
      .split(/(?=^- rules:)/m)
      .map((part) => (part.includes(`version: "${version}"\n`) ? replaceWords(part, from, to) : part))
      .join(''),
  );

const without = (version: string) => judged((text) => replaceWords(text, new RegExp(`^- rules: [a-z-]+\\n {2}version: "${version}"\\n(?: .*\\n)+`, 'm'), ''));

const ASSESSMENT = /^ {2}assessment:\n(?: {4}.*\n)+/m;

export const precedenceFaults: readonly AssessorFault[] = [
  { kind: 'a version in effect without an assessment', find: entry('2.2.1', ASSESSMENT, ''), expected: found('version: "2.2.1"') },
  { kind: 'the newest version without an assessment', find: entry('2.2.6', ASSESSMENT, ''), expected: found('version: "2.2.6"') },
  {
    kind: 'a version to come without an assessment',
    find: changed(FILE, (text) =>
      replaceWords(text, '# No policy', '- rules: baseline-requirements\n  version: "2.2.7"\n  effective: 2026-12-20\n# No policy'),
    ),
    expected: found('version: "2.2.7"'),
  },
  { kind: 'an assessment on the effective day', find: entry('2.1.8', 'on: 2025-10-15', 'on: 2025-11-04'), expected: found('on: 2025-11-04') },
  { kind: 'an assessment after the policy began', find: entry('2.1.2', 'on: 2024-11-20', 'on: 2025-01-20'), expected: found('on: 2025-01-20') },
  { kind: 'an assessment before the adoption', find: entry('2.2.3', 'on: 2026-01-28', 'on: 2026-01-08'), expected: found('on: 2026-01-08') },
  { kind: 'an assessment in the future', find: entry('2.2.6', 'on: 2026-03-10', 'on: 2027-03-10'), expected: found('on: 2027-03-10') },
  { kind: 'a version that is missing between two', find: without('2.1.6'), expected: found('version: "2.1.7"') },
  { kind: 'a version that is missing before a carry', find: without('2.1.9'), expected: found('version: "2.2.0"') },
  { kind: 'the version at the beginning of the policy is missing', find: without('2.1.2'), expected: found('effective: 2025-02-24') },
  {
    kind: 'no version of rules that bind',
    find: replaced(FILE, /^- rules: baseline[\s\S]*(?=^# No policy)/m, ''),
    expected: { rule: RULE, file: 'policies/cp.md', words: 'conformsTo: QNCP-w' },
  },
  {
    kind: 'no file of versions',
    find: (bench) => bench.check({ [FILE]: () => undefined }),
    expected: { rule: RULE, file: 'policies/cp.md', words: 'conformsTo: QNCP-w' },
  },
  {
    kind: 'a version twice',
    find: entry('2.2.4', '- rules: ', '- { rules: baseline-requirements, version: "2.2.3", effective: 2026-02-16 }\n- rules: '),
    expected: found('version: "2.2.3"'),
  },
  {
    kind: 'an effective day before the adoption',
    find: entry('2.2.5', 'effective: 2026-02-25', 'effective: 2026-02-23'),
    expected: found('effective: 2026-02-23'),
  },
  { kind: 'effective days out of order', find: entry('2.1.7', 'effective: 2025-08-25', 'effective: 2025-07-20'), expected: found('effective: 2025-07-20') },
  {
    kind: 'a section that there is not',
    find: entry('2.1.5', 'sections: [cp 6.3.2, cps 6.3.2]', 'sections: [cp 6.3.2, cps 6.3.22]'),
    expected: found('cps 6.3.22'),
  },
  { kind: 'a document that there is not', find: entry('2.1.5', 'sections: [cp 6.3.2, cps 6.3.2]', 'sections: [tsps 6.3.2]'), expected: found('tsps 6.3.2') },
  {
    kind: 'a version of ours that there is not',
    find: entry('2.1.5', 'versions: [cps 2.1, cp 2.1]', 'versions: [cps 2.1, cp 2.11]'),
    expected: found('cp 2.11'),
  },
  { kind: 'a step that is overdue', find: entry('2.2.0', /\n {8}done: .*/, ''), expected: found('what: The registration system') },
  { kind: 'a step that was done too late', find: entry('2.1.7', 'done: { on: 2025-08-20 }', 'done: { on: 2025-09-01 }'), expected: found('on: 2025-09-01') },
  {
    kind: 'a step done before the assessment',
    find: entry('2.1.6', 'done: { on: 2025-10-14 }', 'done: { on: 2025-06-24 }'),
    expected: found('on: 2025-06-24'),
  },
  { kind: 'a step done in the future', find: entry('2.2.6', 'done: { on: 2026-03-17 }', 'done: { on: 2027-03-17 }'), expected: found('on: 2027-03-17') },
  {
    kind: 'a section that changes without a version of its document',
    find: entry('2.1.7', '      - what: The plan', '      - sections: [cps 5.7.1]\n        what: The plan'),
    expected: found('sections: [cps 5.7.1]'),
  },
  { kind: 'an impact without steps', find: entry('2.1.6', / {4}steps:\n(?: {6}.*\n)+/, ''), expected: found('impact: operation') },
  { kind: 'an impact that there is not', find: entry('2.1.6', 'impact: operation', 'impact: some'), expected: found('impact: some') },
  { kind: 'a due day before the effective day', find: entry('2.1.6', 'due: 2026-03-15', 'due: 2025-07-20'), expected: found('due: 2025-07-20') },
  {
    kind: 'a policy for EV certificates, and no version of the EV Guidelines',
    find: (bench) =>
      bench.check({
        'policies/cp.md': (before) =>
          replaceWords(replaceWords(before?.toString('utf8') ?? '', 'conformsTo: QNCP-w', 'conformsTo: QEVCP-w'), 'version: "2.4"', 'version: "2.5"'),
        [FILE]: (before) => replaceWords(before?.toString('utf8') ?? '', /^- rules: ev-guidelines[\s\S]*/m, ''),
      }),
    expected: { rule: RULE, file: 'policies/cp.md', words: 'conformsTo: QEVCP-w' },
  },
];
