import { describe, expect, test } from 'vitest';
import { type Declarations, type DeclaredText, deviates, findGoverning } from '../../src/model/governing.ts';
import { Profile } from '../../src/model/profile.ts';
import { type Instant, midnight } from '../../src/model/time.ts';
import { extension, generalizedTime, oid, sequence } from '../helpers/der.ts';
import { type Asked, factsUnder } from '../helpers/governed.ts';
import { day, makeRegister, type Sketch } from '../helpers/register.ts';

const OWN = '1.3.6.1.4.1.99999.1.2.1';
const ENDED = '1.3.6.1.4.1.99999.1.2.9';
const QCP_N = '0.4.0.194112.1.0';
const QCP_N_QSCD = '0.4.0.194112.1.2';
const FOREIGN = '1.3.6.1.4.1.12345.1';
const COMPLIANCE = 1;
const QSCD = 4;

const qualified = { statement: '1.1' };
const software = { oid: OWN, name: 'Signatures', conformsTo: 'QCP-n' as const, qualified, qscd: { required: false, statement: '1.4.1' }, profile: 'person' };
const onDevice = { ...software, conformsTo: 'QCP-n-qscd' as const, qscd: { required: true, statement: '1.4.2' } };
const ended = { oid: ENDED, name: 'An old policy' };

/** From 1 February in Vienna on, the key must be on a QSCD, and the old policy is not listed any more. */
const CHANGE = midnight('2026-02-01', 'Europe/Vienna');
const CHANGED_ON = (Date.parse(CHANGE) - Date.parse(day(0))) / 86_400_000;
const SKETCHES: readonly Sketch[] = [
  { document: 'cp', version: '1.0', effective: 10, published: 1 },
  { document: 'cp', version: '2.0', effective: CHANGED_ON, published: 20 },
  { document: 'pds', version: '1.0', effective: 10, published: 1 },
];
const TEXTS: Readonly<Record<string, DeclaredText>> = {
  'cp 1.0': { type: 'CP', policies: [software, ended] },
  'cp 2.0': { type: 'CP', policies: [onDevice] },
  'pds 1.0': { type: 'PDS', policies: [ended] },
};
const NOW = day(100);

function declare(texts: Readonly<Record<string, DeclaredText>> = TEXTS, sketches = SKETCHES): Declarations {
  return { register: makeRegister(sketches), textOf: ({ document, version }) => texts[`${document} ${version}`] };
}

function ask(asked: Asked, { at, declarations = declare() }: { at?: Instant; declarations?: Declarations } = {}) {
  return findGoverning(factsUnder(asked), declarations, { now: NOW, at });
}

const versions = ({ texts }: ReturnType<typeof ask>) => texts.map(({ span: { entry } }) => `${entry.document} ${entry.version}`);
const softwareKey = { policies: [OWN, QCP_N], statements: [COMPLIANCE] };
const deviceKey = { policies: [OWN, QCP_N_QSCD], statements: [COMPLIANCE, QSCD] };

describe('the four questions', () => {
  test('a certificate from before the QSCD change is governed by the text of its day, and as that declares', () => {
    const answer = ask({ issued: day(20), ...softwareKey });
    expect(answer).toMatchObject({ kind: 'governed', at: day(20), atFrom: 'notBefore', sharedOnly: false });
    expect(versions(answer)).toEqual(['cp 1.0']);
    expect(answer.texts[0]).toMatchObject({ stateNow: 'superseded', sections: { qualified: '1.1', qscd: '1.4.1', profile: '7.1' }, claims: [] });
    expect(deviates(answer)).toBe(false);
  });

  test('in the hour of the change, the second before local midnight is the old text, midnight is the new one', () => {
    expect(CHANGE).toBe('2026-01-31T23:00:00Z');
    const before = ask({ issued: '2026-01-31T22:59:59Z' as Instant, ...softwareKey });
    const after = ask({ issued: CHANGE, ...softwareKey });
    expect([versions(before), deviates(before)]).toEqual([['cp 1.0'], false]);
    expect([versions(after), deviates(after)]).toEqual([['cp 2.0'], true]);
    expect(after.texts[0]?.claims.map(({ claim, seen, section }) => ({ claim, seen, section }))).toEqual([
      { claim: 'qscd', seen: 'no QcSSCD', section: '1.4.2' },
      { claim: 'conformsTo', seen: `qcp-natural (${QCP_N})`, section: undefined },
    ]);
    const withDevice = ask({ issued: CHANGE, ...deviceKey });
    expect([versions(withDevice), deviates(withDevice)]).toEqual([['cp 2.0'], false]);
    expect(deviates(ask({ issued: '2026-01-31T22:59:59Z' as Instant, ...deviceKey }))).toBe(true);
  });

  test('a policy that is not listed any more: the texts that did, and when', () => {
    const declarations = declare(TEXTS, [...SKETCHES, { document: 'pds', withdrawn: 40, published: 30 }]);
    const answer = ask({ issued: day(50), policies: [ENDED] }, { declarations });
    expect(answer).toMatchObject({ kind: 'not-then', texts: [], sharedOnly: false });
    expect(answer.others.map(({ span, when }) => [span.entry.document, span.entry.version, span.until, when])).toEqual([
      ['cp', '1.0', CHANGE, 'earlier'],
      ['pds', '1.0', day(40), 'earlier'],
    ]);
    const early = ask({ issued: day(5), policies: [OWN] }, { declarations });
    expect(early.others.map(({ span, when }) => [span.entry.version, when])).toEqual([['1.0', 'later']]);
  });

  test('a certificate of another provider is told what it says', () => {
    const answer = ask({ issued: day(20), policies: [FOREIGN, QCP_N_QSCD], statements: [COMPLIANCE, QSCD] });
    expect(answer).toMatchObject({ kind: 'foreign', texts: [], others: [] });
    expect(answer.policies).toMatchObject([
      { oid: FOREIGN, name: undefined, origin: 'unknown' },
      { oid: QCP_N_QSCD, name: 'QCP-n-qscd', origin: 'etsi' },
    ]);
    expect(answer.says).toMatchObject({ qualified: 'eu', qscd: true, purposes: ['signature'], issuer: 'C=AT, CN=Example CA', isCa: false });
  });
});

describe('what else an answer says', () => {
  test('an instant that is given counts instead of notBefore', () => {
    const answer = ask({ issued: day(20), ...softwareKey }, { at: CHANGE });
    expect([answer.at, answer.atFrom, versions(answer)]).toEqual([CHANGE, 'given', ['cp 2.0']]);
  });

  test('own policies have the newest name, those of others the name that everybody uses', () => {
    const texts = { ...TEXTS, 'cp 2.0': { type: 'CP' as const, policies: [{ ...onDevice, name: 'Signatures on a QSCD' }] } };
    const { policies } = ask({ issued: day(20), policies: [OWN, '2.23.140.1.2.2', '2.5.29.32.0', '1.2.3'] }, { declarations: declare(texts) });
    expect(policies.map(({ name, origin }) => [name, origin])).toEqual([
      ['Signatures on a QSCD', 'own'],
      ['organization-validated', 'ca-browser-forum'],
      ['anyPolicy', 'x509'],
      [undefined, 'unknown'],
    ]);
  });

  test('a match by a policy that many providers name says so', () => {
    const texts = { 'cp 1.0': { type: 'CP' as const, policies: [{ oid: QCP_N, name: 'QCP-n' }] } };
    const declarations = declare(texts, [{ document: 'cp', version: '1.0', effective: 10 }]);
    expect(ask({ issued: day(20), policies: [FOREIGN, QCP_N] }, { declarations })).toMatchObject({ kind: 'governed', sharedOnly: true });
    expect(ask({ issued: day(2), policies: [FOREIGN, QCP_N] }, { declarations })).toMatchObject({ kind: 'not-then', sharedOnly: true });
  });

  test('versions of which nobody can say what they list are named', () => {
    const declarations = declare(TEXTS, [...SKETCHES, { document: 'cps', version: '0.9', effective: 5 }]);
    const answer = ask({ issued: day(20), policies: [FOREIGN] }, { declarations });
    expect(answer.unknown.map(({ entry }) => `${entry.document} ${entry.version}`)).toEqual(['cps 0.9']);
  });

  test('a version that never was in force governs nothing', () => {
    const sketches: Sketch[] = [
      { document: 'cp', version: '1.0', effective: 30 },
      { document: 'cp', withdrawn: 20 },
    ];
    expect(ask({ issued: day(40), policies: [OWN] }, { declarations: declare(TEXTS, sketches) }).kind).toBe('foreign');
  });

  test('certificates of CAs and of OCSP signers, without a policy and without a date', () => {
    expect(ask({ issued: day(20), policies: [OWN], isCa: true })).toMatchObject({ kind: 'ca', texts: [], says: { isCa: true } });
    expect(ask({ issued: day(20) })).toMatchObject({ kind: 'foreign', policies: [] });
    const signsResponses = extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.9')));
    expect(ask({ issued: day(20), extensions: [signsResponses] })).toMatchObject({ kind: 'ocsp-signer', texts: [] });
    expect(ask({ issued: day(20), policies: [OWN], extensions: [signsResponses] }).kind).toBe('governed');
    const undated = { issued: day(20), policies: [OWN], more: { validity: [generalizedTime('20261399000000Z'), generalizedTime('20991231235959Z')] } };
    expect(ask(undated)).toMatchObject({ kind: 'undated', at: undefined });
    expect(ask(undated, { at: day(20) })).toMatchObject({ kind: 'governed', at: day(20) });
  });

  test('the profile that the version is bound to is compared; without one, the section for people is named', () => {
    const rows = [{ id: 'usage', field: 'extensions.keyUsage', section: '7.1.2.1' }];
    const profile = { id: 'person', ...Profile.parse({ title: 'Person', section: '7.1.2', others: ['subject', 'extensions', 'qcStatements'], rows }) };
    const texts = { ...TEXTS, 'cp 2.0': { type: 'CP' as const, policies: [onDevice], profiles: { person: profile } } };
    const declarations = declare({ ...texts, 'pds 1.0': { type: 'PDS', policies: [software] } });
    const answer = ask({ issued: CHANGE, ...deviceKey }, { declarations });
    expect(answer.texts.map(({ profile: compared }) => compared)).toMatchObject([
      { kind: 'compared', id: 'person', section: '7.1.2', deviations: [{ kind: 'absent', row: 'usage', section: '7.1.2.1' }] },
      { kind: 'not-declared', section: undefined },
    ]);
    expect(deviates(answer)).toBe(true);
    expect(ask({ issued: day(20), ...softwareKey }, { declarations }).texts[0]?.profile).toEqual({ kind: 'not-declared', section: '7.1' });
  });

  test('a missing ETSI policy is told, and is no deviation', () => {
    const answer = ask({ issued: day(20), policies: [OWN], statements: [COMPLIANCE] });
    expect(answer.texts[0]?.claims).toMatchObject([{ claim: 'conformsTo', severity: 'warning' }]);
    expect(deviates(answer)).toBe(false);
  });
});
