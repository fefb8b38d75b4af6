import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Instant } from '../../src/model/time.ts';
import { makeCatalogue, makeRequirement } from '../helpers/catalogue.ts';
import { DEFAULT_FILES } from '../helpers/example.ts';
import { ORDINARY } from '../helpers/practices.ts';
import { makeRepository, type TestRepository } from '../helpers/repository.ts';
import { replaceFrontMatter } from '../helpers/skeleton.ts';

const CONFIG = `${DEFAULT_FILES['cartulary.yaml']}practices: ${JSON.stringify(ORDINARY)}\n`;
const POLICIES = `policies:
  - { oid: 1.2.3.1, name: Signatures, conformsTo: QCP-n-qscd, qscd: { required: true, managedBy: subject } }
  - { oid: 1.2.3.2, name: Seals, conformsTo: QCP-l }
  - { oid: 1.2.3.3, name: Devices }
`;

let repository: TestRepository;
beforeAll(async () => {
  repository = await makeRepository();
  const house = (edition: string, ids: string[]) =>
    JSON.stringify(makeCatalogue({ standard: 'House rules', short: 'house', edition, requirements: ids.map((id) => makeRequirement({ id })) }));
  await repository.write({
    'cartulary.yaml': CONFIG,
    'policies/cps.md': replaceFrontMatter(DEFAULT_FILES['policies/cps.md'], POLICIES),
    'content/requirements/house/v1.yaml': house('V1', ['OVR-5.1-01', 'OVR-5.1-02']),
    'content/requirements/house/v2.yaml': house('V2', ['OVR-5.1-01', 'OVR-5.1-02A', 'OVR-5.1-03']),
  });
});
afterAll(() => repository.remove());

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    color: false,
    now: '2026-11-23T00:00:00Z' as Instant,
    folder: repository.folder,
  };
  const code = await main(['requirements', ...args], io);
  return { code, out: out.join(''), err: err.join('') };
}

describe('a list', () => {
  test('is made for each policy of the texts', async () => {
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out.split('\n').filter((line) => line.includes('requirements apply'))).toEqual([
      // An OID of one's own brings clause 7 of both parts, three requirements and thirteen.
      'QCP-n-qscd, certificates under 1.2.3.1: 632 requirements apply, 1 switched off by others.',
      'QCP-l, certificates under 1.2.3.2: 623 requirements apply, 1 switched off by others.',
      'no reference policy, certificates under 1.2.3.3: 0 requirements apply.',
    ]);
    expect(out.trimEnd().split('\n').at(-1)).toBe('This lists what the standards ask for. It says nothing about whether any of it is met.');
  });

  test('says of each requirement why it applies', async () => {
    const { out } = await run('--oid', '1.2.3.1', '--standard', '411-2');
    expect(out.slice(out.indexOf('  SDP-6.5.1-07B'), out.indexOf('  GEN-6.5.2-01'))).toMatchInlineSnapshot(`
      "  SDP-6.5.1-07B  shall: Lay down in the CPS what the TSP does when a QSCD's certified status changes before the certificates on it expire (e.g. monitoring, notice, revocation).
          because certificates under 1.2.3.1 conform to QCP-n-qscd of EN 319 411-2
              and SDP-6.5.1-07B is tagged QCP-n-qscd, QCP-l-qscd
      "
    `);
    expect(out).not.toContain('EN 319 401 V3.2.1');
  });

  test('of a reference policy needs no text that governs it', async () => {
    expect((await run('--policy', 'QCP-l-qscd')).out).toContain('QCP-l-qscd: 615 requirements apply, 1 switched off by others.');
    expect((await run('--oid', '0.4.0.194112.1.3')).out).toContain('QCP-l-qscd, certificates under 0.4.0.194112.1.3: 615 requirements apply');
  });

  test('names the practices that are not declared', async () => {
    await repository.write({ 'cartulary.yaml': CONFIG.replace('"status":["crl","ocsp"],', '') });
    try {
      const { out } = await run('--policy', 'QCP-n', '--standard', '411-2');
      expect(out.slice(out.indexOf('Not decided'), out.indexOf('This lists'))).toMatchInlineSnapshot(`
        "Not decided: declare in cartulary.yaml, under practices
          status: which status services run for the certificates of subjects (some of crl, ocsp; [] for none)
            411-2:CSS-6.3.10-03 411-2:CSS-6.3.10-05 411-2:CSS-6.3.10-07 411-2:CSS-6.3.10-08 411-2:CSS-6.3.10-09 411-2:CSS-6.3.10-10 411-2:CSS-6.3.10-11

        "
      `);
    } finally {
      await repository.write({ 'cartulary.yaml': CONFIG });
    }
  });

  test('as JSON and as CSV holds the same rows', async () => {
    const [list] = JSON.parse((await run('--policy', 'QCP-n', '--format', 'json')).out);
    expect([list.policy, list.oid, list.applicable.length, list.undecided.length, list.switchedOff.length]).toEqual(['QCP-n', null, 608, 0, 1]);
    expect(list.applicable[0]).toEqual({
      standard: 'ETSI EN 319 411-2',
      edition: 'V2.6.1',
      id: 'OVR-5.1-01',
      clause: '5.1',
      title: 'General requirements',
      kind: 'shall',
      level: 'info',
      summary:
        'Build on the general provisions of Part 1 clause 5.1, among them the advice that a certificate policy sets out which certificate profiles are to be used.',
      evidence: ['document'],
      documents: ['cp', 'cps'],
      rfc3647: ['1.1', '1.2', '7.1'],
      because: ['the policy is QCP-n of EN 319 411-2', 'OVR-5.1-01 is for all policies of that standard'],
    });
    const rows = (await run('--policy', 'QCP-n', '--format', 'csv')).out.split('\r\n');
    expect(rows).toHaveLength(1 + 608 + 1 + 1);
    expect(rows.slice(0, 2)).toEqual([
      'policy,oid,state,standard,edition,id,clause,title,kind,level,summary,evidence,documents,rfc3647,because,missing',
      'QCP-n,,applies,ETSI EN 319 411-2,V2.6.1,OVR-5.1-01,5.1,General requirements,shall,info,"Build on the general provisions of Part 1 clause 5.1, among them the advice that a certificate policy sets out which certificate profiles are to be used.",document,cp cps,1.1 1.2 7.1,the policy is QCP-n of EN 319 411-2; OVR-5.1-01 is for all policies of that standard,',
    ]);
  });

  test.each([
    [['--policy', 'QCP-x'], 'There is no policy "QCP-x".'],
    [['--oid', '9.9'], 'No text of the work tree governs the policy 9.9'],
    [['--standard', '411-9'], 'There is no catalogue of "411-9". Catalogues: form, 401, 411-1, 411-2, house.'],
    [['--format', 'xml'], 'There is no format "xml".'],
    [['QCP-n'], '"QCP-n" is not expected here.'],
  ])('%j is refused with what would do', async (args, message) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test('is not made from a configuration that is not valid', async () => {
    await repository.write({ 'cartulary.yaml': CONFIG.replace('"suspension":"false"', '"suspension":"never"') });
    const { code, err } = await run('--policy', 'QCP-n');
    expect([code, err]).toEqual([
      2,
      'cartulary.yaml:4 The value of "practices.suspension" is not valid.\nThe list depends on these files: run `cartulary check`.\n',
    ]);
    await repository.write({ 'cartulary.yaml': CONFIG });
  });
});

describe('a comparison of editions', () => {
  test('says what is new, changed and as before', async () => {
    expect((await run('--compare', 'house/v1', 'house/v2')).out).toMatchInlineSnapshot(`
      "House rules: from V1 to V2

      New (1)
        OVR-5.1-03  shall: What OVR-5.1-03 asks for.

      Changed, the id carried on by a letter (1)
        OVR-5.1-02
          OVR-5.1-02A  shall: What OVR-5.1-02A asks for.

      As before: 1
      "
    `);
    expect(JSON.parse((await run('--compare', 'house/v1', 'house/v2', '--format', 'json')).out)).toMatchObject({
      added: ['OVR-5.1-03'],
      changed: [{ before: 'OVR-5.1-02', after: ['OVR-5.1-02A'] }],
      voided: [],
      unchanged: 1,
    });
  });

  test.each([
    [['house/v1'], 'Two editions are compared'],
    [
      ['house/v1', 'house/v3'],
      'There is no edition "house/v3". Editions: document-form/2026-08, en-319-401/v3.2.1, en-319-411-1/v1.5.1, en-319-411-2/v2.6.1, house/v1, house/v2.',
    ],
    [['en-319-401/v3.2.1', 'house/v1'], 'ETSI EN 319 401 and House rules are different standards.'],
    [['house/v1', 'house/v2', '--format', 'csv'], 'There is no format "csv" for a comparison.'],
  ])('%j is refused with what would do', async (args, message) => {
    const { code, err } = await run('--compare', ...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
