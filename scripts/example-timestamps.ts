// `npm run example-timestamps` makes content/timestamps/ anew: a token over each entry of the example's register that was
// published before a certain hour, and the certificate of the made-up authority. Its keys lie in scripts/example-keys/
// for everybody to see and are worth nothing. Signatures with RSA are the same each time: a second run changes nothing.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TIMESTAMP_AUTHORITIES, TIMESTAMPS } from '../src/model/timestamp.ts';
import type { RegisterEntry } from '../src/model/version.ts';
import { readRegister } from '../src/read/register.ts';
import { writeTimestampRequest } from '../src/read/timestamp-request.ts';
import { pem } from '../test/helpers/der.ts';
import { encodeTimestamp, makeIdentity, type TimestampIdentity } from '../test/helpers/encode-timestamp.ts';
import { addSeconds } from '../test/helpers/encode-x509.ts';
import { readKey } from './example-certificates.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** Entries from then on are for the provider to stamp. */
const UNTIL = '2026-11-23T13:00:00Z';
/** Seconds after publication; entries of one commit are stamped one after the other. */
const DELAY = 90;

const ORGANISATION = { countryName: 'AT', organizationName: 'Made-up Time Stamps' };

/** The pinned authority, and the unit that it vouches for. */
export function makeAuthority(): { root: TimestampIdentity; unit: TimestampIdentity } {
  const root = makeIdentity({
    subject: { ...ORGANISATION, commonName: 'Made-up Time-stamping Root' },
    key: readKey('made-up-time-stamping-root'),
    notBefore: '2022-01-01T00:00:00Z',
    notAfter: '2046-12-31T23:59:59Z',
  });
  const unit = makeIdentity({
    subject: { ...ORGANISATION, commonName: 'Made-up Time-stamping Unit 1' },
    key: readKey('made-up-time-stamping-unit-1'),
    issuer: root,
    notBefore: '2023-01-01T00:00:00Z',
    notAfter: '2038-12-31T23:59:59Z',
  });
  return { root, unit };
}

/** 16 hexadecimal digits that depend on the entry alone. */
const nonceOf = ({ digest }: RegisterEntry): string => `5${createHash('sha256').update(`nonce ${digest}`).digest('hex').slice(0, 15)}`;

/** All files of content/timestamps but the README, by path. */
export function makeTimestamps(register: string): ReadonlyMap<string, Uint8Array | string> {
  const { root, unit } = makeAuthority();
  const files = new Map<string, Uint8Array | string>([[`${TIMESTAMP_AUTHORITIES}/made-up-time-stamping-root.pem`, pem('CERTIFICATE', root.certificate)]]);
  let last = '';
  for (const entry of readRegister(register).register.entries.filter(({ published }) => published < UNTIL)) {
    const due = addSeconds(entry.published, DELAY);
    const genTime = due > last ? due : addSeconds(last, 2);
    last = genTime;
    const nonce = nonceOf(entry);
    files.set(`${TIMESTAMPS}/${entry.digest}.tsq`, writeTimestampRequest({ digest: entry.digest, nonce }));
    files.set(`${TIMESTAMPS}/${entry.digest}.tsr`, encodeTimestamp({ digest: entry.digest, genTime, signer: unit, nonce: BigInt(`0x${nonce}`) }));
  }
  return files;
}

if (import.meta.main) {
  mkdirSync(`${ROOT}${TIMESTAMP_AUTHORITIES}`, { recursive: true });
  for (const [path, content] of makeTimestamps(readFileSync(`${ROOT}policies/register.yaml`, 'utf8'))) writeFileSync(ROOT + path, content);
}
