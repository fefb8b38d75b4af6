import { beforeAll, describe, expect, test } from 'vitest';
import { findUnresolved, isIncorporated } from '../../src/model/incorporation.ts';
import { PRACTICES } from '../../src/model/practice.ts';
import { Catalogue, citeRequirement, Incorporation, type Test, valuesOf } from '../../src/model/requirement.ts';
import { compileEdition, listShippedEditions } from '../../src/read/catalogue.ts';
import { readOutline } from '../../src/read/outline.ts';
import { makeCatalogue, makeRequirement } from '../helpers/catalogue.ts';

let catalogues: readonly Catalogue[];
beforeAll(async () => {
  catalogues = await Promise.all((await listShippedEditions()).map(compileEdition));
});

const byShort = (short: string) => catalogues.find((catalogue) => catalogue.short === short) as Catalogue;
const live = ({ requirements }: Catalogue) => requirements.filter(({ kind }) => kind !== 'void');
const testsOf = ({ requirements }: Catalogue): Test[] =>
  requirements.flatMap(({ when, incorporates, excludes, items }) => [
    ...(when?.all ?? []),
    ...(when?.any ?? []),
    ...incorporates.flatMap((incorporation) => incorporation.when ?? []),
    ...(excludes?.when ?? []),
    ...items.flatMap((item) => item.when ?? []),
  ]);

describe('the catalogues that ship', () => {
  /*
   * Conditions of EN 319 411-1: 124, of which 38 by wording alone, in the list that the catalogue was made from; four more that detail a
   * conditional requirement (REG-6.2.2-08A, -10A, -13A, OVR-6.3.5-06); six that speak of a service that need not run (OVR-6.6.2-01 of the
   * CRL, OVR-6.6.3-01, CSS-6.6.3-01A, -01B, OVR-6.6.3-02 and -03 of OCSP): 134.
   */
  test('are these editions, with so many requirements, void ids and conditions', () => {
    const counts = catalogues.map((catalogue) => [
      catalogue.short,
      catalogue.edition,
      catalogue.requirements.length,
      catalogue.requirements.length - live(catalogue).length,
      catalogue.requirements.filter(({ when }) => when).length,
    ]);
    expect(counts.sort()).toEqual([
      ['401', 'V3.2.1', 321, 0, 13],
      ['411-1', 'V1.5.1', 388, 57, 134],
      ['411-2', 'V2.6.1', 125, 12, 26],
      ['form', '2026-08', 58, 0, 0],
    ]);
  });

  test('take nothing over that does not exist; ids of the older EN 319 401 are mended, and still known as former ids', () => {
    expect(findUnresolved(catalogues)).toEqual([]);
    const former = byShort('401').requirements.flatMap(({ id, formerIds }) => formerIds.map((old) => [old.id, id]));
    expect(Object.fromEntries(former)).toMatchObject({
      'REQ-7.4-01': 'REQ-7.4.1-01',
      'REQ-7.4-02X': 'REQ-7.4.1-02',
      'REQ-7.4-05X': 'REQ-7.4.1-05',
      'REQ-7.4-06X': 'REQ-7.4.1-06',
      'REQ-7.4-13X': 'REQ-7.4.1-13',
      'REQ-7.1.1-04': 'REQ-7.1.2-04',
      'REQ-7.1.1-06': 'REQ-7.1.2-06',
    });
  });

  test('ask for known practices with known values, and for every practice but three that only texts and profiles answer', () => {
    const asked = catalogues.flatMap(testsOf);
    expect(asked.filter((test) => valuesOf(test).some((value) => !PRACTICES.get(test.practice)?.values.includes(value)))).toEqual([]);
    const used = new Set<string>(asked.map(({ practice }) => practice));
    expect([...PRACTICES.keys()].filter((name) => !used.has(name))).toEqual(['pseudonyms', 'suspension', 'archiveCutoff']);
  });

  test('name sections of the RFC 3647 outline only', async () => {
    const { sections } = await readOutline();
    const known = new Set(sections.map(({ number }) => number));
    const named = catalogues.flatMap(({ requirements, disclosureStatement }) => [
      ...requirements.flatMap(({ rfc3647, items }) => [...rfc3647, ...items.flatMap((item) => item.rfc3647)]),
      ...disclosureStatement.flatMap(({ rfc3647 }) => rfc3647),
    ]);
    expect(named.filter((section) => !known.has(section))).toEqual([]);
  });

  test('have the clause of each id in the id, and ids in the order of clause and number', () => {
    for (const catalogue of catalogues.filter(({ reach }) => reach !== 'rule-sets')) {
      const odd = catalogue.requirements.filter(({ id, clause }) => !id.slice(4).startsWith(`${clause}-`));
      expect(odd.map(({ id }) => id)).toEqual([]);
      const places = catalogue.requirements.map(({ id }) => catalogue.clauses.findIndex(({ number }) => id.slice(4).startsWith(`${number}-`)));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });

  test('have levels that follow from kind and proof', () => {
    const odd = catalogues
      .filter(({ reach }) => reach !== 'rule-sets')
      .flatMap((catalogue) =>
        live(catalogue).filter(
          ({ kind, level, evidence }) =>
            (kind === 'may' && level !== 'info') || (kind === 'should' && level === 'error') || (level === 'error' && evidence[0] === 'operation'),
        ),
      );
    expect(odd.map(({ id }) => id)).toEqual([]);
  });

  test('declare the seven policies of EN 319 411-2 and the seven of EN 319 411-1 with their OIDs', () => {
    const oids = (short: string) => Object.fromEntries(byShort(short).policies.map(({ id, oid }) => [id, oid]));
    expect(oids('411-2')).toEqual({
      'QCP-n': '0.4.0.194112.1.0',
      'QCP-l': '0.4.0.194112.1.1',
      'QCP-n-qscd': '0.4.0.194112.1.2',
      'QCP-l-qscd': '0.4.0.194112.1.3',
      'QEVCP-w': '0.4.0.194112.1.4',
      'QNCP-w': '0.4.0.194112.1.5',
      'QNCP-w-gen': '0.4.0.194112.1.6',
    });
    expect(oids('411-1')).toEqual({
      NCP: '0.4.0.2042.1.1',
      'NCP+': '0.4.0.2042.1.2',
      LCP: '0.4.0.2042.1.3',
      EVCP: '0.4.0.2042.1.4',
      DVCP: '0.4.0.2042.1.6',
      OVCP: '0.4.0.2042.1.7',
      IVCP: '0.4.0.2042.1.8',
    });
  });

  test('hold each demand on the form with the source that makes it, in an edition that the catalogue lists', () => {
    const { requirements, references } = byShort('form');
    const known = new Set(references.map(({ standard, edition }) => `${standard} ${edition}`));
    expect(requirements.flatMap(({ sources }) => sources).filter(({ standard, edition }) => !known.has(`${standard} ${edition}`))).toEqual([]);
    expect(requirements.filter(({ sources }) => sources.length === 0)).toEqual([]);
  });
});

describe('the schema', () => {
  const refuse = (change: object) =>
    Catalogue.safeParse({ ...makeCatalogue(), ...change }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  const source = (change: object) => ({ ...makeRequirement({ id: 'OVR-5.1-01' }), ...change });

  test('takes a made catalogue', () => expect(refuse({})).toEqual([]));

  test('refuses an id twice, a clause and a policy that the catalogue does not have', () => {
    const requirements = [source({}), source({}), source({ id: 'OVR-5.1-02', clause: '9' }), source({ id: 'OVR-5.1-03', policies: ['QCP-x'] })];
    expect(refuse({ requirements })).toEqual([
      'requirements.1.id: expected each id once; "OVR-5.1-01" stands before',
      'requirements.2.clause: expected a clause that "clauses" lists',
      'requirements.3.policies: expected policies that the catalogue declares, not "QCP-x"',
    ]);
    const items = [{ key: 'a', text: 'an item', rfc3647: ['1.1'], policies: ['QCP-y'] }];
    expect(refuse({ requirements: [source({ items })] })).toEqual(['requirements.0.policies: expected policies that the catalogue declares, not "QCP-y"']);
  });

  test('refuses a condition on an unknown practice, on a value that it cannot have, and one that is none', () => {
    const when = (condition: object) => refuse({ requirements: [source({ when: { text: 'a case', ...condition } })] });
    expect(when({ all: [{ practice: 'weather', is: 'true' }] })).toEqual([
      'requirements.0.when.all.0.practice: expected a practice that src/model/practice.ts knows',
    ]);
    expect(when({ all: [{ practice: 'status', is: 'fax' }] })).toEqual(['requirements.0.when.all.0: expected a value that the practice can have']);
    expect(when({ all: [{ practice: 'status', is: 'crl', isNot: 'ocsp' }] })).toEqual(['requirements.0.when.all.0: expected one of "is" and "isNot"']);
    expect(when({})).toEqual(['requirements.0.when: expected one of "all", "any" and "foreseen"']);
  });

  test('refuses a requirement without proof and place, unless it is void', () => {
    const bare = { id: 'OVR-5.1-01', clause: '5.1', kind: 'shall', summary: 'Nothing is said of the proof.' };
    expect(refuse({ requirements: [bare] })).toHaveLength(1);
    expect(refuse({ requirements: [{ ...bare, kind: 'void' }] })).toEqual([]);
  });
});

test('a target that is missing or void is told with the requirement that names it', () => {
  const requirements = [
    makeRequirement({
      id: 'OVR-5.1-01',
      incorporates: [
        { standard: 'Other', id: 'OVR-5.1-01' },
        { standard: 'Other', clause: '9' },
      ],
    }),
    makeRequirement({ id: 'OVR-5.1-02', incorporates: [{ standard: 'Other', policy: 'NCP' }, { standard: 'RFC 5280' }] }),
    makeRequirement({ id: 'OVR-5.1-03', excludes: { standard: 'Other', ids: ['OVR-5.1-09'] } }),
  ];
  const other = makeCatalogue({ standard: 'Other', requirements: [makeRequirement({ id: 'OVR-5.1-01', kind: 'void' })] });
  expect(findUnresolved([makeCatalogue({ requirements }), other]).map(({ requirement, target }) => `${requirement}: ${target}`)).toEqual([
    'OVR-5.1-01: Other OVR-5.1-01',
    'OVR-5.1-01: Other clause 9',
    'OVR-5.1-02: Other policy NCP',
    'OVR-5.1-03: Other OVR-5.1-09',
  ]);
});

test('a clause is taken over with its subclauses, a run of ids in the order of the catalogue', () => {
  const requirements = ['OVR-5.1-01', 'OVR-5.1-01A', 'OVR-5.1-02', 'OVR-5.1-03'].map((id) => makeRequirement({ id }));
  requirements.push(makeRequirement({ id: 'OVR-5.10-01', clause: '5.10' }), makeRequirement({ id: 'OVR-5.1.2-01', clause: '5.1.2' }));
  const catalogue = makeCatalogue({ requirements });
  const taken = (incorporation: object) =>
    requirements
      .filter((requirement) => isIncorporated(Incorporation.parse({ standard: 'Made', ...incorporation }), catalogue, requirement))
      .map(({ id }) => id);
  expect(taken({ clause: '5.1' })).toEqual(['OVR-5.1-01', 'OVR-5.1-01A', 'OVR-5.1-02', 'OVR-5.1-03', 'OVR-5.1.2-01']);
  expect(taken({ id: 'OVR-5.1-01', to: 'OVR-5.1-02' })).toEqual(['OVR-5.1-01', 'OVR-5.1-01A', 'OVR-5.1-02']);
  expect(taken({ id: 'OVR-5.1-02' })).toEqual(['OVR-5.1-02']);
  expect(taken({ policy: 'NCP' })).toEqual([]);
});

test('a requirement is cited by standard, edition and id', () => {
  const catalogue = makeCatalogue();
  expect(citeRequirement(catalogue, makeRequirement({ id: 'OVR-5.1-01' }))).toEqual({ standard: 'Made', edition: 'V1.1.1', clause: 'OVR-5.1-01' });
});
