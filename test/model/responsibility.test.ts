import { describe, expect, test } from 'vitest';
import { fillPractices, implyPractices } from '../../src/model/operating-model.ts';
import { declaredFor, Practices } from '../../src/model/practice.ts';
import { QscdModel } from '../../src/model/qscd.ts';
import { followManager, shareRequirements } from '../../src/model/responsibility.ts';
import { makeCatalogue, makeRequirement } from '../helpers/catalogue.ts';

const OID = '1.3.6.1.4.1.99999.1.2.1';
const practices = Practices.parse({});
const policy = {
  id: 'QCP-n-qscd',
  oid: '0.4.0.194112.1.2',
  name: 'Made',
  summary: 'Made.',
  buildsOn: 'nothing',
  settles: {},
  qscd: true,
  alsoTagged: [],
  formerNames: [],
};
const catalogue = makeCatalogue({
  policies: [policy],
  requirements: [
    makeRequirement({ id: 'OVR-5.1-01' }),
    makeRequirement({
      id: 'SDP-5.1-02',
      responsible: [
        { who: 'subject', does: 'keeps the key', when: [{ practice: 'subjectKeys.managedBy', is: 'subject' }] },
        { who: 'tsp', does: 'keeps the key', when: [{ practice: 'subjectKeys.managedBy', is: 'tsp' }] },
        { who: 'tsp', does: 'lays the duty on the subscriber' },
      ],
    }),
    makeRequirement({ id: 'SDP-5.1-03', when: { text: 'the provider manages the device', all: [{ practice: 'qscd.managedBy', is: 'tsp' }] } }),
  ],
});
const governed = (managedBy: 'subject' | 'tsp') => ({ oid: OID, conformsTo: 'QCP-n-qscd', qscd: { required: true, managedBy } }) as const;

describe('who has to do what', () => {
  test('follows from who manages the device; the provider alone where nothing else is said', () => {
    const shares = (managedBy: 'subject' | 'tsp') =>
      shareRequirements([catalogue], governed(managedBy), practices).map(({ requirement, parties }) => [
        requirement.id,
        ...parties.map(({ who, does }) => `${who}: ${does.join(', ')}`),
      ]);
    expect(shares('subject')).toEqual([
      ['OVR-5.1-01', 'tsp: '],
      ['SDP-5.1-02', 'tsp: lays the duty on the subscriber', 'subject: keeps the key'],
    ]);
    expect(shares('tsp')).toEqual([
      ['OVR-5.1-01', 'tsp: '],
      ['SDP-5.1-02', 'tsp: keeps the key, lays the duty on the subscriber'],
      ['SDP-5.1-03', 'tsp: '],
    ]);
  });

  test('only what does not apply alike whoever manages the device follows from it', () => {
    for (const managedBy of ['subject', 'tsp'] as const)
      expect(followManager([catalogue], governed(managedBy), practices).map(({ requirement, managers }) => [requirement.id, ...managers])).toEqual([
        ['SDP-5.1-03', 'tsp'],
      ]);
  });
});

describe('practices follow from the operating model', () => {
  const model = QscdModel.parse({
    policies: [{ oid: OID, managedBy: 'tsp', keyTransfer: 'true', devices: [{ device: 'vault', issued: { from: '2026-01-01' } }] }],
    devices: [
      {
        id: 'vault',
        name: 'Vault 1',
        maker: 'Made',
        kind: 'remote',
        certifications: [{ certificate: 'V-1', body: 'Made', standards: ['EN 419 241-2'], from: '2025-01-01', to: '2030-12-31', status: 'valid' }],
      },
    ],
  });
  const implied = implyPractices(model, undefined, '2026-11-23');

  test('where the configuration says nothing', () => {
    const filled = declaredFor(fillPractices(practices, implied), OID);
    expect([filled.get('qscd.managedBy'), filled.get('qscd.keyTransfer'), filled.get('qscd.keyImport')]).toEqual([['tsp'], ['true'], undefined]);
    expect(declaredFor(fillPractices(practices, implied), undefined).get('qscd.managedBy')).toBeUndefined();
  });

  test('and leave what it says', () => {
    const said = Practices.parse({ qscd: { keyTransfer: 'false', keyImport: 'false' }, byPolicy: { [OID]: { suspension: 'false' } } });
    const filled = declaredFor(fillPractices(said, implied), OID);
    expect([filled.get('qscd.managedBy'), filled.get('qscd.keyTransfer'), filled.get('qscd.keyImport'), filled.get('suspension')]).toEqual([
      ['tsp'],
      ['false'],
      ['false'],
      ['false'],
    ]);
  });
});
