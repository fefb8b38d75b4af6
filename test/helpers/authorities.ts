import { createPublicKey } from 'node:crypto';
import type { Deployed } from '../../src/model/deployed.ts';
import { sha256 } from '../../src/read/register.ts';
import { verifyDeployed } from '../../src/read/signature.ts';
import { readX509 } from '../../src/read/x509/x509.ts';
import { integer, type Octets } from './der.ts';
import {
  encodeAccess,
  encodeAuthorityKey,
  encodeBasicConstraints,
  encodeCrlAddress,
  encodeExtension,
  encodeName,
  encodePolicies,
  encodeSubjectKey,
} from './encode-extensions.ts';
import { deriveKey, encodeTbsCertificate, encodeTbsCrl, keyIdentifier, type Revocation, serialOf, signX509 } from './encode-x509.ts';

const ALGORITHM = 'ecdsa-with-SHA256';
const keyOf = (name: string) => deriveKey(`authority ${name}`);
const nameOf = (commonName: string) => encodeName({ countryName: 'AT', commonName });
const links = (issuer: string) => ({
  authorityKeyIdentifier: encodeAuthorityKey(keyIdentifier(keyOf(issuer))),
  crl: encodeCrlAddress(`http://crl.example/${issuer}.crl`),
  access: encodeAccess({ caIssuers: `http://crt.example/${issuer}.cer`, ocsp: 'http://ocsp.example/' }),
});

/** Who issued, and what is otherwise than a right certificate from 2026-01-01 to the end of 2035. */
interface CaChanges {
  issuer?: string;
  notBefore?: string;
  notAfter?: string;
  /** Signed with another key than the issuer's. */
  broken?: boolean;
}

/** The serial number of a CA certificate that `makeCa` makes. */
export const caSerial = (name: string, issuer: string) => serialOf(`${name} by ${issuer}`);

/** The DER of a CA certificate; its key follows from its name, so that two certificates of one name are of one CA. */
export function makeCa(
  name: string,
  { issuer = name, notBefore = '2026-01-01T00:00:00Z', notAfter = '2035-12-31T23:59:59Z', broken = false }: CaChanges = {},
): Octets {
  const { authorityKeyIdentifier, crl, access } = links(issuer);
  const tbs = encodeTbsCertificate({
    serial: caSerial(name, issuer),
    algorithm: ALGORITHM,
    issuer: nameOf(issuer),
    subject: nameOf(name),
    notBefore,
    notAfter,
    key: createPublicKey(keyOf(name)),
    extensions: [encodeSubjectKey(keyIdentifier(keyOf(name))), encodeBasicConstraints(), authorityKeyIdentifier, ...(issuer === name ? [] : [crl, access])],
  });
  return signX509(tbs, { key: keyOf(broken ? 'somebody else' : issuer), algorithm: ALGORITHM });
}

/** The DER of a subscriber's certificate under a policy. */
export function makeLeaf(issuer: string, policy: string): Octets {
  const { authorityKeyIdentifier, crl, access } = links(issuer);
  const tbs = encodeTbsCertificate({
    serial: serialOf(`leaf of ${issuer}`),
    algorithm: ALGORITHM,
    issuer: nameOf(issuer),
    subject: nameOf('Somebody Secret'),
    notBefore: '2026-02-01T00:00:00Z',
    notAfter: '2027-01-31T23:59:59Z',
    key: createPublicKey(keyOf('leaf')),
    extensions: [authorityKeyIdentifier, encodePolicies([{ oid: policy }, { oid: '0.4.0.194112.1.2' }]), crl, access],
  });
  return signX509(tbs, { key: keyOf(issuer), algorithm: ALGORITHM });
}

/** The DER of a CA's CRL. */
export function makeCaCrl(
  issuer: string,
  thisUpdate: string,
  { number = 1, nextUpdate, revoked = [] }: { number?: number; nextUpdate?: string; revoked?: readonly Revocation[] } = {},
): Octets {
  const tbs = encodeTbsCrl({
    algorithm: ALGORITHM,
    issuer: nameOf(issuer),
    thisUpdate,
    ...(nextUpdate !== undefined && { nextUpdate }),
    revoked,
    extensions: [links(issuer).authorityKeyIdentifier, encodeExtension('cRLNumber', integer(number))],
  });
  return signX509(tbs, { key: keyOf(issuer), algorithm: ALGORITHM });
}

/** Files as a repository's reader gives them. */
export function deploy(files: Readonly<Record<string, Octets>>): readonly Deployed[] {
  const items = Object.entries(files).flatMap(([file, der]) =>
    readX509(der, `content/certificates/${file}`).items.map((item) => ({ ...item, sha256: sha256(item.der) })),
  );
  return verifyDeployed(items);
}
