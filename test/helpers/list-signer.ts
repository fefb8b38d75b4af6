import type { KeyObject } from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import { readKey } from '../../scripts/example-certificates.ts';
import type { Octets } from './der.ts';
import { encodeName } from './encode-extensions.ts';
import { encodeTbsCertificate, serialOf, signX509 } from './encode-x509.ts';
import type { ListSigning } from './sign-list.ts';

/** DER of a certificate for any key, with which lists can be signed; the CA of the lists has made it, whatever the key is. */
export function makeSignerCertificate(key: KeyObject, commonName = 'Made-up list signer'): Octets {
  const algorithm = 'sha256WithRSAEncryption';
  const tbs = encodeTbsCertificate({
    serial: serialOf(commonName),
    algorithm,
    issuer: encodeName({ countryName: 'AT', commonName: 'Made-up CA for list signers' }),
    subject: encodeName({ countryName: 'AT', commonName }),
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2030-12-31T23:59:59Z',
    key: key.type === 'private' ? createPublicKey(key) : key,
    extensions: [],
  });
  return signX509(tbs, { key: readKey('at-list-signer'), algorithm });
}

/** Signs with a key of any kind. */
export const signerWith = (key: KeyObject, more: Partial<ListSigning> = {}): ListSigning => ({
  key,
  certificate: makeSignerCertificate(key),
  signedAt: '2026-11-23T08:00:00Z',
  ...more,
});
