import { beforeAll, describe, expect, test } from 'vitest';
import { decideItem, findApplicable, type Governed } from '../../src/model/applicability.ts';
import { Practices } from '../../src/model/practice.ts';
import type { Catalogue, Item } from '../../src/model/requirement.ts';
import { compileEdition, listShippedEditions } from '../../src/read/catalogue.ts';
import { makeCatalogue, makeRequirement } from '../helpers/catalogue.ts';
import { practise } from '../helpers/practices.ts';

let catalogues: readonly Catalogue[];
beforeAll(async () => {
  catalogues = await Promise.all((await listShippedEditions()).map(compileEdition));
});

const find = (governed: Governed, practices: object = {}) => findApplicable(catalogues, governed, practise(practices));
const ids = (items: readonly { catalogue: Catalogue; requirement: { id: string } }[], short?: string) =>
  items.filter(({ catalogue }) => short === undefined || catalogue.short === short).map(({ requirement }) => requirement.id);
const has = (conformsTo: Governed['conformsTo'], short: string, id: string, practices: object = {}) =>
  ids(find({ conformsTo }, practices).applicable, short).includes(id);

test('every requirement that is not void is decided for every policy once all practices are declared, and stands in one list at most', () => {
  const kinds = { ...practise(), subjects: ['natural', 'legal', 'device'] };
  for (const { policies } of catalogues) {
    for (const { id } of policies) {
      const { applicable, undecided, switchedOff } = find({ conformsTo: id as NonNullable<Governed['conformsTo']> }, kinds);
      expect(undecided).toEqual([]);
      const all = [...applicable, ...switchedOff].map(({ catalogue, requirement }) => `${catalogue.short}:${requirement.id}`);
      expect(new Set(all).size).toBe(all.length);
    }
  }
});

describe('policies', () => {
  test('bring what they build on', () => {
    expect(has('QCP-n-qscd', '411-2', 'SDP-6.5.1-07B')).toBe(true);
    expect(has('QCP-n', '411-2', 'SDP-6.5.1-07B')).toBe(false);
    expect(has('QCP-n-qscd', '411-1', 'SDP-6.4.5-10')).toBe(true);
    expect(has('QCP-n', '411-1', 'SDP-6.4.5-10')).toBe(false);
    expect(has('QCP-n', '411-1', 'SDP-6.4.5-10', { secureDevice: { required: 'true' } })).toBe(true);
    expect(has('QEVCP-w', '411-1', 'OVR-5.2-08A')).toBe(true);
    expect(has('QNCP-w', '411-1', 'OVR-5.2-07A')).toBe(true);
    expect(has('QNCP-w-gen', '411-1', 'OVR-5.2-07A')).toBe(false);
    expect(has('QNCP-w-gen', '411-1', 'REG-6.2.2-03A')).toBe(true);
  });

  test('leave out those that are excepted, also where the policy that they build on would have it', () => {
    expect(has('QCP-n', '411-2', 'GEN-6.6.1-04')).toBe(true);
    expect(has('QCP-n-qscd', '411-2', 'GEN-6.6.1-04')).toBe(false);
    expect(has('QEVCP-w', '411-2', 'REG-6.3.6-02')).toBe(false);
    expect(has('QEVCP-w', '411-1', 'REG-6.2.2-13')).toBe(false);
    expect(has('QEVCP-w', '411-1', 'REG-6.2.2-14A')).toBe(true);
  });

  test('of websites take the route of the person behind them', () => {
    const route = (deviceOperators: string[]) =>
      ids(find({ conformsTo: 'QNCP-w' }, { deviceOperators }).applicable, '411-2').filter((id) => /^REG-6\.2\.2-0[23]$/.test(id));
    expect(route(['legal'])).toEqual(['REG-6.2.2-03']);
    expect(route(['natural'])).toEqual(['REG-6.2.2-02']);
    expect(route(['legal', 'natural'])).toEqual(['REG-6.2.2-02', 'REG-6.2.2-03']);
    expect(has('QNCP-w', '411-1', 'REG-6.2.2-16', { deviceOperators: ['natural'] })).toBe(true);
  });

  test('that conform to nothing are asked for nothing', () => {
    expect(find({ oid: '1.2.3' })).toEqual({ applicable: [], undecided: [], switchedOff: [] });
    expect(findApplicable([], { conformsTo: 'QCP-n' }, practise()).applicable).toEqual([]);
  });
});

describe('practices', () => {
  test('decide conditional requirements', () => {
    expect(has('QCP-n', '411-2', 'CSS-6.3.10-05')).toBe(true);
    expect(has('QCP-n', '411-2', 'CSS-6.3.10-05', { expiredCertsOnCrl: 'false' })).toBe(false);
    expect(has('QCP-n', '411-2', 'CSS-6.3.10-06', { expiredCertsOnCrl: 'false' })).toBe(true);
    expect(has('QCP-n', '411-2', 'CSS-6.3.10-10', { status: ['crl'] })).toBe(false);
    expect(has('QCP-n', '411-2', 'CSS-6.3.10-04', { status: ['crl'], statusAfterExpiry: ['crl'] })).toBe(true);
    expect(has('QCP-n', '411-1', 'REG-6.2.2-09', { affiliation: 'true' })).toBe(true);
    expect(has('QCP-l', '411-1', 'REG-6.2.2-09', { affiliation: 'true' })).toBe(false);
  });

  test('decide what is said of CRLs and of OCSP by the services that run, for subjects or for CAs', () => {
    const both = { status: ['crl', 'ocsp'], caStatus: [] };
    expect([has('QCP-n', '411-1', 'OVR-6.6.2-01', both), has('QCP-n', '411-1', 'OVR-6.6.3-01', both)]).toEqual([true, true]);
    const lists = { status: ['crl'], caStatus: ['crl'] };
    expect([has('QCP-n', '411-1', 'OVR-6.6.2-01', lists), has('QCP-n', '411-1', 'CSS-6.6.3-01B', lists)]).toEqual([true, false]);
    const answers = { status: ['ocsp'], caStatus: ['ocsp'] };
    expect([has('QCP-n', '411-1', 'OVR-6.6.2-01', answers), has('QCP-n', '411-1', 'OVR-6.6.3-02', answers)]).toEqual([false, true]);
    expect(has('QCP-n', '411-1', 'OVR-6.6.2-01', { status: ['ocsp'], caStatus: ['crl'] })).toBe(true);
  });

  test('keep revoked certificates on the CRL where nothing else answers for expired ones, also where nothing does at all', () => {
    for (const statusAfterExpiry of [['crl'], []]) expect(has('QCP-n', '411-2', 'CSS-6.3.10-04', { statusAfterExpiry })).toBe(true);
    for (const statusAfterExpiry of [['ocsp'], ['crl', 'ocsp']]) expect(has('QCP-n', '411-2', 'CSS-6.3.10-04', { statusAfterExpiry })).toBe(false);
  });

  test('about subscribers ask for a second party where the subject is a person, and not where it is a device', () => {
    expect(has('QCP-n', '411-1', 'REG-6.3.4-10A', { subscribers: ['self', 'legal'] })).toBe(true);
    expect(has('QNCP-w', '411-1', 'REG-6.3.4-10A', { subscribers: ['self', 'legal'] })).toBe(false);
    expect(has('QNCP-w', '411-1', 'REG-6.3.4-13', { subscribers: ['legal'] })).toBe(true);
  });

  test('of the front matter stand before those of the configuration', () => {
    const remote = find({ conformsTo: 'QCP-l-qscd', oid: '1.2.3', qscd: { required: true, managedBy: 'tsp' } });
    expect(ids(remote.applicable, '411-2')).toEqual(expect.arrayContaining(['SDP-6.3.5-02', 'SDP-6.3.5-04', 'OVR-7.1-01']));
    expect(ids(remote.applicable, '411-1')).toContain('OVR-6.3.5-04');
    expect(ids(remote.applicable, '411-2')).not.toContain('SDP-6.3.5-03');
    expect(ids(find({ conformsTo: 'QCP-l-qscd', oid: '0.4.0.194112.1.3' }).applicable, '411-2')).not.toContain('OVR-7.1-01');
  });

  test('that nobody declared are named, and the requirement neither applies nor is left out in silence', () => {
    const { applicable, undecided } = findApplicable(catalogues, { conformsTo: 'QCP-n-qscd', oid: '1.2.3' }, Practices.parse({}));
    expect(undecided.find(({ requirement }) => requirement.id === 'SDP-6.3.5-03')?.missing).toEqual(['qscd.managedBy']);
    // A QSCD policy is asked for the manager of the device, never for that of the key.
    expect(undecided.find(({ requirement }) => requirement.id === 'OVR-6.3.5-04')?.missing).toEqual(['qscd.managedBy', 'subjectKeys.usages']);
    expect(ids(applicable)).not.toContain('OVR-6.3.5-04');
    // What one declared practice rules out is not asked for the others.
    const off = findApplicable(catalogues, { conformsTo: 'QCP-n' }, Practices.parse({ status: ['ocsp'] }));
    expect(ids(off.undecided)).not.toContain('CSS-6.3.10-05');
    // NCP counts whatever is decided about the device; NCP+ hangs on it.
    const open = findApplicable(catalogues, { conformsTo: 'QCP-n' }, Practices.parse({}));
    expect(ids(open.applicable, '411-1')).toContain('DIS-6.1-07A');
    expect(open.undecided.find(({ requirement }) => requirement.id === 'SDP-6.4.5-10')?.missing).toEqual(['secureDevice.required']);
  });

  test('without short-term certificates leave nothing to ask about them', () => {
    const { undecided } = findApplicable(catalogues, { conformsTo: 'QCP-n' }, Practices.parse({ shortTerm: [] }));
    expect(undecided.flatMap(({ missing }) => missing).filter((name) => /short|validity|statusAddress/.test(name))).toEqual([]);
  });
});

describe('a lettered item', () => {
  const asked = (conformsTo: Governed['conformsTo'], key: string, practices: object = {}) => {
    const catalogue = catalogues.find(({ short }) => short === '411-1') as Catalogue;
    const item = catalogue.requirements.find(({ id }) => id === 'OVR-6.3.5-01')?.items.find((candidate) => candidate.key === key) as Item;
    return decideItem(catalogues, catalogue, item, { conformsTo }, practise(practices)).holds;
  };
  const byCa = { subjectKeys: { generatedBy: ['tsp'], usages: ['signature'] } };

  test('without tag or condition is asked of all', () => {
    for (const key of ['a', 'b', 'c', 'h', 'i', 'j']) expect(asked('QCP-n', key, byCa)).toBe('yes');
  });

  test('on keys of their own is asked of those who generate them', () => {
    expect([asked('QCP-n', 'd'), asked('QCP-n', 'd', byCa)]).toEqual(['yes', 'no']);
    expect([asked('QCP-n', 'e'), asked('QNCP-w', 'e', { subjectKeys: { generatedBy: ['subject'], usages: ['authentication'] } })]).toEqual(['yes', 'no']);
    expect(asked('QCP-n', 'd', { subjectKeys: {} })).toBe('undecided');
  });

  test('on the secure device is asked where NCP+ is reached', () => {
    expect([asked('QCP-n-qscd', 'f', byCa), asked('QCP-n', 'f'), asked('QCP-n', 'f', { secureDevice: { required: 'true' } })]).toEqual(['yes', 'no', 'yes']);
    expect([asked('QCP-l-qscd', 'g'), asked('QCP-l-qscd', 'g', byCa), asked('QCP-n', 'g')]).toEqual(['yes', 'no', 'no']);
  });
});

describe('a requirement that switches others off', () => {
  test('does so only where its own case covers all certificates', () => {
    const some = { shortTerm: ['non-revocable'], validityAssured: 'false', statusAddress: 'true' };
    expect(has('QCP-n', '411-1', 'REV-6.2.4-03A', { ...some, shortTermOnly: 'false' })).toBe(true);
    expect(has('QCP-n', '411-1', 'REV-6.2.4-03A', { ...some, shortTermOnly: 'true' })).toBe(false);
    expect(has('QCP-n', '411-1', 'REV-6.2.4-03A', { ...some, shortTermOnly: 'true', shortTerm: ['revocable', 'non-revocable'] })).toBe(true);
  });

  test('is named in the reasons', () => {
    const { switchedOff } = find({ conformsTo: 'QEVCP-w' });
    expect(switchedOff.map(({ requirement, because }) => `${requirement.id}: ${because.at(-1)?.words}`)).toContain(
      'REG-6.3.7-06: switched off by EN 319 411-2 REG-6.3.7-02',
    );
  });
});

describe('the reasons', () => {
  const why = (governed: Governed, short: string, id: string, practices: object = {}) =>
    find(governed, practices)
      .applicable.find(({ catalogue, requirement }) => catalogue.short === short && requirement.id === id)
      ?.because.map(({ words }) => words)
      .join('\n');

  test('lead from the certificates to the requirement, over clauses where there are any', () => {
    expect(why({ conformsTo: 'QCP-n-qscd', oid: '1.2.3' }, '401', 'REQ-7.4.1-12')).toMatchInlineSnapshot(`
      "certificates under 1.2.3 conform to QCP-n-qscd of EN 319 411-2
      EN 319 411-2 OVR-6.4.3-01 takes over EN 319 411-1 clause 6.4.3
      EN 319 411-1 OVR-6.4.3-01A takes over EN 319 401 REQ-7.4.1-02 to REQ-7.4.1-12"
    `);
    expect(why({ conformsTo: 'QCP-n-qscd' }, '411-1', 'DIS-6.1-07A')).toMatchInlineSnapshot(`
      "the policy is QCP-n-qscd of EN 319 411-2
      EN 319 411-2 OVR-6.1-01 takes over EN 319 411-1 clause 6.1
      DIS-6.1-07A is tagged NCP (EN 319 411-2 OVR-5.1-02 takes over EN 319 411-1 policy NCP)"
    `);
    expect(why({ conformsTo: 'QNCP-w' }, '411-2', 'REG-6.2.2-03')).toMatchInlineSnapshot(`
      "the policy is QNCP-w of EN 319 411-2
      REG-6.2.2-04 is tagged QEVCP-w, QNCP-w, QNCP-w-gen
      EN 319 411-2 REG-6.2.2-04 takes over REG-6.2.2-03"
    `);
  });

  test('name the case and what is declared of it', () => {
    expect(why({ conformsTo: 'QCP-n' }, '411-1', 'CSS-6.3.10-09A')).toMatchInlineSnapshot(`
      "the policy is QCP-n of EN 319 411-2
      EN 319 411-2 CSS-6.3.10-01 takes over EN 319 411-1 clause 6.3.10
      its condition holds: both CRL and online status service are offered and may be updated at different times (status: [crl, ocsp])"
    `);
    expect(why({ conformsTo: 'QCP-n' }, '411-1', 'OVR-6.4.8-11')).toContain(
      'its condition can always arise: a CA key is compromised (every provider must foresee it)',
    );
  });

  test('say that EN 319 401 is for everybody where no other standard points to the requirement', () => {
    expect(why({ conformsTo: 'NCP+' }, '401', 'REQ-7.4.6-01')).toBe('EN 319 401 is for every trust service provider (clause 1)');
  });

  test('are there for every requirement of every policy', () => {
    for (const conformsTo of ['QCP-n', 'QEVCP-w', 'DVCP'] as const) {
      expect(find({ conformsTo }, { subjects: ['natural'] }).applicable.filter(({ because }) => because.length === 0)).toEqual([]);
    }
  });
});

test('a circle of policies comes to an end, and a way that is certain counts before one that is not', () => {
  const policies = ['A', 'B', 'C'].map((id) => ({ id, oid: '1.2', name: id, summary: id, buildsOn: 'Others.', settles: {}, alsoTagged: [], formerNames: [] }));
  const lead = (id: string, from: string, to: string, when?: { practice: 'suspension'; is: string }[]) =>
    makeRequirement({ id, policies: [from], incorporates: [{ standard: 'Made', policy: to, ...(when && { when }) }] });
  const requirements = [
    lead('OVR-5.1-01', 'A', 'C', [{ practice: 'suspension', is: 'true' }]),
    lead('OVR-5.1-02', 'A', 'B'),
    lead('OVR-5.1-03', 'B', 'C'),
    lead('OVR-5.1-04', 'C', 'A'),
    makeRequirement({ id: 'OVR-5.1-05', policies: ['C'] }),
  ];
  const made = makeCatalogue({ policies, requirements });
  const { applicable, undecided } = findApplicable([made], { conformsTo: 'A' as NonNullable<Governed['conformsTo']> }, Practices.parse({}));
  expect(ids(applicable)).toEqual(['OVR-5.1-01', 'OVR-5.1-02', 'OVR-5.1-03', 'OVR-5.1-04', 'OVR-5.1-05']);
  expect(undecided).toEqual([]);
});

test('standards that take each other over do not lead in circles', () => {
  const policy = { id: 'A', oid: '1.2', name: 'A', summary: 'A.', buildsOn: 'Nothing.', settles: {}, alsoTagged: [], formerNames: [] };
  const point = (standard: string) => [makeRequirement({ id: 'OVR-5.1-01', incorporates: [{ standard, clause: '5.1' }] })];
  const made = makeCatalogue({ policies: [policy], requirements: point('Other') });
  const other = makeCatalogue({ standard: 'Other', short: 'other', reach: 'every-provider', requirements: point('Made') });
  const { applicable } = findApplicable([made, other], { conformsTo: 'A' as NonNullable<Governed['conformsTo']> }, Practices.parse({}));
  expect(applicable.map(({ catalogue, because }) => [catalogue.short, because.length > 0])).toEqual([
    ['made', true],
    ['other', true],
  ]);
});
