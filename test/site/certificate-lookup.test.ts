import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CertificateFacts } from '../../src/model/certificate.ts';
import { declarationsOf } from '../../src/model/declared-text.ts';
import { findGoverning } from '../../src/model/governing.ts';
import { type Instant, toInstant } from '../../src/model/time.ts';
import type { Workspace } from '../../src/model/workspace.ts';
import { apiSchemas } from '../../src/publish/api.ts';
import { certificateLookupJson, certificateStandardsJson } from '../../src/publish/certificate-lookup.ts';
import { compileCertificateStandards } from '../../src/read/certificate-catalogues.ts';
import { openWorkspace } from '../../src/read/workspace.ts';
import { answerCertificate, type CertificateData, questionOf, readDeclarations, readDropped } from '../../src/site/certificate-lookup.ts';
import { makeCaCertificate, makeCertificate, makeCrl, makeForeignCertificate, readCertificateFacts } from '../helpers/certificates.ts';
import { type Octets, pem } from '../helpers/der.ts';
import { factsUnder, PRIVATE_KEY } from '../helpers/governed.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NOW = toInstant(new Date('2026-11-23T12:00:00Z'));
const OWN = '1.3.6.1.4.1.99999.1.2.1';

let workspace: Workspace;
let data: CertificateData;

/** What the page fetches: text that was written and read again. */
beforeAll(async () => {
  ({ workspace } = await openWorkspace(pathToFileURL(ROOT), { now: NOW, purpose: 'publish' }));
  data = {
    inForce: { timeZone: 'Europe/Vienna', base: '/', documents: {}, policies: {}, intervals: [], register: JSON.parse(JSON.stringify(workspace.register)) },
    declared: JSON.parse(certificateLookupJson(workspace)),
    standards: JSON.parse(certificateStandardsJson(await compileCertificateStandards())),
    lists: undefined,
  };
});

const answer = (facts: CertificateFacts) =>
  answerCertificate(facts, { declarations: readDeclarations(data), standards: data.standards, lists: data.lists }, NOW);

describe('a file or pasted text', () => {
  const certificates = [makeCaCertificate(), makeCertificate(), makeForeignCertificate()].map((der) => pem('CERTIFICATE', der));

  test('its first certificate that is not of a CA is answered for, and each is called by its common name', () => {
    const { certificates: found, first, hasOthers, problems } = readDropped([Buffer.from(certificates.join('\n'))]);
    expect(found.map(({ label }) => label)).toEqual(['ETS Qualified CA 1', 'Gerda Muster', 'Ida Fremd']);
    expect({ first, hasOthers, problems }).toEqual({ first: 1, hasOthers: false, problems: [] });
  });

  test('several files count as one; what else is in them is told', () => {
    const {
      certificates: found,
      first,
      hasOthers,
      problems,
    } = readDropped([Buffer.from(certificates[0] ?? ''), makeCrl() as Octets, Buffer.from(PRIVATE_KEY), Buffer.from('nothing of the kind')]);
    expect([found.length, first, hasOthers]).toEqual([1, 0, true]);
    expect(problems.map(({ seen }) => seen)).toEqual(['a private key', expect.any(String)]);
  });
});

describe('the data of the site', () => {
  test.each(['certificate-lookup', 'certificate-standards'])('%s.json keeps to its schema', (name) => {
    const ajv = new Ajv2020({ strict: true });
    addFormats.default(ajv);
    const validate = ajv.compile(JSON.parse(apiSchemas((path) => `https://x.example${path}`).get(name) ?? ''));
    validate(name === 'certificate-lookup' ? data.declared : data.standards);
    expect(validate.errors ?? []).toEqual([]);
  });

  test('gives the same answers as the repository, for every sample of the example', () => {
    const folder = `${ROOT}content/certificates/samples/`;
    const samples = readdirSync(folder).flatMap((name) => readDropped([readFileSync(folder + name)]).certificates);
    expect(samples.length).toBeGreaterThan(9);
    for (const { facts } of samples) {
      const { governing, judgement } = answer(facts);
      expect(governing).toEqual(findGoverning(facts, declarationsOf(workspace), { now: NOW }));
      expect(governing.kind).toBe('governed');
      expect(judgement?.judged).toBe(true);
    }
  });

  test('holds a profile that several versions state alike only once', () => {
    const { profiles, texts } = data.declared;
    const contents = Object.values(profiles).map((profile) => JSON.stringify(profile));
    expect(new Set(contents).size).toBe(contents.length);
    const named = Object.values(texts).flatMap((text) => Object.values(text.profiles));
    expect(named.filter((name) => !Object.hasOwn(profiles, name))).toEqual([]);
  });
});

describe('an answer', () => {
  test('has each field of the profile once: as it differs, or as it agrees', () => {
    const facts = readCertificateFacts(makeCertificate({ statements: { QcSSCD: null } }));
    const { governing, agreements, judgement, summaries } = answer(facts);
    const [text] = governing.texts;
    const compared = text?.profile;
    if (compared?.kind !== 'compared') throw new Error('The version binds no profile.');
    expect(compared.deviations.map(({ field, seen }) => [field, seen])).toEqual([['qcStatements.QcSSCD', 'absent']]);
    const fields = agreements.map(({ field }) => field);
    expect(fields).toContain('extensions.keyUsage');
    expect(fields).not.toContain('qcStatements.QcSSCD');
    expect([...summaries.keys()].sort()).toEqual([...new Set(judgement?.findings.map(({ requirement }) => requirement))].sort());
    expect(summaries.get('411-2:GEN-6.6.1-03')).toMatch(/\w/);
  });

  test('of a certificate of another provider judges nothing', () => {
    expect(answer(readCertificateFacts(makeForeignCertificate()))).toMatchObject({ judgement: undefined, agreements: [] });
  });
});

test('the question as an address holds the instant and one policy: the one that a text lists, else the first', () => {
  const question = (policies: readonly string[]) => questionOf(answer(factsUnder({ issued: '2026-03-01T12:00:00Z' as Instant, policies })).governing);
  expect(question(['0.4.0.194112.1.2', OWN])).toBe(`?date=2026-03-01T12%3A00%3A00Z&policy=${OWN}`);
  expect(question(['1.2.3', '1.2.4'])).toBe('?date=2026-03-01T12%3A00%3A00Z&policy=1.2.3');
  expect(question([])).toBe('?date=2026-03-01T12%3A00%3A00Z');
});
