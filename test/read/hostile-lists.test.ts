import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planLists, SNAPSHOT } from '../../scripts/example-list-entries.ts';
import { type ChangeLists, makeLists, readKept } from '../../scripts/example-lists.ts';
import type { Authentication, AuthenticList } from '../../src/model/authentic-list.ts';
import type { Instant } from '../../src/model/time.ts';
import { authenticateList, authenticateListOfLists, type ListFile } from '../../src/read/list-authentication.ts';
import { readTrustedList } from '../../src/read/trusted-list.ts';
import { type BrokenList, listAltered, listOtherwiseSigned, listWrapped, type Material } from '../helpers/broken-lists.ts';
import { deriveKey } from '../helpers/encode-x509.ts';
import { signerWith } from '../helpers/list-signer.ts';
import { signList } from '../helpers/sign-list.ts';
import { watchOpening } from '../helpers/watch-opening.ts';
import { type ListPlan, writeList } from '../helpers/write-list.ts';

const AT = '2026-11-23T12:00:00Z' as Instant;
const example = makeLists(readKept);
const textOf = (file: string): string => example.files.get(file) ?? '';
const fileOf = (file: string, text = textOf(file)): ListFile => ({ file, bytes: Buffer.from(text) });
const ANCHORS = { certificates: [example.certificateOf('list-of-lists-signer-a')], journal: SNAPSHOT.journal };
const PIVOT = fileOf('eu-lotl-pivot-1.xml');

const proveListOfLists = (text = textOf('eu-lotl.xml'), { anchors = ANCHORS, pivots = [PIVOT], at = AT } = {}): Promise<Authentication> =>
  authenticateListOfLists(fileOf('eu-lotl.xml', text), { anchors, pivots, at });

let lotl: AuthenticList;
let asked = 0;
const server = createServer((_, response) => {
  asked += 1;
  response.end();
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proved = await proveListOfLists();
  if (!proved.authenticated) throw new Error(proved.problem);
  lotl = proved;
});
afterAll(() => server.close());

const material = (): Material => ({
  at: textOf('AT.xml'),
  de: textOf('DE.xml'),
  certificateOf: example.certificateOf,
  canaryFile: '/etc/hostname',
  canaryAddress: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
});

/** What a refusal says: one sentence, the place, and nothing of the program. */
function expectRefusal(result: Authentication, { name, reason }: Pick<BrokenList, 'name' | 'reason'>): string {
  if (result.authenticated) throw new Error(`${name}: accepted.`);
  expect(result.reason, `${name}: ${result.problem}`).toBe(reason);
  expect(result.problem, name).toMatch(/^\S[^\n]{10,400}\.$/);
  expect(result.problem, name).not.toMatch(/\bat \w+ \(|node:|\.ts\b/);
  return `${name.padEnd(76)} ${reason.padEnd(20)} ${result.problem.slice(0, 110)}`;
}

const KINDS: readonly [kind: string, make: (material: Material) => readonly BrokenList[], count: number][] = [
  ['wrapped', listWrapped, 22],
  ['altered', listAltered, 25],
  ['signed otherwise', listOtherwiseSigned, 34],
];

describe('the lists of the example', () => {
  test('are authentic as they are, and with what says nothing', async () => {
    const text = textOf('AT.xml');
    const harmless = {
      'as it is': text,
      'a comment in a value': text.replace('<SchemeTerritory>AT', '<SchemeTerritory>A<!-- x -->T'),
      'a value in CDATA': text.replace('<SchemeTerritory>AT', '<SchemeTerritory><![CDATA[A]]>T'),
      'with a byte order mark': `\ufeff${text}`,
      'with line ends of another system': text.replaceAll('\n', '\r\n'),
    };
    const reading = (content: string): string =>
      JSON.stringify(readTrustedList(Buffer.from(content)).list, (key, value) => (key === 'line' ? undefined : value));
    for (const [name, content] of Object.entries(harmless)) {
      const result = await authenticateList(fileOf('AT.xml', content), lotl, AT);
      expect(result, name).toMatchObject({ authenticated: true, warnings: [] });
      expect(reading(content), name).toBe(reading(text));
    }
  });

  test.each(KINDS)('are refused with the reason when %s, and nothing is opened', async (_, make, count) => {
    const broken = make(material());
    expect(broken).toHaveLength(count);
    expect(new Set(broken.map(({ name }) => name)).size).toBe(count);
    const rows: string[] = [];
    const opened = await watchOpening(async () => {
      for (const variant of broken) rows.push(expectRefusal(await authenticateList(fileOf('list.xml', variant.text), lotl, AT), variant));
    });
    expect(opened).toEqual([]);
    expect(asked).toBe(0);
    console.log(rows.join('\n'));
  });

  test('whoever watches sees what is opened', async () => {
    expect(await watchOpening(async () => readFileSync(new URL(import.meta.url)))).not.toEqual([]);
    expect(await watchOpening(() => fetch(material().canaryAddress))).not.toEqual([]);
    expect(asked).toBe(1);
  });
});

describe('a list of the lists', () => {
  const plans = planLists(example.certificateOf);
  const stranger = signerWith(deriveKey('a stranger'));
  const made = (changes: ChangeLists): ReadonlyMap<string, string> => makeLists(readKept, changes).files;
  const changedLotl = (change: (plan: ListPlan) => ListPlan): string => made({ lotl: change }).get('eu-lotl.xml') ?? '';
  const changedPivot = (change: (plan: ListPlan) => ListPlan): ListFile => fileOf('eu-lotl-pivot-1.xml', made({ pivot: change }).get('eu-lotl-pivot-1.xml'));
  const announcing =
    (signers: readonly Uint8Array[]) =>
    (plan: ListPlan): ListPlan => ({
      ...plan,
      pointers: plan.pointers.map((pointer) => (pointer.type === 'EUlistofthelists' ? { ...pointer, signers } : pointer)),
    });
  const [a, b] = [example.certificateOf('list-of-lists-signer-a'), example.certificateOf('list-of-lists-signer-b')];

  const CASES: readonly [name: string, prove: () => Promise<Authentication>, reason: BrokenList['reason']][] = [
    ['its pivot absent', () => proveListOfLists(undefined, { pivots: [] }), 'pivot-missing'],
    [
      'its pivot altered',
      () => proveListOfLists(undefined, { pivots: [fileOf('eu-lotl-pivot-1.xml', textOf('eu-lotl-pivot-1.xml').replace('>3<', '>4<'))] }),
      'pivot-broken',
    ],
    [
      'its pivot signed by a stranger',
      () => proveListOfLists(undefined, { pivots: [fileOf('eu-lotl-pivot-1.xml', signList(writeList(plans.pivot), stranger))] }),
      'signer-not-announced',
    ],
    [
      'its pivot signed by a stranger that it announces',
      () =>
        proveListOfLists(undefined, {
          pivots: [fileOf('eu-lotl-pivot-1.xml', signList(writeList(announcing([stranger.certificate, b])(plans.pivot)), stranger))],
        }),
      'signer-not-announced',
    ],
    ['its pivot silent about the newer signer', () => proveListOfLists(undefined, { pivots: [changedPivot(announcing([a]))] }), 'signer-not-announced'],
    ['its pivot silent about its own signer', () => proveListOfLists(undefined, { pivots: [changedPivot(announcing([b]))] }), 'signer-not-announced'],
    [
      'itself in the place of its pivot',
      () => proveListOfLists(undefined, { pivots: [fileOf('eu-lotl-pivot-1.xml', textOf('eu-lotl.xml'))] }),
      'signer-not-announced',
    ],
    ['no pivot named', () => proveListOfLists(changedLotl((plan) => ({ ...plan, schemeUris: [SNAPSHOT.journal] }))), 'signer-not-announced'],
    [
      'no notice of the Journal named',
      () => proveListOfLists(changedLotl((plan) => ({ ...plan, schemeUris: plan.schemeUris.slice(0, 1) }))),
      'journal-missing',
    ],
    ['silent about its own signer', () => proveListOfLists(changedLotl(announcing([a]))), 'signer-not-announced'],
    [
      'a stranger that announces itself',
      () => proveListOfLists(signList(writeList(announcing([stranger.certificate])(plans.lotl)), stranger)),
      'signer-not-announced',
    ],
    ['other anchors', () => proveListOfLists(undefined, { anchors: { ...ANCHORS, certificates: [b] } }), 'signer-not-announced'],
    ['asked for after its next update', () => proveListOfLists(undefined, { at: '2031-01-01T00:00:01Z' as Instant }), 'lotl-next-update-passed'],
    ['a national list in its place', () => proveListOfLists(textOf('AT.xml')), 'not-a-list-of-lists'],
    [
      'a national list for the pointer of another country',
      () =>
        authenticateList(
          fileOf('list.xml', textOf('AT.xml')),
          lotl,
          AT,
          lotl.list.pointers.filter(({ territory }) => territory === 'DE'),
        ),
      'signer-not-announced',
    ],
    ['a national list without a pointer', () => authenticateList(fileOf('list.xml', textOf('AT.xml')), lotl, AT, []), 'no-pointer'],
  ];

  test('is refused with the reason where its way to the anchors is broken', async () => {
    const rows: string[] = [];
    for (const [name, prove, reason] of CASES) rows.push(expectRefusal(await prove(), { name, reason }));
    console.log(rows.join('\n'));
  });

  test('is warned of where the Journal that it names is another one', async () => {
    const elsewhere = await proveListOfLists(changedLotl((plan) => ({ ...plan, schemeUris: [plan.schemeUris[0] ?? '', 'https://eur-lex.europa.eu/other'] })));
    expect(elsewhere).toMatchObject({ authenticated: true, warnings: [{ code: 'journal-differs' }] });
  });
});
