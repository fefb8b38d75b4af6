import { readFileSync } from 'node:fs';
import { readKey } from '../../../scripts/example-certificates.ts';
import { TIMESTAMP_AUTHORITIES, TIMESTAMPS } from '../../../src/model/timestamp.ts';
import { REGISTER, readRegister, sha256 } from '../../../src/read/register.ts';
import { pem } from '../../helpers/der.ts';
import { encodeRejection, encodeTimestamp, type TokenPlan } from '../../helpers/encode-timestamp.ts';
import { ENDED_ROOT, exchange, STRANGER, UNIT, unit } from '../../helpers/timestamps.ts';
import type { AssessorFault, Change } from './bench.ts';

const { register } = readRegister(readFileSync(new URL(`../../../${REGISTER}`, import.meta.url), 'utf8'));
/** CPS 2.1, stamped ninety seconds after it was published. */
const entry = register.entries.find((one) => one.kind === 'version' && one.document === 'cps' && one.version === '2.1');
if (!entry) throw new Error('The example has no CPS 2.1.');
const TOKEN = `${TIMESTAMPS}/${entry.digest}.tsr`;
const REQUEST = `${TIMESTAMPS}/${entry.digest}.tsq`;
const AUTHORITY = `${TIMESTAMP_AUTHORITIES}/made-up-time-stamping-root.pem`;

const RULE = 'evidence/timestamp-verifies';

const found = (kind: string, changes: Readonly<Record<string, Change>>, file = TOKEN): AssessorFault => ({
  kind,
  find: (bench) => bench.check(changes),
  expected: { rule: RULE, file },
});

/** A token made anew, otherwise than the authority made it; without the request, whose nonce it does not have. */
const anew = (kind: string, plan: Partial<TokenPlan>): AssessorFault =>
  found(kind, {
    [REQUEST]: () => undefined,
    [TOKEN]: () => encodeTimestamp({ digest: entry.digest, genTime: '2025-10-13T09:01:30Z', signer: UNIT, ...plan }),
  });

const octets = (change: (token: Buffer) => Uint8Array): Change => {
  return (token) => {
    if (!token) throw new Error('The example has no such token.');
    return change(token);
  };
};

export const timestampFaults: readonly AssessorFault[] = [
  anew('a token over another digest', { digest: sha256('another text') }),
  anew('a token over the entry before', { digest: entry.previous }),
  anew('a token made before publication', { genTime: '2025-10-12T09:00:00Z' }),
  anew('a token of next year', { genTime: '2027-10-13T09:00:00Z' }),
  anew('a token of an authority that nobody pinned', { signer: unit('Unit of a stranger', { issuer: STRANGER }) }),
  anew('a token of a unit whose certificate had ended', { signer: unit('Ended unit', { notAfter: '2025-09-30T23:59:59Z' }) }),
  anew('a token of a key for TLS', { signer: unit('Web server', { extensions: [] }) }),
  anew('a token signed by another key than its certificate says', { signer: { ...UNIT, key: readKey('at-list-signer') } }),
  anew('a token that names another certificate', { reference: 'other' }),
  found('a token that does not answer the request', {
    [TOKEN]: () => encodeTimestamp({ digest: entry.digest, genTime: '2025-10-13T09:01:30Z', signer: UNIT, nonce: 1n }),
  }),
  found('a token with another time written into it', {
    [TOKEN]: octets((token) => exchange(token, Buffer.from('20251013090130Z'), Buffer.from('20240913090130Z'))),
  }),
  found('a token with its last octet changed', { [TOKEN]: octets((token) => token.with(-1, (token.at(-1) ?? 0) ^ 1)) }),
  found('a token with octets behind it', { [TOKEN]: octets((token) => Buffer.concat([token, Buffer.from('\n')])) }),
  found('a token that is cut off', { [TOKEN]: octets((token) => token.subarray(0, -100)) }),
  found('a refusal kept as a token', { [TOKEN]: () => encodeRejection(2, 'the clock is not synchronised') }),
  found(
    'a token under the name of no entry',
    { [`${TIMESTAMPS}/${sha256('no entry')}.tsr`]: () => encodeTimestamp({ digest: sha256('no entry'), genTime: '2025-10-13T09:01:30Z', signer: UNIT }) },
    `${TIMESTAMPS}/${sha256('no entry')}.tsr`,
  ),
  found('a file of another name among the tokens', { [`${TIMESTAMPS}/cps-2.1.tsr`]: () => 'a token' }, `${TIMESTAMPS}/cps-2.1.tsr`),
  found('a request over something else', { [REQUEST]: octets((request) => request.with(30, (request[30] ?? 0) ^ 1)) }, REQUEST),
  found('the pinned authority replaced by a stranger', { [AUTHORITY]: () => pem('CERTIFICATE', STRANGER.certificate) }),
  found('the pinned authority replaced by one that had ended', { [AUTHORITY]: () => pem('CERTIFICATE', ENDED_ROOT.certificate) }),
  found(
    'a private key among the pinned authorities',
    { [AUTHORITY]: (text) => `${text}-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----\n` },
    AUTHORITY,
  ),
  {
    kind: 'an entry of the register rewritten with the whole chain after it',
    find: (bench) => bench.check({ [REGISTER]: (text) => rewriteChain(text?.toString('utf8') ?? '') }),
    expected: { rule: RULE, file: TOKEN },
  },
];

/** Whoever controls a repository can compute the chain anew: only what others hold shows it. */
function rewriteChain(text: string): string {
  const [head = '', ...entries] = text.replace(/^# last: .*\n/m, '').split(/^(?=- )/m);
  let previous = '0'.repeat(64);
  const rewritten = entries.map((one) => {
    const changedOne = one
      .replace('published: 2025-10-13T09:00:00Z', 'published: 2025-09-13T09:00:00Z')
      .replace(/^ {2}previous: .*$/m, `  previous: ${previous}`);
    previous = sha256(changedOne);
    return changedOne;
  });
  return `${head}${rewritten.join('')}# last: ${previous}\n`;
}
