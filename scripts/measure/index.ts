// `npm run measure`: checks every version of the real histories in ../shared/corpora (or CARTULARY_SHARED) with the rule sets
// `mozilla` and `cabf-tls`, and writes the tables of docs/measured/letsencrypt.md anew. What people judged stands between them
// and is left alone. With `-- --list`, prints the errors by kind instead, to be judged.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CheckedText,
  checkHistory,
  LETS_ENCRYPT,
  placeTable,
  SERVER_CERTIFICATES,
  tabulateRules,
  tabulateTexts,
} from '../../test/helpers/history-check.ts';
import { SHARED } from '../../test/helpers/shared.ts';

const PAGE = new URL('../../docs/measured/letsencrypt.md', import.meta.url);
const absent = [LETS_ENCRYPT, SERVER_CERTIFICATES].filter(({ bundle }) => !existsSync(join(SHARED, bundle)));
if (absent.length > 0) {
  console.log(`Nothing is measured: ${absent.map(({ bundle }) => `../shared/${bundle}`).join(' and ')} cannot be found.`);
} else {
  const [letsEncrypt, serverCertificates] = [await checkHistory(LETS_ENCRYPT), await checkHistory(SERVER_CERTIFICATES)];
  if (process.argv.includes('--list')) for (const texts of [letsEncrypt, serverCertificates]) listErrors(texts);
  else {
    const page = placeTable(readFileSync(PAGE, 'utf8'), 'letsencrypt', tabulateTexts(letsEncrypt));
    writeFileSync(PAGE, placeTable(page, 'servercert', tabulateRules(serverCertificates)));
    console.log('docs/measured/letsencrypt.md is up to date.');
  }
}

/** Each error once, with the versions that have it. */
function listErrors(texts: readonly CheckedText[]): void {
  const kinds = new Map<string, string[]>();
  for (const { tag, file, findings } of texts) {
    for (const { rule, severity, message, seen = '', at } of findings) {
      if (severity !== 'error') continue;
      const kind = `${rule}  ${file}  ${message}\n    seen: ${seen}`;
      kinds.set(kind, [...(kinds.get(kind) ?? []), `${tag}:${at.start?.line ?? 0}`]);
    }
  }
  for (const [kind, places] of [...kinds].sort()) console.log(`${kind}\n    in ${places.length}: ${places.join(', ')}`);
}
