import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Instant } from '../../src/model/time.ts';
import { makeCatalogue, makeRequirement } from '../helpers/catalogue.ts';
import { DEFAULT_FILES } from '../helpers/example.ts';
import { makeProvider } from '../helpers/provider.ts';
import { makeRepository, type TestRepository } from '../helpers/repository.ts';
import { replaceFrontMatter, replaceSection } from '../helpers/skeleton.ts';

const TEXT = 'policies/cps.md';
const requirement = (id: string, summary: string, rfc3647: string[], more: object = {}) => makeRequirement({ id, summary, rfc3647, ...more });
const catalogue = (standard: string, given: object) =>
  JSON.stringify(makeCatalogue({ standard, short: standard.replace(/^ETSI EN 319 /, ''), clauses: [{ number: '5.1', title: 'General' }], ...given }));
const CATALOGUES = {
  'content/requirements/en-319-411-2/v2.6.1.yaml': catalogue('ETSI EN 319 411-2', {
    policies: [{ id: 'QCP-n', oid: '0.4.0.194112.1.0', name: 'N', summary: 'N', buildsOn: 'N', settles: {}, alsoTagged: [], formerNames: [] }],
    requirements: [
      requirement('OVR-5.1-01', 'The text says who may rely on a certificate.', ['1.3.4', '4.5.2']),
      requirement('OVR-5.1-02', 'Records of registration are kept for ten years.', ['5.5.2'], { level: 'warning', kind: 'should' }),
      requirement('OVR-5.1-03', 'Nothing any more.', ['1.1'], { kind: 'void' }),
    ],
  }),
  'content/requirements/en-319-411-1/v1.5.1.yaml': catalogue('ETSI EN 319 411-1', { requirements: [requirement('OVR-5.1-01', 'Something.', ['1.1'])] }),
  'content/requirements/en-319-401/v3.2.1.yaml': catalogue('ETSI EN 319 401', {
    reach: 'every-provider',
    requirements: [requirement('REQ-5.1-01', 'Disputes with customers are settled by arbitration.', ['9.13'], { documents: ['cps', 'terms'] })],
  }),
};
const POLICY = 'policies:\n  - { oid: 1.3.6.1.4.1.99999.1, name: Signatures, conformsTo: QCP-n }';
const RELYING = '### 1.3.4 Relying parties\n\nEverybody may rely on a certificate within the limits that it names, as the text\nsays in Section 4.5.2.\n';
const cps = [
  ['1.3.4', RELYING],
  ['9.13', '## 9.13 Dispute resolution provisions\n\n<!-- meets 411-1:OVR-5.1-01 -->\n\nDisputes go to the courts of Vienna, unless both parties agree.\n'],
  ['5.5.2', '### 5.5.2 Retention period for archive\n\nWhat was archived is kept as long as the law of Austria asks for.\n'],
  ['9.14', '## 9.14 Governing law\n\nNo stipulation.\n'],
].reduce((text, [number = '', by = '']) => replaceSection(text, number, by), replaceFrontMatter(DEFAULT_FILES[TEXT], POLICY));
const TERMS = `---
document: terms
type: TERMS
title: Terms
language: en
version: "1.0"
status: draft
effective: 2026-02-01
---

# 1 Contract

Who signs the order form has a contract.

# 2 Disputes

Disputes of customers with us are settled by arbitration in Vienna.
`;
const FILES = { 'cartulary.yaml': DEFAULT_FILES['cartulary.yaml'], [TEXT]: cps, 'policies/terms.md': TERMS, ...CATALOGUES };

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
  await repository.commit(FILES, '2026-01-01T10:00:00Z');
});
afterEach(() => repository.remove());

async function check(...args: string[]) {
  const [out, err]: string[][] = [[], []];
  const io = { out: (text: string) => void out?.push(text), err: (text: string) => void err?.push(text), color: false, folder: repository.folder };
  const code = await main(['check', ...args], { ...io, now: '2026-11-23T10:00:00Z' as Instant });
  return { code, out: out?.join('') ?? '', err: err?.join('') ?? '' };
}

/** Edits the pick of a requirement for the CPS in the work list. */
async function choose(name: string, change: (pick: string) => string) {
  const picks = (await read('picks.yaml')).split('\n\n');
  const at = picks.findIndex((pick) => pick.includes(`"${name}"`) && pick.includes(TEXT));
  const pick = picks[at] ?? '';
  expect(change(pick)).not.toBe(pick);
  await repository.write({ 'picks.yaml': picks.with(at, change(pick)).join('\n\n') });
}
const yes = (pick: string) => pick.replace(/apply: no$/m, 'apply: yes');
const RELIES = '411-2:OVR-5.1-01';

const read = (path: string) => readFile(join(repository.folder, path), 'utf8');
/** What git sees changed, without lines that are the same. */
const changes = async () => (await repository.git('diff', '-U0')).split('\n').filter((line) => /^[-+](?!--|\+\+)/.test(line));
const status = () => repository.git('status', '--porcelain');

describe('suggest', () => {
  test('proposes sections by file, in the order of the text, and writes nothing', async () => {
    const { code, out } = await check('--suggest');
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "policies/cps.md

        1.3.4 Relying parties (line 38)
          411-2:OVR-5.1-01  The text says who may rely on a certificate.
            seems to say it (100 % of its words): "Everybody may rely on a certificate within the limits that it names, as the text says in Section 4.5.2."
            or 4.5.2 (0 %)

        5.5.2 Retention period for archive (line 537)
          411-2:OVR-5.1-02  Records of registration are kept for ten years.
            says something of it (20 % of its words): "What was archived is kept as long as the law of Austria asks for."

        9.13 Dispute resolution provisions (line 959)
          401:REQ-5.1-01  Disputes with customers are settled by arbitration.
            says something of it (23 % of its words): "Disputes go to the courts of Vienna, unless both parties agree."

      policies/terms.md

        2 Disputes (line 15)
          401:REQ-5.1-01  Disputes with customers are settled by arbitration.
            seems to say it (100 % of its words): "Disputes of customers with us are settled by arbitration in Vienna."

      3 open requirements in 2 texts. A proposal by place and words: nothing of the texts was understood. Read the section before you mark it.
      Work list to choose from: cartulary check --suggest --output picks.yaml
      "
    `);
    expect(await status()).toBe('');
    expect((await check('--suggest')).out).toBe(out);
  });

  test('of one text, standard or policy alone', async () => {
    const names = async (...args: string[]) => {
      const { out } = await check('--suggest', '--format', 'json', ...args);
      return (JSON.parse(out).suggestions as { requirement: string; file: string }[]).map(({ requirement: name, file }) => `${name} ${file}`);
    };
    expect(await names('policies/terms.md')).toEqual(['401:REQ-5.1-01 policies/terms.md']);
    expect(await names('--standard', '411-2')).toEqual([`411-2:OVR-5.1-01 ${TEXT}`, `411-2:OVR-5.1-02 ${TEXT}`]);
    expect((await names('--policy', 'QCP-n')).length).toBe(4);
    expect((await names('--policy', '1.3.6.1.4.1.99999.1', '.')).length).toBe(4);
    expect((await check('--suggest', 'policies/cp.md')).err).toContain(`There is no text "policies/cp.md". Texts: ${TEXT}, policies/terms.md.`);
    expect((await check('--suggest', '--policy', 'QCP-l')).err).toContain('The texts govern no policy "QCP-l". Policies: QCP-n, 1.3.6.1.4.1.99999.1.');
    expect((await check('--suggest', '--base', 'main')).code).toBe(2);
  });

  test('tells an editor each place with its line, share and excerpt', async () => {
    const { out } = await check('--suggest', '--format', 'json', '--standard', '401', 'policies/terms.md');
    expect(JSON.parse(out).suggestions[0].places[0]).toEqual({
      section: '2',
      title: 'Disputes',
      anchor: '2',
      line: 15,
      share: 1,
      work: 'mark',
      excerpt: 'Disputes of customers with us are settled by arbitration in Vienna.',
      seen: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  test('names what is met no more', async () => {
    const all = ['411-2:OVR-5.1-01', '411-2:OVR-5.1-02', '401:REQ-5.1-01'].flatMap((name) => ['--apply', `${name}@${TEXT}#1.3.4`]);
    expect((await check(...all)).code).toBe(0);
    expect(await check('--suggest')).toEqual({ code: 0, out: 'No requirement is open in these texts.\n', err: '' });
  });

  test('writes a work list, and never over a file', async () => {
    expect((await check('--suggest', '--output', 'picks.yaml')).out).toBe(
      'picks.yaml: 4 proposals. Choose in it, then run: cartulary check --apply picks.yaml\n',
    );
    const list = await read('picks.yaml');
    expect(list.slice(list.indexOf('\npicks:'), list.indexOf('\n\n', list.indexOf('\npicks:')))).toMatchInlineSnapshot(`
      "
      picks:
        # The text says who may rely on a certificate.
        # 1.3.4 Relying parties (line 38): seems to say it, 100 % of its words; or 4.5.2 (0 %)
        # Everybody may rely on a certificate within the limits that it names, as the text says in Section 4.5.2.
        - requirement: "411-2:OVR-5.1-01"
          file: "policies/cps.md"
          section: "1.3.4"
          seen: "1.3.4 29641e3904a86824"
          apply: no"
    `);
    for (const path of ['picks.yaml', TEXT]) {
      const before = await read(path);
      expect(await check('--suggest', '--output', path)).toEqual({
        code: 1,
        out: '',
        err: `There is a file ${path} already, and it may hold your decisions: take it away, or name another one.\n`,
      });
      expect(await read(path)).toBe(before);
    }
  });
});

describe('apply', () => {
  const PICK = `411-2:OVR-5.1-01@${TEXT}#1.3.4`;

  test('writes what was chosen in a work list, and nothing else', async () => {
    await check('--suggest', '--output', 'picks.yaml');
    await choose(RELIES, yes);
    await choose('411-2:OVR-5.1-02', (pick) => pick.replace(/apply: no$/m, 'exclude: no registration\n      is done'));
    expect(await check('--apply', 'picks.yaml')).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "",
        "out": "2 marks written:
        policies/cps.md#1.3.4 meets 411-2:OVR-5.1-01
        policies/cps.md#5.5.2 excludes 411-2:OVR-5.1-02
      ",
      }
    `);
    expect(await changes()).toEqual(['+<!-- meets 411-2:OVR-5.1-01 -->', '+', '+<!-- excludes 411-2:OVR-5.1-02: no registration is done -->', '+']);
    const { out } = await check('--format', 'json');
    expect((JSON.parse(out).findings as { message: string }[]).filter(({ message }) => message.includes('411-2'))).toEqual([]);
    expect(await check('--apply', 'picks.yaml')).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "",
        "out": "Nothing was written.
      2 marks stood there already:
        policies/cps.md#1.3.4 meets 411-2:OVR-5.1-01
        policies/cps.md#5.5.2 excludes 411-2:OVR-5.1-02
      ",
      }
    `);
  });

  test('keeps line ends and every other byte', async () => {
    const before = cps.replaceAll('\n', '\r\n');
    await repository.write({ [TEXT]: before });
    expect((await check('--apply', PICK, '--apply', `401:REQ-5.1-01@${TEXT}#9.13`)).code).toBe(0);
    expect(await read(TEXT)).toBe(
      before
        .replace('Relying parties\r\n\r\n', '$&<!-- meets 411-2:OVR-5.1-01 -->\r\n\r\n')
        .replace('<!-- meets 411-1:OVR-5.1-01 -->\r\n', '$&<!-- meets 401:REQ-5.1-01 -->\r\n'),
    );
  });

  test('takes a section to which the author moved a pick as it is', async () => {
    await check('--suggest', '--output', 'picks.yaml');
    await choose(RELIES, (pick) => yes(pick).replace('section: "1.3.4"', 'section: "9.13."'));
    expect((await check('--apply', 'picks.yaml')).code).toBe(0);
    expect(await changes()).toEqual(['+<!-- meets 411-2:OVR-5.1-01 -->']);
  });

  test('refuses a section whose text is another one than was proposed, until the author has read it', async () => {
    await check('--suggest', '--output', 'picks.yaml');
    for (const name of [RELIES, '401:REQ-5.1-01']) await choose(name, yes);
    await repository.write({ [TEXT]: cps.replace('within the limits', 'beyond the limits') });
    const { code, err } = await check('--apply', 'picks.yaml');
    expect({ code, err }).toMatchInlineSnapshot(`
      {
        "code": 1,
        "err": "Nothing was written:
        - 411-2:OVR-5.1-01@policies/cps.md#1.3.4: Section 1.3.4 has another text than was proposed: read it again, then take the line "seen" out of the pick.
      ",
      }
    `);
    expect(await changes()).toEqual(expect.not.arrayContaining([expect.stringContaining('meets')]));
    await choose(RELIES, (pick) => pick.replace(/^ +seen: .*\n/m, ''));
    expect((await check('--apply', 'picks.yaml')).code).toBe(0);
  });

  test('does not mind marks that came, or lines that were broken elsewhere', async () => {
    await check('--suggest', '--output', 'picks.yaml');
    await choose(RELIES, yes);
    await repository.write({ [TEXT]: cps.replace('as the text\nsays in', 'as the\ntext says in') });
    await check('--apply', `411-1:OVR-5.1-01@${TEXT}#1.3.4`);
    expect((await check('--apply', 'picks.yaml')).code).toBe(0);
  });

  test.each([
    [
      'an unknown requirement',
      `411-2:OVR-5.1-09@${TEXT}#1.3.4`,
      /: ETSI EN 319 411-2 V1\.1\.1 has no such requirement or clause; 411-2:OVR-5\.1-0\d, perhaps\./,
    ],
    ['a void one', `411-2:OVR-5.1-03@${TEXT}#1.3.4`, /: It is void in ETSI EN 319 411-2 V1\.1\.1: nothing can meet it\./],
    ['an unknown standard', `999:OVR-5.1-01@${TEXT}#1.3.4`, /: "999" is no standard that is in use: they are /],
    ['an unknown section', `411-2:OVR-5.1-01@${TEXT}#1.3.9`, /: The text has no such section: /],
    ['a section that says nothing', `411-2:OVR-5.1-01@${TEXT}#9.14`, /: Section 9\.14 says nothing by which it could meet it: write the text first\./],
    [
      'a file that is no text',
      '411-2:OVR-5.1-01@cartulary.yaml#1',
      /cartulary\.yaml is no text of the work tree\. Texts: policies\/cps\.md, policies\/terms\.md\./,
    ],
  ])('refuses %s, and then writes nothing at all', async (_, pick, reason) => {
    const { code, out, err } = await check('--apply', PICK, '--apply', pick, '--apply', '401:REQ-5.1-01@policies/terms.md#2');
    expect(err).toMatch(/^Nothing was written:\n {2}- /);
    expect(err).toMatch(reason);
    expect({ code, out, status: await status() }).toEqual({ code: 1, out: '', status: '' });
  });

  test('refuses to meet and to exclude the same', async () => {
    const excluded = `picks: [{ requirement: 411-2:OVR-5.1-01, file: ${TEXT}, section: "1.3.4", exclude: no }]\n`;
    await repository.write({ 'picks.yaml': excluded });
    expect((await check('--apply', PICK, '--apply', 'picks.yaml')).err).toContain('The section is marked to meet it already, or by another pick.');
    expect((await check('--apply', 'picks.yaml')).code).toBe(0);
    expect((await check('--apply', PICK)).err).toContain('The section excludes it already, or by another pick.');
  });

  test('refuses to write outside the repository', async () => {
    const outside = `${repository.folder}-outside.md`;
    const inside = join(repository.folder, 'policies/cp.md');
    await writeFile(outside, cps.replace('document: cps', 'document: cp'));
    await symlink(outside, inside);
    try {
      expect((await check('--apply', '411-2:OVR-5.1-01@policies/cp.md#1.3.4')).err).toContain('policies/cp.md is no text of the work tree.');
      expect(await readFile(outside, 'utf8')).not.toContain('meets 411-2');
    } finally {
      await rm(outside, { force: true });
    }
    for (const path of ['../cps.md', '/etc/cps.md', 'policies/../../cps.md', '.git/cps.md']) {
      await repository.write({ 'picks.yaml': `picks: [{ requirement: 411-2:OVR-5.1-01, file: ${path}, section: "1.3.4", apply: yes }]\n` });
      expect((await check('--apply', 'picks.yaml')).err).toContain('The value of "picks.0.file" is not valid.');
    }
  });

  test('names what is wrong in a work list, by its line', async () => {
    await repository.write({ 'picks.yaml': `picks:\n  - { requirement: OVR-5.1-01, file: ${TEXT}, section: "1.3.4", apply: maybe }\n` });
    expect(await check('--apply', 'picks.yaml')).toMatchInlineSnapshot(`
      {
        "code": 2,
        "err": "picks.yaml:2 The value of "picks.0.requirement" is not valid. Expected: a standard and an id or clause, such as "411-2:OVR-5.1-09".
      picks.yaml:2 The value of "picks.0.apply" is not valid. Expected: one of "yes", "no", "true", "false".
      ",
        "out": "",
      }
    `);
    await repository.write({ 'picks.yaml': `picks:\n  - { requirement: 411-2:OVR-5.1-01, file: ${TEXT}, section: "1.3.4", exclude: 'a --> b' }\n` });
    expect((await check('--apply', 'picks.yaml')).err).toContain('Expected: a reason without "-->" and control characters.');
    await repository.write({ 'picks.yaml': `picks:\n  - { requirement: 411-2:OVR-5.1-01, file: ${TEXT}, section: "1.3.4" }\n` });
    expect((await check('--apply', 'picks.yaml')).err).toBe('Nothing was written:\n  - No pick says "apply: yes" or "exclude".\n');
    expect((await check('--apply', 'missing.yaml')).err).toContain('"missing.yaml" is neither a work list nor a pick such as');
  });

  test('says that a registered text is another one now', async () => {
    await repository.remove();
    const provider = await makeProvider();
    repository = provider.repository;
    await provider.register((text) => replaceSection(replaceFrontMatter(text, POLICY), '1.3.4', RELYING));
    await repository.commit(CATALOGUES, '2026-01-20T10:00:00Z');
    expect((await check('--apply', PICK)).out).toMatchInlineSnapshot(`
      "1 mark written:
        policies/cps.md#1.3.4 meets 411-2:OVR-5.1-01
      policies/cps.md was version 1.0 as it is registered. With the marks it is another text: give it a new version and "status: draft" before you go on.
      "
    `);
    const { out } = await check('--format', 'json');
    expect((JSON.parse(out).findings as { rule: string }[]).map(({ rule }) => rule)).toContain('form/published-unaltered');
  });
});
