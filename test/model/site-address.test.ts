import { describe, expect, test } from 'vitest';
import { Config } from '../../src/model/config.ts';
import { readSiteAddress } from '../../src/model/site-address.ts';
import type { Workspace } from '../../src/model/workspace.ts';
import { day, makeRegister } from '../helpers/register.ts';

const register = makeRegister([
  { document: 'pds', version: '1.0', effective: 0, files: { en: 'archive/pds-1.0.PDF' } },
  { document: 'pds', version: '1.1', effective: 50, files: { de: 'policies/pds.de.md', en: 'policies/pds.en.md' } },
  { document: 'cps', version: '2.0', effective: 200, files: { en: 'policies/cps.md' } },
]);

function read(address: string, site = 'https://repository.ets.example'): string {
  const config = Config.parse({ name: 'ETS', site, timeZone: 'UTC', languages: ['en', 'de'] });
  const found = readSiteAddress({ config, register, now: day(100) } as unknown as Workspace, address);
  return found.kind === 'text' ? `${found.entry.document} ${found.entry.version} ${found.language}` : found.kind;
}

describe('an address of the web', () => {
  test.each([
    ['https://repository.ets.example', 'page'],
    ['http://REPOSITORY.ets.example/', 'page'],
    ['https://repository.ets.example/in-force/', 'page'],
    ['https://repository.ets.example/pds/history/', 'page'],
    ['https://repository.ets.example/pds/', 'pds 1.1 en'],
    ['https://repository.ets.example/pds', 'pds 1.1 en'],
    ['https://repository.ets.example/pds/de/', 'pds 1.1 de'],
    ['https://repository.ets.example/pds/1.1/', 'pds 1.1 en'],
    ['https://repository.ets.example/pds/1.1/de/?from=certificate#1', 'pds 1.1 de'],
    ['https://repository.ets.example/pds/1.1/pds-1.1.de.md', 'pds 1.1 de'],
    ['https://repository.ets.example/pds/1.0/pds-1.0.en.pdf', 'pds 1.0 en'],
    ['https://repository.ets.example/cps/2.0/', 'cps 2.0 en'],
  ])('%s leads to %s', (address, answer) => expect(read(address)).toBe(answer));

  test.each([
    ['a document that there is not', 'https://repository.ets.example/cp/'],
    ['a version that there is not', 'https://repository.ets.example/pds/1.2/'],
    ['a language that there is not', 'https://repository.ets.example/pds/1.1/fr/'],
    ['a document of which nothing is in force', 'https://repository.ets.example/cps/'],
    ['a file in another form', 'https://repository.ets.example/pds/1.1/pds-1.1.de.pdf'],
    ['a file of another version', 'https://repository.ets.example/pds/1.1/pds-1.0.de.md'],
    ['something below a page', 'https://repository.ets.example/pds/1.1/de/more/'],
    ['names that objects have', 'https://repository.ets.example/constructor/__proto__/'],
  ])('%s is no page', (_, address) => expect(read(address)).toBe('none'));

  test.each([
    'https://repository.ets.example.net/pds/',
    'https://repository.ets.example:8443/pds/',
    'ldap://repository.ets.example/pds/',
    'repository.ets.example/pds',
    '',
  ])('"%s" is elsewhere', (address) => expect(read(address)).toBe('elsewhere'));

  test('of a site below a path, only what is below it is of the site', () => {
    const site = 'https://www.ets.example/repository';
    expect(read('https://www.ets.example/repository/pds/1.1/', site)).toBe('pds 1.1 en');
    expect(read('https://www.ets.example/repository', site)).toBe('page');
    expect(read('https://www.ets.example/pds/1.1/', site)).toBe('elsewhere');
    expect(read('https://www.ets.example/repository-old/pds/1.1/', site)).toBe('elsewhere');
  });
});
