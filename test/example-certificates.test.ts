import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeExample, readKept } from '../scripts/example-certificates.ts';
import { RESPONSES, SAMPLES } from '../scripts/example-hierarchy.ts';
import { SUBSCRIBER_PROFILES } from '../scripts/example-profiles.ts';
import { compareClaims } from '../src/model/compare-claims.ts';
import { readX509 } from '../src/read/x509/x509.ts';
import { readCertificateFacts } from './helpers/certificates.ts';
import { DECLARED } from './helpers/declared-policies.ts';
import { OPENSSL } from './helpers/openssl.ts';

const FOLDER = fileURLToPath(new URL('../content/certificates/', import.meta.url));
const KEYS = fileURLToPath(new URL('../scripts/example-keys/', import.meta.url));
const listFiles = () => readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(pem|der)$/.test(file));
const isAsThere = (made: ReadonlyMap<string, Uint8Array>, file: string) => readFileSync(FOLDER + file).equals(made.get(file) ?? Buffer.of());
const readSample = (id: string) => readX509(readFileSync(`${FOLDER}samples/${id}.pem`), id).items[0];

test('a second run changes nothing, and nothing else lies there', () => {
  const made = makeExample(readKept(FOLDER));
  expect([...made.keys()].sort()).toEqual(listFiles().sort());
  for (const [file, content] of made) expect(Buffer.compare(content, readFileSync(FOLDER + file)), file).toBe(0);
});

test('without earlier files RSA signatures are the same, and those with elliptic curves are not', () => {
  const made = makeExample(() => undefined);
  for (const file of ['ca/ets-root-ca-1.der', 'samples/natural-person.pem', 'crl/ets-qualified-ca-1.der']) {
    expect(isAsThere(made, file), file).toBe(true);
  }
  const website = 'samples/website-2026.pem';
  expect(isAsThere(made, website), website).toBe(false);
});

test('this program reads every file without finding anything irregular', () => {
  for (const file of listFiles()) {
    const { items, observations } = readX509(readFileSync(FOLDER + file), file);
    expect(observations, file).toEqual([]);
    expect(
      items.map(({ facts }) => facts.irregularities),
      file,
    ).toEqual([[]]);
  }
});

test('each sample is what the front matter says of its policy, and lasts as long as the texts say, to the second', () => {
  for (const { id, profile, days = SUBSCRIBER_PROFILES[profile].days } of SAMPLES) {
    const facts = readCertificateFacts(readSample(id)?.der ?? Buffer.of());
    expect(compareClaims(facts, DECLARED[profile]), id).toEqual([]);
    expect(facts.validity.seconds, id).toBe(days * 86_400);
  }
});

test('every key says that it is worth nothing', () => {
  for (const file of readdirSync(KEYS).filter((name) => name.endsWith('.pem'))) {
    expect(readFileSync(KEYS + file, 'utf8').split('\n')[0], file).toBe('Worthless example key: everybody has it. Never trust it and never use it.');
  }
});

const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: FOLDER, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });

/** Runs with a file that holds all CA certificates and one CRL, and a time at which openssl should judge. */
function withChain(crl: string, run: (chain: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'cartulary-chain-'));
  try {
    const issuers = readdirSync(`${FOLDER}ca`).filter((file) => file.endsWith('.pem'));
    const list = openssl('crl', '-inform', 'DER', '-in', `crl/${crl}.der`);
    writeFileSync(join(folder, 'chain.pem'), [...issuers.map((file) => readFileSync(`${FOLDER}ca/${file}`, 'utf8')), list].join('\n'));
    run(join(folder, 'chain.pem'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const seconds = (instant: string) => String(Date.parse(instant) / 1000);

test.skipIf(OPENSSL.absent)(`openssl builds a chain to the root for every sample at its first second${OPENSSL.reason}`, () => {
  for (const { id, authority, notBefore } of SAMPLES) {
    withChain(authority, (chain) => {
      expect(openssl('verify', '-x509_strict', '-CAfile', chain, '-attime', seconds(notBefore), `samples/${id}.pem`), id).toContain('OK');
    });
  }
});

test.skipIf(OPENSSL.absent)(`openssl takes the CRLs, and finds revoked what is revoked${OPENSSL.reason}`, () => {
  for (const { id, authority, revoked } of SAMPLES) {
    withChain(authority, (chain) => {
      const verify = () => openssl('verify', '-crl_check', '-CAfile', chain, '-attime', seconds('2026-11-23T08:00:00Z'), `samples/${id}.pem`);
      if (revoked) expect(verify, id).toThrow('certificate revoked');
      else if (id === 'website-hour-after-change') expect(verify, id).toThrow('certificate has expired');
      else expect(verify(), id).toContain('OK');
    });
  }
});

test.skipIf(OPENSSL.absent)(`openssl takes the OCSP responses with the signer's certificate in them${OPENSSL.reason}`, () => {
  for (const id of RESPONSES.samples) {
    const sample = SAMPLES.find((candidate) => candidate.id === id);
    const authority = sample?.authority ?? '';
    withChain(authority, (chain) => {
      // -attime is for the chain only: thisUpdate and nextUpdate openssl holds against the clock of the machine, with this tolerance in seconds.
      const at = ['-attime', seconds('2026-11-23T08:00:00Z'), '-validity_period', `${100 * 365 * 86_400}`];
      const said = openssl('ocsp', '-respin', `ocsp/${id}.der`, '-CAfile', chain, ...at, '-issuer', `ca/${authority}.pem`, '-cert', `samples/${id}.pem`);
      expect(said, id).toContain(`samples/${id}.pem: ${sample?.revoked ? 'revoked' : 'good'}`);
    });
  }
});
