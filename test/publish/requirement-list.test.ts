import { expect, test } from 'vitest';
import { PRACTICES } from '../../src/model/practice.ts';
import { explainPractice, printRequirements, requirementsCsv } from '../../src/publish/requirement-list.ts';
import { makeCatalogue, makeRequirement } from '../helpers/catalogue.ts';

const traced = (id: string, summary: string) => ({
  catalogue: makeCatalogue(),
  requirement: makeRequirement({ id, summary }),
  because: [{ words: 'the policy is QCP-n' }, { words: 'of course' }],
});

test('a cell with quotes or commas is quoted, and one that a spreadsheet would take for a formula is made harmless', () => {
  const applicability = { applicable: [traced('OVR-5.1-01', '=HYPERLINK("https://a.example"), "quoted"')], undecided: [], switchedOff: [] };
  const [, row] = requirementsCsv([{ governed: { oid: '1.2.3' }, applicability }]).split('\r\n');
  expect(row).toBe(
    `,1.2.3,applies,Made,V1.1.1,OVR-5.1-01,5.1,,shall,error,"'=HYPERLINK(""https://a.example""), ""quoted""",document,cps,1.1,the policy is QCP-n; of course,`,
  );
});

test('the text groups what waits for a practice by the practice', () => {
  const missing = ['suspension' as const, 'status' as const];
  const undecided = [
    { ...traced('OVR-5.1-01', 'One.'), missing },
    { ...traced('OVR-5.1-02', 'Two.'), missing: ['status' as const] },
  ];
  expect(printRequirements([{ governed: { conformsTo: 'QCP-n' }, applicability: { applicable: [], undecided, switchedOff: [] } }])).toMatchInlineSnapshot(`
    "QCP-n: 0 requirements apply, 2 depend on practices that are not declared.

    Not decided: declare in cartulary.yaml, under practices
      suspension: whether certificates can be suspended (true or false)
        made:OVR-5.1-01
      status: which status services run for the certificates of subjects (some of crl, ocsp; [] for none)
        made:OVR-5.1-01 made:OVR-5.1-02

    This lists what the standards ask for. It says nothing about whether any of it is met.
    "
  `);
});

test('every practice can be explained', () => {
  expect([...PRACTICES.values()].map(({ name }) => explainPractice(name)).filter((text) => !/^[\w.-]+: wh(?:at|ich|o|om|ether) .+ \(.+\)$/.test(text))).toEqual(
    [],
  );
});
