import { beforeAll, describe, expect, test } from 'vitest';
import { findApplicable, type Governed } from '../../src/model/applicability.ts';
import { Practices } from '../../src/model/practice.ts';
import type { Catalogue } from '../../src/model/requirement.ts';
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

/**
 * Two rows were worked out by hand from the lists of the standards, with the practices of test/helpers/practices.ts.
 *
 * QCP-l-qscd.
 * EN 319 411-2 has 125 ids, 12 of them void: 113. Tagged for other policies: OVR-5.1-03, -04, -06 to -09 (6), REG-6.2.2-02 and
 * -04 (2), SDP-6.3.5-03, -05, -08, -10 (4), the three rules each for QEVCP-w of 6.3.6, 6.3.7 and 6.3.8 (9), GEN-6.6.1-04 (1):
 * 22, so 91. Cases that do not occur: OVR-6.3.4-02, SDP-6.3.5-02, -04 and -06, CSS-6.3.10-02A, -02B, -04, -06 and -13,
 * SDP-6.5.1-03, -05 and -06, GEN-6.6.1-07, OVR-7.1-01, OVR-7.1-02 and OVR-7.2-01: 16, so 75.
 * EN 319 411-1 has 388 ids, 57 void: 331. NCP+ and NCP are reached. Tagged for others: OVR-5.1-02A (1), OVR-5.2-06, -07, -07A, -07B,
 * -08, -08A, -08B, -09 (8), DIS-6.1-06A and -10A, REG-6.2.2-03A and -14A (4), REG-6.3.6-06, -07, REG-6.3.7-05, -06 (4), OVR-6.4.4-03,
 * GEN-6.5.1-15, OVR-6.9.4-03 (3): 20, so 311. GEN-6.3.3-12 is switched off: 310. Cases that do not occur: OVR-5.2-11, DIS-6.1-01B, -01C,
 * -09, -10 (5); natural persons, REG-6.2.2-05 to -09 (8); devices, REG-6.2.2-13 to -17A (7); other subscribers, REG-6.2.2-19, -20,
 * REG-6.3.1-00F, REG-6.3.4-03, -09, -10A, -11A, OVR-6.3.5-02 (8); REV-6.2.4-05A, REG-6.3.2-02 (2); keys by the CA, GEN-6.3.3-03, -07, -08,
 * SDP-6.3.3-09A, SDP-6.5.1-17 to -25 (13); GEN-6.3.3-06, -11 (2); managed keys, OVR-6.3.5-04 to -06 (3); REG-6.3.6-02, REG-6.3.7-03 (2);
 * CSS-6.3.9-14, OVR-6.4.9-04 (2); short-term, REV-6.3.9-15 to -19 (6), CSS-6.3.10-01A, -01B, GEN-6.6.1-03, -04 (4); SDP-6.3.12-01, -02,
 * -04 to -07 (6); GEN-6.5.1-13B, SDP-6.5.4-02, -03, OVR-6.9.2-01B, -01C (5); own policies, clause 7 (13): 86, so 224.
 * EN 319 401 has 321 ids. Cases that do not occur: REQ-7.2-18, -19, REQ-7.14.3-01, -05, -06: 5, so 316.
 *
 * QNCP-w, for legal persons.
 * EN 319 411-2: of 113, for others: OVR-5.1-02 to -05 and -07 (5), REG-6.2.2-02 (1; -03 comes by REG-6.2.2-04), SDP-6.3.5-02 to -06,
 * OVR-6.3.5-07, SDP-6.3.5-08 to -11 (10), QEVCP-w as above (9), SDP-6.5.1-02 to -06, -07A, -07B (7), GEN-6.6.1-03 (1): 33, so 80. Cases:
 * OVR-6.3.4-02, CSS-6.3.10-02A, -02B, -04, -06, -13, GEN-6.6.1-07, OVR-7.1-01, -02, OVR-7.2-01: 10, so 70.
 * EN 319 411-1: NCP, OVCP, LCP and WEB are reached. Of 331, for others: OVR-5.1-01A, OVR-5.2-08, -08A, -08B, -09, SDP-6.3.3-09A, REG-6.2.2-14A,
 * SDP-6.4.5-10, SDP-6.5.1-23: 9, so 322. GEN-6.3.3-12 is switched off: 321. Cases: the 86 above, without REG-6.2.2-13, -13A and -15A (legal
 * persons run the device), SDP-6.3.3-09A and SDP-6.5.1-23 (counted before): 81; and DIS-6.1-10A, REG-6.2.2-10, -10A, -12: 85, so 236.
 * EN 319 401 as above.
 */
test('each policy of EN 319 411-2 asks for so many requirements of each standard', () => {
  const rows = (['QCP-n', 'QCP-l', 'QCP-n-qscd', 'QCP-l-qscd', 'QEVCP-w', 'QNCP-w', 'QNCP-w-gen'] as const).map((conformsTo) => {
    const { applicable, undecided, switchedOff } = find({ conformsTo });
    return [
      conformsTo,
      ...['411-2', '411-1', '401'].map((short) => ids(applicable, short).length),
      applicable.length,
      undecided.length,
      ids(switchedOff).join(' '),
    ];
  });
  expect(rows).toEqual([
    ['QCP-n', 69, 223, 316, 608, 0, 'GEN-6.3.3-12'],
    ['QCP-l', 69, 222, 316, 607, 0, 'GEN-6.3.3-12'],
    ['QCP-n-qscd', 75, 225, 316, 616, 0, 'GEN-6.3.3-12'],
    ['QCP-l-qscd', 75, 224, 316, 615, 0, 'GEN-6.3.3-12'],
    ['QEVCP-w', 75, 231, 316, 622, 0, 'GEN-6.3.3-12 REG-6.3.6-06 REG-6.3.6-07 REG-6.3.7-05 REG-6.3.7-06'],
    ['QNCP-w', 70, 236, 316, 622, 0, 'GEN-6.3.3-12'],
    ['QNCP-w-gen', 69, 230, 316, 615, 0, 'GEN-6.3.3-12'],
  ]);
});

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
      case: both CRL and online status service are offered and may be updated at different times (status: [crl, ocsp])"
    `);
    expect(why({ conformsTo: 'QCP-n' }, '411-1', 'OVR-6.4.8-11')).toContain('case: a CA key is compromised (every provider must foresee it)');
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
