import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { rules } from '../../src/check/rules/index.ts';
import { readX509 } from '../../src/read/x509/x509.ts';
import { DEFAULT_FILES, printFindings, runExample } from '../helpers/example.ts';
import { makeDescribed } from '../helpers/page-certificates.ts';
import { readRulePage } from '../helpers/rule-page.ts';

const PAGES = fileURLToPath(new URL('../../docs/rules/', import.meta.url));
const CODE = fileURLToPath(new URL('../../src/check/rules/', import.meta.url));

const listFiles = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.slice(folder.length)}/${entry.name}`.replace(/^\/+/, ''))
    .sort();

const ids = rules.map((rule) => rule.id).sort();

test('each rule has a page, and each page a rule', () => {
  expect(listFiles(PAGES)).toEqual(ids.map((id) => `${id}.md`));
});

test('each rule has a file of its name, and stands in the list once', () => {
  expect(listFiles(CODE)).toEqual([...ids.map((id) => `${id}.ts`), 'index.ts'].sort());
  expect(new Set(ids).size).toBe(ids.length);
});

test('the repository that examples start from is clean', async () => {
  expect(Object.keys(DEFAULT_FILES)).toEqual(['cartulary.yaml', 'policies/cps.md']);
  expect(printFindings((await runExample({ kind: 'Passes', title: '', blocks: [], findings: '' })).findings)).toBe('');
});

describe('a page is refused', () => {
  const page = (examples: string) => readRulePage(`# form/a\n\nAll is well.\n\n## Why\n\n## What it does not look at\n\n${examples}`);
  const findings = '```findings\nx\n```\n';

  test.each([
    ['with a chapter that no test knows', '## Example\n', 'a chapter "Example"'],
    ['with a block that no test knows', `## Fails: a\n\n\`\`\`yaml fil=a\n\`\`\`\n\n${findings}`, 'a block "yaml fil=a"'],
    ['with a block that does not end', '## Passes: a\n\n```yaml file=a\n', 'does not end'],
    ['with a certificate that goes into no file', '## Passes: a\n\n```certificate\nprofile: website\n```\n', 'a block "certificate" that no test knows'],
    ['with a failing example without findings', '## Fails: a\n', 'does not end with its findings'],
    ['with a failing example with empty findings', '## Fails: a\n\n```findings\n```\n', 'has no findings'],
    ['with a passing example with findings', `## Passes: a\n\n${findings}`, 'passes, and has findings'],
    ['with something after the findings', `## Fails: a\n\n${findings}\n\`\`\`steps\ncommit\n\`\`\`\n`, 'does not end with its findings'],
    ['with a chapter twice', '## Why\n', 'each once'],
  ])('%s', (_, examples, reason) => {
    expect(() => page(examples)).toThrow(reason);
  });

  test('with a step that no test knows, or that changes nothing', async () => {
    const run = (steps: string) => runExample({ kind: 'Passes', title: '', blocks: [{ kind: 'steps', name: '', content: steps }], findings: '' });
    await expect(run('remove everything')).rejects.toThrow('a step "remove everything" that no test knows');
    await expect(run('replace "no such words" by "others" in policies/cps.md')).rejects.toThrow('changes nothing');
  });
});

describe('what a page says of certificates, CRLs and OCSP responses', () => {
  const make = (kind: 'certificate' | 'crl' | 'ocsp-response', content: string, path = 'made.pem') => {
    const made = makeDescribed(kind, path, content);
    return readX509(typeof made === 'string' ? Buffer.from(made) : made, path).items.map(({ facts }) => facts);
  };

  test('is made', () => {
    expect(make('certificate', 'profile: website', 'made.der')).toMatchObject([{ kind: 'certificate', irregularities: [] }]);
    expect(make('certificate', '- made: ca\n- made: foreign\n- mismatch: no QcSSCD in a seal\n')).toHaveLength(3);
    expect(make('certificate', 'copy: content/certificates/ca/ets-root-ca-1.pem')).toEqual(
      make('certificate', 'copy: content/certificates/ca/ets-root-ca-1.der'),
    );
    expect(make('certificate', 'notAfter: 2026-10-02T08:00:00Z\nstatements: { QcSSCD: absent, QcType: [eseal] }')).toMatchObject([
      { validity: { notAfter: { instant: '2026-10-02T08:00:00Z' } } },
    ]);
    expect(make('crl', 'nextUpdate: absent\nrevoked: [{ serial: 7, at: 2026-11-01T00:00:00Z, reason: keyCompromise }]')).toMatchObject([{ kind: 'crl' }]);
    expect(make('ocsp-response', 'extensions: { archiveCutoff: 2020-01-01T00:00:00Z }')).toMatchObject([{ kind: 'ocsp-response', irregularities: [] }]);
  });

  test.each([
    ['certificate', 'mismatch: no such thing', 'a mismatch "no such thing", of which there are 0'],
    ['certificate', 'mismatch: no QcSSCD\nprofile: website', 'more keys than one'],
    ['certificate', 'made: root', 'makes a "root"'],
    ['certificate', 'nextUpdate: absent', 'a key "nextUpdate" of a certificate'],
    ['crl', 'extensions: { deltaCRLIndicator: 1 }', 'an extension "deltaCRLIndicator"'],
    ['certificate', 'statements: { PSD2: present }', 'a statement "PSD2"'],
  ] as const)('is refused where no test knows it: %s %s', (kind, content, reason) => {
    expect(() => make(kind, content)).toThrow(reason);
  });
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const page = readRulePage(readFileSync(`${PAGES}${id}.md`, 'utf8'));

  test('the page says what the rule says of itself', () => {
    const { standard, edition, clause } = rule.basis;
    expect(page.title).toBe(id);
    expect(page.demands).toBe(rule.demands);
    expect(page.facts).toEqual({
      Basis: [standard, edition, clause && `clause ${clause}`].filter(Boolean).join(', '),
      Severity: rule.severity,
      'Stops a build': rule.stopsBuild ? 'yes' : 'no',
    });
  });

  test('the page has an example that passes and one that fails, each with a title of its own', () => {
    const titles = page.examples.map(({ title }) => title);
    expect(new Set(page.examples.map(({ kind }) => kind))).toEqual(new Set(['Passes', 'Fails']));
    expect(new Set(titles).size).toBe(titles.length);
  });

  test.each(page.examples.map((example) => [`${example.kind}: ${example.title}`, example] as const))('%s', async (_, example) => {
    const { findings, crashed } = await runExample(example);
    expect(printFindings(findings.filter((finding) => finding.rule === id))).toBe(example.findings);
    expect(crashed).toBe(false);
  });
});
