import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Instant } from '../../src/model/time.ts';
import { verifyTimestamp } from '../../src/read/timestamp.ts';
import { readTimestampRequest, writeTimestampRequest } from '../../src/read/timestamp-request.ts';
import { pem } from '../helpers/der.ts';
import { CA_EXTENSIONS, makeIdentity } from '../helpers/encode-timestamp.ts';
import { makeMutations } from '../helpers/mutations.ts';
import { OPENSSL, runOpenssl } from '../helpers/openssl.ts';
import { processorTime } from '../helpers/processor-time.ts';
import { asHolder, BAD_TOKENS, BETWEEN, DIGEST, GOOD_TOKENS, makeToken, ORDER, ROOT, STAMPED_AT, UNIT } from '../helpers/timestamps.ts';

const faultOf = (token: Uint8Array, changes: Partial<typeof ORDER> = {}): string => {
  const verdict = verifyTimestamp(token, { ...ORDER, ...changes });
  return verdict.verified ? 'verified' : verdict.fault;
};

test('a token says when, by whom and until when it can be proved', () => {
  expect(verifyTimestamp(makeToken(), ORDER)).toEqual({
    verified: true,
    at: STAMPED_AT,
    accuracy: 1,
    signer: 'C=AT, O=Made-up Time Stamps, CN=Made-up Time-stamping Unit 1',
    authority: 'C=AT, O=Made-up Time Stamps, CN=Made-up Time-stamping Root',
    authoritySha256: asHolder(ROOT.certificate).sha256,
    policy: '1.3.6.1.4.1.99999.9.1',
    serial: expect.stringMatching(/^[0-9a-f]{34}$/),
    until: '2038-12-31T23:59:59Z',
  });
});

test.each(Object.entries(GOOD_TOKENS))('a token %s holds', (_, token) => {
  expect(verifyTimestamp(token, ORDER)).toMatchObject({ verified: true, at: STAMPED_AT });
});

test.each(BAD_TOKENS)('refused: %s', (_, token, fault) => {
  expect(faultOf(token)).toBe(fault);
});

describe('what is pinned counts', () => {
  test('without a pinned authority nothing is proved', () => {
    expect(faultOf(makeToken(), { authorities: [] })).toBe('authority-unpinned');
  });

  test('a unit or a CA between can be pinned itself', () => {
    expect(faultOf(makeToken(), { authorities: [asHolder(UNIT.certificate)] })).toBe('verified');
    expect(faultOf(makeToken({ certificates: [] }), { authorities: [asHolder(UNIT.certificate)] })).toBe('verified');
    expect(faultOf(GOOD_TOKENS['of a unit below a CA that came along'] ?? Buffer.alloc(0), { authorities: [asHolder(BETWEEN.certificate)] })).toBe('verified');
  });

  test('of a pinned authority that had ended before the token nothing is proved', () => {
    const ended = makeIdentity({ subject: ROOT.subject, key: ROOT.key, notAfter: '2026-02-28T23:59:59Z' });
    expect(faultOf(makeToken(), { authorities: [asHolder(ended.certificate)] })).toBe('authority-expired');
    expect(faultOf(makeToken(), { authorities: [asHolder(ended.certificate), asHolder(ROOT.certificate)] })).toBe('verified');
  });

  test('an RSA key that is too short vouches for nothing', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const short = makeIdentity({ subject: { countryName: 'AT', commonName: 'Short' }, key: privateKey, issuer: ROOT });
    expect(faultOf(makeToken({ signer: short }))).toBe('authority-unfit');
  });

  test('a crowd of CAs that issue one another is not followed for ever', () => {
    const subject = { countryName: 'AT', commonName: 'Crowd' };
    const crowd = Array.from({ length: 18 }, (_, index) =>
      makeIdentity({ subject, key: UNIT.key, extensions: CA_EXTENSIONS, notAfter: `2039-12-31T23:59:${10 + index}Z` }),
    );
    const signer = makeIdentity({
      subject: { countryName: 'AT', commonName: 'One of them' },
      key: UNIT.key,
      issuer: { subject, key: UNIT.key, certificate: ROOT.certificate },
    });
    const used = processorTime();
    expect(faultOf(makeToken({ signer, certificates: [signer.certificate, ...crowd.map(({ certificate }) => certificate)] }))).toBe('authority-unpinned');
    expect(used()).toBeLessThan(5000);
  });
});

describe('the request', () => {
  test('is written and read', () => {
    const asked = { digest: DIGEST, nonce: '8fedcba987654321', policy: '1.3.6.1.4.1.99999.9.1' };
    expect(readTimestampRequest(writeTimestampRequest(asked))).toEqual(asked);
    expect(readTimestampRequest(Buffer.concat([writeTimestampRequest(asked), Buffer.from([0])]))).toBeUndefined();
    expect(readTimestampRequest(Buffer.from('nothing'))).toBeUndefined();
    const [one, other] = [1, 2].map(() => readTimestampRequest(writeTimestampRequest({ digest: DIGEST }))?.nonce);
    expect(one).toMatch(/^[4-7c-f][0-9a-f]{15}$/);
    expect(one).not.toBe(other);
  });

  test('that is not there asks for nothing; one for another policy is not answered', () => {
    expect(faultOf(makeToken({ nonce: undefined }), { request: undefined })).toBe('verified');
    expect(faultOf(makeToken(), { request: { digest: DIGEST, nonce: '5123456789abcdef', policy: '1.3.6.1.4.1.99999.9.2' } })).toBe('other-request');
  });

  test.skipIf(OPENSSL.absent)(`is what openssl reads${OPENSSL.reason}`, () => {
    const text = runOpenssl(['ts', '-query', '-in', 'FILE', '-text'], writeTimestampRequest({ digest: DIGEST, nonce: '5123456789abcdef' })).toString();
    expect(text).toMatch(/Hash Algorithm: sha256[\s\S]*Nonce: 0x5123456789ABCDEF\nCertificate required: yes/);
  });
});

test('the clock of the authority is trusted as far as it says', () => {
  expect(faultOf(makeToken({ genTime: '2026-03-01T08:59:59Z' }))).toBe('verified');
  expect(faultOf(makeToken(), { now: '2026-03-01T09:59:59Z' as Instant })).toBe('verified');
  expect(faultOf(makeToken(), { now: '2026-03-01T09:59:57Z' as Instant })).toBe('too-late');
});

test('20,000 changed tokens end in a verdict, and none is accepted', () => {
  const sources = [makeToken(), GOOD_TOKENS['of a unit below a CA that came along'] ?? Buffer.alloc(0)];
  const seen = new Set<string>();
  const accepted: string[] = [];
  for (const bytes of makeMutations(sources, 20_000, 7)) {
    if (sources.some((source) => Buffer.from(source).equals(bytes))) continue;
    const fault = faultOf(bytes);
    seen.add(fault);
    if (fault === 'verified') accepted.push(Buffer.from(bytes).toString('hex'));
  }
  expect(accepted).toEqual([]);
  expect(seen.size).toBeGreaterThan(6);
}, 120_000);

test('every single octet of a token counts', () => {
  const token = makeToken();
  const accepted: number[] = [];
  for (let index = 0; index < token.length; index += 1) {
    const bytes = Buffer.from(token);
    bytes[index] = (bytes[index] ?? 0) ^ (1 << (index % 8));
    if (faultOf(bytes) === 'verified') accepted.push(index);
  }
  expect(accepted).toEqual([]);
}, 60_000);

describe('openssl is of the same mind', () => {
  const verify = (token: Uint8Array): string => {
    try {
      return runOpenssl(['ts', '-verify', '-digest', DIGEST, '-in', 'FILE', '-CAfile', AUTHORITY.pathname], token).toString().trim();
    } catch {
      return 'refused';
    }
  };
  const AUTHORITY = new URL('../../content/timestamps/authorities/made-up-time-stamping-root.pem', import.meta.url);

  test('the certificate that the repository pins is the one of the tests', () => {
    expect(readFileSync(AUTHORITY, 'utf8')).toBe(pem('CERTIFICATE', ROOT.certificate));
  });

  // Its `ts` reads tokens as PKCS #7, which knows no signer by its key.
  const KNOWN = Object.entries(GOOD_TOKENS).filter(([what]) => what !== 'that names its signer by the key');
  test.skipIf(OPENSSL.absent).each(KNOWN)(`a token %s${OPENSSL.reason}`, (_, token) => {
    expect(verify(token)).toBe('Verification: OK');
  });

  const SHARED = ['other-digest', 'content-altered', 'signature-broken', 'signer-unknown', 'signer-unfit', 'attributes-broken', 'authority-unpinned'];
  // It passes over these.
  const PASSED = ['a token over a digest of SHA-1', 'another type of content among what is signed', 'a unit for signatures too'];
  test.skipIf(OPENSSL.absent).each(BAD_TOKENS.filter(([what, , fault]) => SHARED.includes(fault) && !PASSED.includes(what)))(
    `%s${OPENSSL.reason}`,
    (_, token) => {
      expect(verify(token)).toBe('refused');
    },
  );
});
