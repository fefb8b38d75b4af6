import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCheck } from '../../src/check/run.ts';
import { Config } from '../../src/model/config.ts';
import type { Catalogue } from '../../src/model/requirement.ts';
import type { Instant } from '../../src/model/time.ts';
import { compileEdition, listEditions, listShippedEditions, readCatalogues } from '../../src/read/catalogue.ts';
import { compileOutline } from '../../src/read/outline.ts';
import { openWorkspace } from '../../src/read/workspace.ts';
import { makeCatalogue } from '../helpers/catalogue.ts';
import { DEFAULT_FILES } from '../helpers/example.ts';
import { makeRepository, type TestRepository } from '../helpers/repository.ts';

const now = '2026-11-23T00:00:00Z' as Instant;
const PACKAGE = new URL('../../', import.meta.url);

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
  await repository.write(DEFAULT_FILES);
});
afterEach(() => repository.remove());

const open = async (purpose: 'check' | 'publish' = 'check') => (await openWorkspace(pathToFileURL(`${repository.folder}/`), { now, purpose })).workspace;
const names = (catalogues: readonly Catalogue[]) => catalogues.map(({ standard, edition }) => `${standard} ${edition}`);
const configure = (lines: string) => repository.write({ 'cartulary.yaml': `${DEFAULT_FILES['cartulary.yaml']}${lines}` });
/** JSON is YAML. */
const yaml = (given: Partial<Catalogue> = {}) => JSON.stringify(makeCatalogue(given), null, 2);

const SHIPPED = ['Document form 2026-08', 'ETSI EN 319 401 V3.2.1', 'ETSI EN 319 411-1 V1.5.1', 'ETSI EN 319 411-2 V2.6.1'];

describe('the catalogues in use', () => {
  test('are the newest that ship, and none where nothing is checked', async () => {
    expect(names((await open()).catalogues)).toEqual(SHIPPED);
    expect((await open('publish')).catalogues).toEqual([]);
  });

  test('are joined by those of the repository, and replaced by them for the same edition', async () => {
    await repository.write({
      'content/requirements/house/v1.yaml': yaml({ standard: 'House rules', edition: 'V1' }),
      'content/requirements/house/v2.yaml': yaml({ standard: 'House rules', edition: 'V2' }),
      'content/requirements/en-319-401/v3.2.1.yaml': yaml({ standard: 'ETSI EN 319 401', edition: 'V3.2.1 with our notes' }),
      'content/requirements/rfc-3647/2003.yaml': 'no: catalogue\n',
      'content/requirements/README.md': 'About.\n',
    });
    const { catalogues, observations } = await open();
    expect(observations).toEqual([]);
    expect(names(catalogues)).toEqual(['Document form 2026-08', 'ETSI EN 319 401 V3.2.1 with our notes', ...SHIPPED.slice(2), 'House rules V2']);
  });

  test('are the editions that the configuration names; a newer file of the repository waits until it is named', async () => {
    await repository.write({ 'content/requirements/en-319-401/v3.3.1.yaml': yaml({ standard: 'ETSI EN 319 401', edition: 'V3.3.1' }) });
    expect(names((await open()).catalogues)).toContain('ETSI EN 319 401 V3.2.1');
    await configure('editions: { en-319-401: v3.3.1 }\n');
    expect(names((await open()).catalogues)).toContain('ETSI EN 319 401 V3.3.1');
    expect((await listEditions(repository.folder)).filter(({ standard }) => standard === 'en-319-401').map(({ edition }) => edition)).toEqual([
      'v3.2.1',
      'v3.3.1',
    ]);
  });

  test('that do not exist are told at their line', async () => {
    await configure('editions:\n  en-319-411-2: v9.9.9\n  en-319-422: v1.1.1\n');
    const { findings } = runCheck(await open());
    expect(
      findings.filter(({ rule }) => rule === 'form/configuration-valid').map(({ at, message, expected }) => `${at.start?.line}: ${message} ${expected}`),
    ).toEqual([
      '5: There is no catalogue of the edition v9.9.9 of en-319-411-2. one of v2.6.1',
      '6: There is no catalogue of a standard "en-319-422". one of document-form, en-319-401, en-319-411-1, en-319-411-2',
    ]);
  });

  test('of the repository that are not valid are told at their line, and what ships counts', async () => {
    const wrong = yaml({ standard: 'ETSI EN 319 401', edition: 'V3.2.1' })
      .replace('"kind": "shall"', '"kind": "must"')
      .replace('"id": "OVR-5.1-01"', '"id": "5.1"');
    await repository.write({ 'content/requirements/en-319-401/v3.2.1.yaml': wrong });
    const { catalogues, observations } = await open();
    const line = (text: string) => wrong.slice(0, wrong.indexOf(text)).split('\n').length;
    expect(observations.map(({ at, message }) => `${at.file}:${at.start?.line} ${message}`)).toEqual([
      `content/requirements/en-319-401/v3.2.1.yaml:${line('"id": "5.1"')} The value of "requirements.0.id" is not valid.`,
      `content/requirements/en-319-401/v3.2.1.yaml:${line('"must"')} The value of "requirements.0.kind" is not valid.`,
    ]);
    expect(names(catalogues)).toEqual(SHIPPED);
  });
});

test("the project's own repository has no catalogues of its own: they are those that ship", async () => {
  const config = Config.parse({ name: 'A', site: 'https://a.example', timeZone: 'UTC' });
  expect(names((await readCatalogues(new URL('.', PACKAGE).pathname, config, {})).catalogues)).toEqual(SHIPPED);
});

const compiled = (path: string) => new URL(`lib/requirements/${path}.json`, PACKAGE);
const isCompiled = existsSync(compiled('rfc-3647/2003'));

test.skipIf(!isCompiled)(`what is compiled is what the YAML says${isCompiled ? '' : ' (skipped: lib/ is not compiled)'}`, async () => {
  const read = async (path: string) => JSON.parse(await readFile(compiled(path), 'utf8'));
  for (const name of await listShippedEditions()) {
    expect(await read(`${name.standard}/${name.edition}`)).toEqual(JSON.parse(JSON.stringify(await compileEdition(name))));
  }
  expect(await read('rfc-3647/2003')).toEqual(await compileOutline());
});
