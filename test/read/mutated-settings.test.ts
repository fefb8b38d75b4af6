import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DraftSource, draftFromSettings } from '../../src/model/draft-profile.ts';
import { writeDraft } from '../../src/model/write-draft.ts';
import { readEjbcaProfile } from '../../src/read/ejbca-profile.ts';
import { readOpensslSection } from '../../src/read/openssl-section.ts';
import { parseProfile } from '../../src/read/profiles.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/profiles/${name}`, import.meta.url), 'utf8').split('\n');
const EJBCA = fixture('certprofile_Natural+Person+QSCD-1417.xml');
const OPENSSL = fixture('openssl.cnf');

/** What stands in the place of a value. */
const VALUES = [
  '',
  'x\nrows: []',
  '"',
  '# x',
  '$repository',
  '@qc_statements',
  '99999999999999999999',
  '-1',
  '1.2.3',
  '0.4.0.1862.1.1',
  '\u0085',
  'y'.repeat(2000),
  'critical,',
  'constructor',
  ',,,',
  '::',
  'SEQUENCE:qc_statements',
];

/** Lines of a file, some of them left out, doubled, moved or with another value. */
const mutate = (lines: readonly string[], value: RegExp) =>
  fc
    .array(fc.tuple(fc.nat(lines.length - 1), fc.constantFrom('drop', 'double', 'move', 'value'), fc.constantFrom(...VALUES)), { minLength: 1, maxLength: 8 })
    .map((changes) => {
      const text = [...lines];
      for (const [at, kind, given] of changes) {
        const line = text[at] ?? '';
        if (kind === 'drop') text.splice(at, 1);
        else if (kind === 'double') text.splice(at, 0, line);
        else if (kind === 'move') text.splice(at, 1, text[(at * 7) % text.length] ?? '', line);
        else text[at] = line.replace(value, (_, before: string, after = '') => `${before}${given}${after}`);
      }
      return text.join('\n');
    });

function isProfile(source: DraftSource): boolean {
  const text = writeDraft(draftFromSettings(source, { section: '7.1' }, 'Drafted.'));
  const { profiles, observations } = parseProfile(text, 'draft', 'draft.yaml');
  return profiles.length === 1 && observations.length === 0;
}

test('a damaged export is a profile, or refused with reasons', { timeout: 60_000 }, () => {
  let drafted = 0;
  fc.assert(
    fc.property(mutate(EJBCA, /^(\s*<(?:string|int|boolean)>).*(<\/.*)$/), (text) => {
      const { source, problem } = readEjbcaProfile(new TextEncoder().encode(text));
      if (!source) return /\.$/.test(problem);
      drafted += 1;
      return isProfile(source);
    }),
    { numRuns: 250, seed: 3 },
  );
  expect(drafted).toBeGreaterThan(25);
});

test('a damaged section is a profile, or refused with reasons', { timeout: 60_000 }, () => {
  let drafted = 0;
  fc.assert(
    fc.property(mutate(OPENSSL, /^([^=]*=).*$/), (text) => {
      const { source, problem } = readOpensslSection(new TextEncoder().encode(text), 'v3_end');
      if (!source) return /\.$/.test(problem);
      drafted += 1;
      return isProfile(source);
    }),
    { numRuns: 400, seed: 5 },
  );
  expect(drafted).toBeGreaterThan(200);
});
