import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkHistory, LETS_ENCRYPT, placeTable, SERVER_CERTIFICATES, tabulateRules, tabulateTexts } from '../helpers/history-check.ts';
import { sharedFile } from '../helpers/shared.ts';

const page = readFileSync(new URL('../../docs/measured/letsencrypt.md', import.meta.url), 'utf8');
const letsEncrypt = sharedFile(LETS_ENCRYPT.bundle);
const serverCertificates = sharedFile(SERVER_CERTIFICATES.bundle);

describe('every version, checked with mozilla and cabf-tls', () => {
  test.skipIf(letsEncrypt.absent)(`of Let's Encrypt ends without a crash and gives the table${letsEncrypt.reason}`, { timeout: 120_000 }, async () => {
    const texts = await checkHistory(LETS_ENCRYPT);
    expect(texts.length).toBe(32);
    expect(texts.filter(({ crashed }) => crashed)).toEqual([]);
    expect(placeTable(page, 'letsencrypt', tabulateTexts(texts)), 'npm run measure writes the table anew; judge what changed').toBe(page);
  });

  test.skipIf(serverCertificates.absent)(`of the CA/Browser Forum, too${serverCertificates.reason}`, { timeout: 240_000 }, async () => {
    const texts = await checkHistory(SERVER_CERTIFICATES);
    expect(texts.length).toBe(29);
    expect(texts.filter(({ crashed }) => crashed)).toEqual([]);
    expect(placeTable(page, 'servercert', tabulateRules(texts)), 'npm run measure writes the table anew; judge what changed').toBe(page);
  });

  test('the page has a place for each table', () => {
    expect(() => placeTable(page, 'no such table', '')).toThrow('no place for the table');
  });
});
