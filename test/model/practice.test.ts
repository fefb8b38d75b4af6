import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { Config } from '../../src/model/config.ts';
import { declaredFor, PRACTICES, Practices } from '../../src/model/practice.ts';
import { readYaml } from '../../src/read/yaml.ts';
import { ORDINARY } from '../helpers/practices.ts';

test('every practice has values and says what it answers', () => {
  expect([...PRACTICES.values()].filter(({ values, means }) => values.length < 2 || means === '')).toEqual([]);
});

test('the vocabulary is small, and no name goes', () => {
  expect([...PRACTICES.keys()].join(' ')).toMatchInlineSnapshot(
    `"subjects affiliation deviceOperators subscribers pseudonyms longNames physicalPresence remoteIdentification electronicAgreement authenticatedByCertificate certificatesPublished publiclyTrusted ownPolicy etsiOid scheduledRevocation suspension status statusAfterExpiry expiredCertsOnCrl archiveCutoff caStatus shortTerm shortTermOnly validityAssured statusAddress outliveCa outsourcing remoteWork productionTestCertificates qscd.managedBy qscd.keyImport qscd.keyTransfer secureDevice.required secureDevice.issued secureDevice.activationData subjectKeys.generatedBy subjectKeys.managedBy subjectKeys.usages subjectKeys.copies subjectKeys.escrow subjectKeys.checkedAtUse cas.kinds cas.crossCertificates cas.keysInAdvance cas.keysOutsideModule"`,
  );
});

describe('what is declared', () => {
  test('has a name each, and is not the same as no', () => {
    const declared = declaredFor(Practices.parse({ suspension: 'false', shortTerm: [], qscd: { managedBy: 'tsp' } }), undefined);
    expect([...declared]).toEqual([
      ['suspension', ['false']],
      ['shortTerm', []],
      ['qscd.managedBy', ['tsp']],
    ]);
    expect([...declaredFor(Practices.parse({}), undefined)]).toEqual([]);
  });

  test('for one policy stands before what holds for all', () => {
    const practices = Practices.parse({ ...ORDINARY, byPolicy: { '1.2.3': { subjectKeys: { copies: 'true' } } } });
    expect(declaredFor(practices, '1.2.3').get('subjectKeys.copies')).toEqual(['true']);
    expect(declaredFor(practices, '1.2.3').get('subjectKeys.escrow')).toEqual(['false']);
    expect(declaredFor(practices, '1.2.4').get('subjectKeys.copies')).toEqual(['false']);
    expect(declaredFor(practices, 'constructor').get('subjectKeys.copies')).toEqual(['false']);
  });

  test('is refused at its line where the vocabulary does not have it', () => {
    const text =
      'name: A\nsite: https://a.example\ntimeZone: UTC\npractices:\n  status: [crl, fax]\n  suspend: false\n  qscd: { managedBy: nobody }\n  byPolicy:\n    cps: {}\n';
    const { observations } = readYaml({ text, file: 'cartulary.yaml', firstLine: 1, rule: 'form/configuration-valid' }, Config);
    expect(observations.map(({ message, at, expected }) => `${at.start?.line}:${at.start?.column} ${message} ${expected}`)).toEqual([
      '5:17 The value of "practices.status.1" is not valid. one of "crl", "ocsp"',
      '7:22 The value of "practices.qscd.managedBy" is not valid. one of "subject", "tsp", "other-tsp"',
      '9:10 The value of "practices.byPolicy.cps" is not valid. the OID of a policy',
      '6:3 The key "practices.suspend" is not known. a key that the documentation names',
    ]);
  });
});

test('the guide lists every practice with its values', async () => {
  const guide = await readFile(new URL('../../docs/guide/configuration.md', import.meta.url), 'utf8');
  const rows = [...guide.matchAll(/^\| `([\w.]+)` \| ((?:some of )?)(`[\w-]+`(?:, `[\w-]+`)*) \| (.*) \|$/gm)].map(([, name, some, values, means]) => ({
    name,
    some,
    values,
    means,
  }));
  const byName = new Map(rows.map((row) => [row.name, row]));
  for (const { name, values, several, means } of PRACTICES.values()) {
    expect(byName.get(name)).toMatchObject({ some: several ? 'some of ' : '', values: values.map((value) => `\`${value}\``).join(', ') });
    expect(byName.get(name)?.means?.toLowerCase()).toContain(means.toLowerCase());
  }
});
