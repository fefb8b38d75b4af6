import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bindDemand, findDemand } from '../../src/check/demands.ts';
import { rules } from '../../src/check/rules/index.ts';
import { Config } from '../../src/model/config.ts';
import { RULE_SETS, type RuleSet } from '../../src/model/finding.ts';
import type { Instant } from '../../src/model/time.ts';
import type { Workspace } from '../../src/model/workspace.ts';
import { compileEdition } from '../../src/read/catalogue.ts';
import { compileStatements } from '../../src/read/statements.ts';

const form = await compileEdition({ standard: 'document-form', edition: '2026-08' });
const { programmes } = await compileStatements();

function bind(demand: string, ruleSets: readonly RuleSet[], now = '2026-11-23T00:00:00Z', sets?: readonly RuleSet[]) {
  const config = Config.parse({ name: 'Provider', site: 'https://provider.example', timeZone: 'UTC', ruleSets });
  return bindDemand(demand, { catalogues: [form], config, now: now as Instant } as unknown as Workspace, sets);
}

const page = readFileSync(new URL('../../docs/guide/rule-sets.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| ([a-z][a-z\d-]+) \| (.+) \|$/gm)].map(([, demand = '', by = '']) => ({ demand, by }));

test('the guide says of every demand of the catalogue, once, what checks it or why nothing does', () => {
  expect(rows.map(({ demand }) => demand)).toEqual(form.requirements.map(({ id }) => id));
  for (const { by } of rows) expect(by).toMatch(/^(?:not checked|`[a-z]+\/[a-z-]+`)/);
});

test('the guide names rules that exist, and form/demands-answered where its data has the demand', () => {
  const ids = new Set<string>(rules.map(({ id }) => id));
  for (const { by } of rows) for (const [, id = ''] of by.matchAll(/`([a-z]+\/[a-z-]+)`/g)) expect([id, ids.has(id)]).toEqual([id, true]);
  const answered = rows.filter(({ by }) => by.includes('form/demands-answered')).map(({ demand }) => demand);
  expect(answered.sort()).toEqual(programmes.map(({ demand }) => demand).sort());
  expect(existsSync(new URL('../../docs/rules/form/demands-answered.md', import.meta.url))).toBe(true);
});

test('each part of a demand is asked for under some set, and its patterns compile in every language that it has', () => {
  for (const { demand, parts } of programmes) {
    expect(findDemand([form], demand).id).toBe(demand);
    for (const part of parts) {
      expect([demand, part.name, bind(demand, [...RULE_SETS], undefined, part.sets)]).not.toContain(undefined);
      if (part.said) expect(Object.keys(part.said).sort()).toEqual(['de', 'en']);
      for (const pattern of [part.link, part.numbered]) if (pattern) expect(() => new RegExp(pattern, 'iu')).not.toThrow();
    }
  }
});

test('a demand is cited by the source that binds under the chosen sets', () => {
  expect(bind('dated-changelog', ['cabf-tls'])?.basis.standard).toBe('CA/Browser Forum TLS Baseline Requirements');
  expect(bind('dated-changelog', ['mozilla'])?.basis).toEqual({ standard: 'Mozilla Root Store Policy', edition: '3.1', clause: '3.3(4)' });
  expect(bind('dated-changelog', ['etsi-qualified'])).toBeUndefined();
  expect(bind('validation-methods-named', ['cabf-tls'])).toBeUndefined();
});

test('a demand that is still to come is an info with its day, and counts from that day on', () => {
  expect(bind('chrome-adherence-statement', ['chrome'], '2026-06-14T23:59:59Z')).toMatchObject({ severity: 'info', from: '2026-06-15' });
  expect(bind('chrome-adherence-statement', ['chrome'], '2026-06-15T00:00:00Z')).toMatchObject({ severity: 'warning', from: undefined });
  // Of two sources the one that counts already is cited.
  expect(bind('ccadb-adherence-statement', ['chrome'], '2026-07-01T00:00:00Z')?.basis.standard).toBe('Chrome Root Program Policy');
});

test('what is only recommended, or can only be pointed out, is no error', () => {
  expect(bind('no-stipulation-only-where-br-silent', ['mozilla'])?.severity).toBe('info');
  expect(bind('own-practice-described', ['mozilla'])?.severity).toBe('warning');
  expect(bind('key-compromise-proof-in-4-9-12', ['mozilla'])?.severity).toBe('error');
});

test('a demand that the catalogue does not have is a defect of the program', () => {
  expect(() => bind('no-such-demand', ['mozilla'])).toThrow('No catalogue has the demand "no-such-demand".');
});
