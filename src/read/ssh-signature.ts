import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { decodeBase64 } from './x509/pem.ts';

/** A signature as ssh-keygen makes it, taken apart and tried (PROTOCOL.sshsig of OpenSSH). */
export interface SshSignature {
  /** The public key in the format of SSH, and how people name it: `SHA256:…`. */
  readonly key: Uint8Array;
  readonly fingerprint: string;
  /** What it is for; git signs for `git`. */
  readonly namespace: string;
  /** `unsupported` for keys that this program does not know, such as those of security keys. */
  readonly state: 'verified' | 'broken' | 'unsupported';
}

/** A line of the allowed signers. Times are milliseconds. */
export interface AllowedSigner {
  readonly principals: string;
  readonly key: Uint8Array;
  readonly namespaces: readonly string[] | undefined;
  readonly after: number;
  readonly before: number;
}

const ARMOUR = /^-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]{1,20000})\n-----END SSH SIGNATURE-----\n*$/;
const DIGESTS: readonly string[] = ['sha256', 'sha512'];

/** Verifies an armoured signature over a message with the key within it; undefined for anything else than such a signature. Whose key that is says nothing here. */
export function readSshSignature(message: Uint8Array, armoured: string): SshSignature | undefined {
  const bytes = decodeBase64(ARMOUR.exec(armoured.replace(/\r\n/g, '\n'))?.[1] ?? '');
  if (!bytes || bytes.length < 10 || Buffer.from(bytes.subarray(0, 6)).toString('latin1') !== 'SSHSIG') return undefined;
  const strings = splitStrings(bytes.subarray(10));
  const [key, namespace, reserved, algorithm, signature] = strings ?? [];
  if (Buffer.from(bytes).readUInt32BE(6) !== 1 || strings?.length !== 5 || !key || !namespace || !reserved || !algorithm || !signature) return undefined;
  const digest = DIGESTS.find((known) => known === text(algorithm));
  const signed =
    digest && Buffer.concat([Buffer.from('SSHSIG'), ...[namespace, reserved, algorithm, createHash(digest).update(message).digest()].map(withLength)]);
  const fingerprint = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
  return { key, fingerprint, namespace: text(namespace), state: signed ? tryKey(key, signed, signature) : 'unsupported' };
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

function withLength(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** The strings of SSH, each after its length; undefined where they do not fill the octets. */
function splitStrings(bytes: Uint8Array): Uint8Array[] | undefined {
  const strings: Uint8Array[] = [];
  for (let position = 0; position < bytes.length; ) {
    if (position + 4 > bytes.length) return undefined;
    const end = position + 4 + Buffer.from(bytes).readUInt32BE(position);
    if (end > bytes.length) return undefined;
    strings.push(bytes.subarray(position + 4, end));
    position = end;
  }
  return strings;
}

/** Kinds of signatures, with the kind of key, the digest and, for curves, the octets of a number. */
const KINDS: Readonly<Record<string, { key: string; digest: string | null; curve?: string; size?: number }>> = {
  'ssh-ed25519': { key: 'ssh-ed25519', digest: null },
  'rsa-sha2-256': { key: 'ssh-rsa', digest: 'sha256' },
  'rsa-sha2-512': { key: 'ssh-rsa', digest: 'sha512' },
  'ecdsa-sha2-nistp256': { key: 'ecdsa-sha2-nistp256', digest: 'sha256', curve: 'P-256', size: 32 },
  'ecdsa-sha2-nistp384': { key: 'ecdsa-sha2-nistp384', digest: 'sha384', curve: 'P-384', size: 48 },
  'ecdsa-sha2-nistp521': { key: 'ecdsa-sha2-nistp521', digest: 'sha512', curve: 'P-521', size: 66 },
};

function tryKey(publicKey: Uint8Array, signed: Uint8Array, signature: Uint8Array): SshSignature['state'] {
  const [type, value, ...rest] = splitStrings(signature) ?? [];
  const [keyType, ...parts] = splitStrings(publicKey) ?? [];
  if (!type || !value || !keyType) return 'broken';
  const kind = Object.hasOwn(KINDS, text(type)) ? KINDS[text(type)] : undefined;
  if (!kind) return 'unsupported';
  if (kind.key !== text(keyType) || rest.length > 0) return 'broken';
  try {
    const key = makeKey(kind, parts);
    const { size } = kind;
    if (size === undefined) return verify(kind.digest, signed, key, value) ? 'verified' : 'broken';
    const numbers = (splitStrings(value) ?? []).map((number) => padNumber(number, size));
    return numbers.length === 2 && verify(kind.digest, signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.concat(numbers)) ? 'verified' : 'broken';
  } catch {
    return 'broken';
  }
}

/** Throws for what is no key. */
function makeKey({ key, curve, size = 0 }: (typeof KINDS)[string], parts: readonly Uint8Array[]): KeyObject {
  const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = parts;
  const write = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
  if (key === 'ssh-ed25519') return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: write(first) }, format: 'jwk' });
  if (curve === undefined) return createPublicKey({ key: { kty: 'RSA', e: write(trim(first)), n: write(trim(second)) }, format: 'jwk' });
  return createPublicKey({ key: { kty: 'EC', crv: curve, x: write(second.subarray(1, 1 + size)), y: write(second.subarray(1 + size)) }, format: 'jwk' });
}

const trim = (number: Uint8Array): Uint8Array => (number[0] === 0 ? number.subarray(1) : number);

/** A number of a fixed size. */
function padNumber(number: Uint8Array, size: number): Buffer {
  const digits = trim(number);
  if (digits.length > size) throw new RangeError('The number has too many octets.');
  return Buffer.concat([Buffer.alloc(size - digits.length), digits]);
}

const OPTION = /([a-z-]+)(?:="([^"]*)")?/gi;

/** The lines of allowed signers that name a key; those of certificate authorities are passed over. */
export function readAllowedSigners(content: string): AllowedSigner[] {
  return content.split(/\r?\n/).flatMap((line): AllowedSigner[] => {
    const [, principals, options = '', base64] =
      /^\s*("[^"]+"|[^\s#"]\S*)\s+(?:((?:[^\s"]|"[^"]*")+)\s+)??(?:ssh-|ecdsa-|sk-)\S+\s+([A-Za-z0-9+/=]+)/.exec(line) ?? [];
    const key = decodeBase64(base64 ?? '');
    const known = new Map([...options.matchAll(OPTION)].map(([, name = '', value = '']) => [name.toLowerCase(), value]));
    if (principals === undefined || !key || known.has('cert-authority')) return [];
    const namespaces = known.get('namespaces')?.split(',');
    const after = readTime(known.get('valid-after')) ?? Number.NEGATIVE_INFINITY;
    return [{ principals: principals.replace(/"/g, ''), key, namespaces, after, before: readTime(known.get('valid-before')) ?? Number.POSITIVE_INFINITY }];
  });
}

/** `YYYYMMDD[HHMM[SS]][Z]`, always taken as UTC. */
function readTime(written: string | undefined): number | undefined {
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z?$/.exec(written ?? '') ?? [];
  return year === undefined ? undefined : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
