import { beforeAll, describe, expect, test } from 'vitest';
import { contentStated } from '../../src/check/rules/completeness/content-stated.ts';
import { disclosureComplete } from '../../src/check/rules/completeness/disclosure-complete.ts';
import { statementPresent } from '../../src/check/rules/completeness/statement-present.ts';
import { oidsAgree } from '../../src/check/rules/form/oids-agree.ts';
import type { Workspace } from '../../src/model/workspace.ts';
import { type Edit, type EditedExample, openExample } from '../helpers/edited-example.ts';

/*
 * What EN 319 411-2 and 411-1 want to be said in so many words, demand by demand, each taken from the example's texts:
 *
 * demand                                                            rule                   test
 * OVR-6.9.4-02, EU qualified, for each policy                       statement-present      below; more in statements.test.ts
 * OVR-6.9.4-02, whether a QSCD is required, for each policy         statement-present      below; more in statements.test.ts
 * managedBy, in text and front matter                               statement-present      statements.test.ts
 * policy OIDs in 1.2 and 7.1.6                                      oids-agree             below
 * CSS-6.3.10-12 a) period, b) compromise, c) termination            content-stated         below, CPS and terms
 * SDP-6.5.1-07B                                                     content-stated         below
 * 411-1 OVR-6.3.5-01 a) to j), OVR-6.3.5-02, 411-2 OVR-6.3.5-07     content-stated         below, terms
 * 411-1 OVR-6.3.5-03 a) to c), 411-2 OVR-6.3.5-12                   content-stated         below, terms
 * OVR-5.1-09 for QNCP-w and QEVCP-w                                 content-stated         below
 * PDS by annex A, each section, in each language                    disclosure-complete    below; parts in statements.test.ts
 * ArchiveCutOff, expired certificates on CRLs                       practices-agree        statements.test.ts
 */

const OID = '1.3.6.1.4.1.99999.1.2.';
const POLICIES = ['1', '2', '3', '4'];

let example: EditedExample;
beforeAll(async () => {
  example = await openExample();
});

const pattern = (oid: string) => `${OID}${oid}`.replaceAll('.', '\\.');

describe('OVR-6.9.4-02, for each policy', () => {
  test.each(POLICIES)('the certificate policy denies that certificates under policy %s are EU qualified', (oid) => {
    const sentence = new RegExp(`(under\\s+policy\\s+${pattern(oid)}\\s+\\([^)]*\\)\\s+are\\s+)EU`, 'u');
    const found = example.places('cp.md', [[sentence, '$1not EU']], [statementPresent]);
    expect(found).toHaveLength(2);
    expect(found.every((finding) => finding.startsWith('error '))).toBe(true);
    expect(found.join('\n')).toContain('qualified: { statement: "1.1" }');
  });

  test.each(POLICIES)('the certificate policy says the opposite of the QSCD of policy %s', (oid) => {
    const row = new RegExp(`^(\\| ${pattern(oid)} \\|[^|]*\\| )(Required|Not required)`, 'mu');
    const required = oid === '1' || oid === '2';
    const found = example.places('cp.md', [[row, `$1${required ? 'Not required' : 'Required'}`]], [statementPresent]);
    expect(found).toHaveLength(2);
    expect(found.join('\n')).toContain(`qscd: { required: ${required}`);
    expect(found.join('\n')).toContain(`| ${OID}${oid} |`);
  });
});

describe('policy OIDs', () => {
  test.each(['1.2 ', '7.1.6 '].flatMap((section) => POLICIES.map((oid) => [section.trim(), oid])))(
    'of section %s, policy %s, with another digit',
    (section, oid) => {
      const number = section.replaceAll('.', '\\.');
      const there = new RegExp(`(^#+ ${number} [\\s\\S]*?\\| )${pattern(oid)} `, 'mu');
      const found = example.places('cps.md', [[there, `$1${OID}9 `]], [oidsAgree]);
      expect(found.some((finding) => finding.startsWith('error oids-agree: ') && finding.includes(`${OID}9 `))).toBe(true);
    },
  );
});

const NO_PERIOD: Edit[] = [[/at least 10 years/gu, 'some time']];
const LIST = 'Duties of subscribers and subjects';

describe('content', () => {
  test.each<[string, string, Edit[], string[]]>([
    ['CSS-6.3.10-12 a) in the CPS', 'cps.md', [[/for at\s+least\s+10 years/gu, 'for some while']], ['error content-stated: ### 4.10.1']],
    ['CSS-6.3.10-12 a) in the terms', 'terms.md', NO_PERIOD, ['error content-stated: ## 6.3 Status after expiry']],
    [
      'CSS-6.3.10-12 b) in the CPS',
      'cps.md',
      [
        [/^\| CA key compromised .*\n/mu, ''],
        [/^4\. Status after the compromise[\s\S]*?(?=^5\. )/mu, ''],
        [/, and the root CRL is published within 24 hours of the report or discovery/u, ''],
      ],
      ['error content-stated: ### 5.7.3'],
    ],
    [
      'CSS-6.3.10-12 b) in the terms',
      'terms.md',
      [[/^If the key of a CA is compromised[\s\S]*?\n\n/mu, '']],
      ['error content-stated: ## 6.3 Status after expiry'],
    ],
    [
      'CSS-6.3.10-12 c) in the CPS',
      'cps.md',
      [
        [/^\| ETS ceases the service .*\n/mu, ''],
        [/^2\. ETS seeks a successor[\s\S]*?(?=^## |^# 6)/mu, ''],
      ],
      ['error content-stated: ## 5.8'],
    ],
    ['OVR-6.3.5-01 a)', 'terms.md', [[/^- gives true[\s\S]*?(?=^- )/mu, '']], [`error content-stated: # 5. ${LIST}`]],
    ['OVR-6.3.5-01 b)', 'terms.md', [[/^- uses key and certificate only[\s\S]*?(?=^- )/mu, '']], [`error content-stated: # 5. ${LIST}`]],
    [
      'OVR-6.3.5-01 c)',
      'terms.md',
      [
        [/, so that nobody else uses it/u, ''],
        [/ is told to nobody and kept apart/u, ' is kept apart'],
        [/, and not for unlawful purposes/u, ''],
      ],
      [`error content-stated: # 5. ${LIST}`],
    ],
    ['OVR-6.3.5-01 d)', 'terms.md', [[/^- generates keys only[\s\S]*?(?=^- )/mu, '']], [`error content-stated: # 5. ${LIST}`]],
    [
      'OVR-6.3.5-01 e)',
      'terms.md',
      [
        [/ under sole control, and/u, ''],
        [/keeps control over the use of its key, and uses/u, 'uses'],
      ],
      [`error content-stated: # 5. ${LIST}`],
    ],
    [
      'OVR-6.3.5-01 f), and 411-2 OVR-6.3.5-07',
      'terms.md',
      [
        [/keys are generated in the QSCD only and signatures are made with the QSCD only/u, 'keys are generated in the QSCD'],
        [/, and with no other device/u, ''],
      ],
      Array(2).fill(`error content-stated: # 5. ${LIST}`),
    ],
    ['OVR-6.3.5-01 h)', 'terms.md', [[/^- requests revocation[\s\S]*?(?=^- )/mu, '']], [`error content-stated: # 5. ${LIST}`]],
    ['OVR-6.3.5-01 i) and j)', 'terms.md', [[/^- stops using[\s\S]*?(?=^- )/mu, '']], Array(2).fill(`error content-stated: # 5. ${LIST}`)],
    [
      'OVR-6.3.5-02',
      'terms.md',
      [
        [/;\n- makes the subject[\s\S]*?\n\n/mu, '.\n\n'],
        [/^A subject who is not the subscriber has[\s\S]*?\n\n/mu, ''],
      ],
      [`error content-stated: # 5. ${LIST}`],
    ],
    [
      'OVR-6.3.5-12',
      'terms.md',
      [[/, since only then does a certificate count\s+as EU qualified/u, '']],
      ['error content-stated: # 8. Notice to relying parties'],
    ],
  ])('without %s is found', (_, file, edits, lines) => {
    example.expectFindings(file, edits, lines, [contentStated]);
  });

  test('g) of OVR-6.3.5-01 is looked for where subjects generate keys in the secure device, and found where it is said', () => {
    const { config } = example.workspace;
    const self = { ...config.practices, subjectKeys: { ...config.practices.subjectKeys, generatedBy: ['subject' as const] } };
    const byPolicy = { ...config.practices.byPolicy, [`${OID}1`]: { secureDevice: { issued: 'true' as const } } };
    const findIn = (workspace: Workspace) =>
      example
        .read({ ...workspace, config: { ...config, practices: { ...self, byPolicy } } }, [contentStated])
        .filter(({ message }) => message.includes('keys of their own inside the secure device'))
        .map(({ at, severity }) => `${severity} ${at.file}`);
    // The terms say "keys are generated in the QSCD only"; the others leave a duty out of a list that they give.
    expect(findIn(example.workspace)).not.toContain('error policies/terms.md');
    expect(findIn(example.workspace)).toContain('warning policies/pds.de.md');
    expect(findIn(example.edit('terms.md', [[/keys are generated in the QSCD only and/u, '']]).workspace)).toContain('error policies/terms.md');
  });

  test.each(['QNCP-w', 'QEVCP-w'] as const)('OVR-5.1-09 binds %s: precedence that is denied, and that is not stated', (conformsTo) => {
    const asked = (edits: readonly Edit[], without: boolean) => {
      const { workspace } = example.edit('cps.md', edits);
      const drafts = workspace.drafts
        .filter(({ type }) => !without || type !== 'CP')
        .map((draft) => {
          const policies = draft.frontMatter?.policies.map((policy) => (policy.oid === `${OID}4` ? { ...policy, conformsTo } : policy));
          return draft.frontMatter && policies ? { ...draft, frontMatter: { ...draft.frontMatter, policies } } : draft;
        });
      return example
        .read({ ...workspace, drafts }, [contentStated])
        .filter(({ basis }) => basis?.clause === 'OVR-5.1-09')
        .map(({ at, message }) => `${at.file}: ${message}`);
    };
    expect(asked([], false)).toEqual([]);
    const denied = asked([['the Baseline Requirements take precedence', 'the Baseline Requirements do not take precedence']], false);
    expect(denied.join()).toContain('says the opposite of what it has to say');
    const silent: Edit[] = [[/the Baseline Requirements\s+take precedence/u, 'the Baseline Requirements are read']];
    expect(asked(silent, true).join()).toContain('does not say that the requirements of the CA/Browser Forum prevail');
  });
});

test('every lettered item of a requirement that a text must state has a part that is looked for', () => {
  const { catalogues, statements } = example.workspace;
  const missing = statements.demands.flatMap(({ requirement: name, parts }) => {
    const [short, id] = name.split(':');
    const items = catalogues.find((catalogue) => catalogue.short === short)?.requirements.find((requirement) => requirement.id === id)?.items ?? [];
    return items.filter(({ key }) => !parts.some(({ item }) => item === key)).map(({ key }) => `${name} ${key})`);
  });
  expect(missing).toEqual([]);
});

describe('the disclosure statement', () => {
  const NUMBERS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'];

  test.each(['pds.en.md', 'pds.de.md'].flatMap((file) => NUMBERS.map((number) => [file, number] as const)))(
    '%s without section %s lacks that section of the model',
    (file, number) => {
      const { workspace } = example.edit(file, [[new RegExp(`^# ${number}\\. [\\s\\S]*?(?=^# ${Number(number) + 1}\\. )`, 'mu'), '']]);
      const { name } = example.workspace.catalogues.flatMap(({ disclosureStatement }) => disclosureStatement)[Number(number) - 1] ?? { name: '' };
      const messages = example.read(workspace, [disclosureComplete]).map(({ at, message }) => `${at.file} ${message}`);
      expect(messages).toEqual([`policies/${file} The disclosure statement has no section of the type "${name}".`]);
    },
  );

  test.each<[string, string, Edit[], string]>([
    ['where the provider is', 'pds.en.md', [['Musterstrasse 1, 1010 Wien, Austria', 'Austria']], '# 1. Contact and revocation'],
    ['where the provider is, in German', 'pds.de.md', [['Musterstrasse 1, 1010 Wien, Österreich', 'Österreich']], '# 1. Kontakt und Widerruf'],
    ['what the limits are', 'pds.en.md', [[/^ETS is liable for at most[\s\S]*?\n\n/mu, 'See the CPS.\n\n']], '# 3. Reliance limits'],
    ['what the limits are, in German', 'pds.de.md', [[/^ETS haftet mit höchstens[\s\S]*?\n\n/mu, 'Siehe CPS.\n\n']], '# 3. Grenzen des Vertrauens'],
    [
      'where the privacy policy is',
      'pds.en.md',
      [
        [/, for the time in section 3\.2/u, ', for 10 years'],
        [/ Details: section 9\.4 of the CPS\./u, ''],
      ],
      '# 8. Privacy',
    ],
    [
      'where the privacy policy is, in German',
      'pds.de.md',
      [
        [/, für die Dauer in\s+Abschnitt 3\.2/u, ', für 10 Jahre'],
        [/Näheres: Abschnitt 9\.4 des CPS\./u, ''],
      ],
      '# 8. Datenschutz',
    ],
    [
      'the scheme of assessment',
      'pds.en.md',
      [
        [/, accredited under EN 319 403-1,/u, ', accredited,'],
        [/ \(Article 23 of\s+eIDAS\)/u, ''],
      ],
      '# 11. Licences',
    ],
    [
      'the scheme of assessment, in German',
      'pds.de.md',
      [
        [/\s+akkreditiert nach EN 319 403-1,/u, ' akkreditiert,'],
        [/ \(Artikel 23 eIDAS-VO\)/u, ''],
      ],
      '# 11. Lizenzen',
    ],
  ])('without %s', (_, file, edits, line) => {
    example.expectFindings(file, edits, [`warning disclosure-complete: ${line}`], [disclosureComplete]);
  });

  test('in another language is told to be unread, never passed over', () => {
    const drafts = example.workspace.drafts.map((draft) => (draft.file.endsWith('pds.de.md') ? { ...draft, language: 'fr' } : draft));
    const found = example.read({ ...example.workspace, drafts }).filter(({ at }) => at.file === 'policies/pds.de.md');
    expect(found.map(({ rule, severity }) => `${severity} ${rule}`).sort()).toEqual([
      'info completeness/disclosure-complete',
      'info completeness/statement-present',
    ]);
  });
});
