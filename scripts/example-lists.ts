// `npm run example-lists` makes content/trusted-lists/ anew: a made-up list of the lists, its pivot and two national lists,
// signed with keys that everybody has. An ECDSA signature is another one each time, so what an earlier run wrote stays as
// long as what is signed is the same.
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { type Octets, oid, pem, sequence } from '../test/helpers/der.ts';
import { encodeBasicConstraints, encodeExtension, encodeKeyUsage, encodeName, encodeSubjectKey } from '../test/helpers/encode-extensions.ts';
import { deriveKey, encodeTbsCertificate, isSignatureOver, keyIdentifier, type SignatureAlgorithm, serialOf, signX509 } from '../test/helpers/encode-x509.ts';
import { signList } from '../test/helpers/sign-list.ts';
import { type ListPlan, writeList } from '../test/helpers/write-list.ts';
import { readKey } from './example-certificates.ts';
import { type Identities, type ListId, MADE_UP, type MadeUp, planLists, SIGNED, SNAPSHOT } from './example-list-entries.ts';

const OUTPUT = fileURLToPath(new URL('../content/trusted-lists/', import.meta.url));
const AUTHORITIES = fileURLToPath(new URL('../content/certificates/ca/', import.meta.url));

/** What an earlier run wrote, by the name of the file. */
export type Kept = (file: string) => string | undefined;

/** The keys of list signers with RSA lie in scripts/example-keys/; all others are computed from the name. */
const isRsa = (id: MadeUp): boolean => 'rsa' in MADE_UP[id];
const keyOf = (id: MadeUp): KeyObject => (isRsa(id) ? readKey(id) : deriveKey(id));

const algorithmOf = (id: MadeUp): SignatureAlgorithm => (isRsa(id) ? 'sha256WithRSAEncryption' : 'ecdsa-with-SHA256');
/** Trusted list signing (TS 119 612, 5.7.1). */
const LIST_SIGNING = encodeExtension('extKeyUsage', sequence(oid('0.4.0.2231.3.0')));

/** A certificate that its own key has signed. */
function makeOwnCertificate(id: MadeUp, kept: readonly Octets[]): Octets {
  const { subject, use, notBefore, notAfter } = MADE_UP[id];
  const key = keyOf(id);
  const uses = {
    list: [encodeKeyUsage(['digitalSignature']), LIST_SIGNING],
    ca: [encodeBasicConstraints(), encodeKeyUsage(['keyCertSign', 'cRLSign'])],
    time: [encodeKeyUsage(['digitalSignature']), encodeExtension('extKeyUsage', sequence(oid('1.3.6.1.5.5.7.3.8')), true)],
  };
  const tbs = encodeTbsCertificate({
    serial: serialOf(id),
    algorithm: algorithmOf(id),
    issuer: encodeName(subject),
    subject: encodeName(subject),
    notBefore,
    notAfter,
    key: createPublicKey(key),
    extensions: [encodeSubjectKey(keyIdentifier(key)), ...uses[use]],
  });
  const signer = { key, algorithm: algorithmOf(id) };
  return kept.find((certificate) => isSignatureOver(tbs, certificate, signer)) ?? signX509(tbs, signer);
}

const listCertificates = (text: string): readonly Octets[] =>
  [...text.matchAll(/<(?:ds:)?X509Certificate>([^<]+)</g)].map(([, content]) => Buffer.from(content ?? '', 'base64'));

/** The certificates that lists name: those of the example's CAs, and those that are made up for the lists alone. */
export function makeIdentities(kept: Kept): Identities {
  const before = Object.values(SIGNED).flatMap(({ file }) => listCertificates(kept(file) ?? ''));
  const own = new Map<string, Octets>((Object.keys(MADE_UP) as MadeUp[]).map((id) => [id, makeOwnCertificate(id, before)]));
  return (id) => own.get(id) ?? readFileSync(`${AUTHORITIES}${id}.der`);
}

const sha256 = (content: Octets | string): string => createHash('sha256').update(content).digest('hex');

export interface MadeLists {
  /** All files by name. */
  readonly files: ReadonlyMap<string, string>;
  readonly certificateOf: Identities;
}

/** Changes what lists say before they are signed. */
export type ChangeLists = Readonly<Partial<Record<ListId, (plan: ListPlan) => ListPlan>>>;

/** All files of content/trusted-lists/ but the README. What is changed is signed as the rest, and the snapshot holds its digest. */
export function makeLists(kept: Kept, changes: ChangeLists = {}): MadeLists {
  const certificateOf = makeIdentities(kept);
  const plans = planLists(certificateOf);
  const files = new Map<string, string>();
  for (const [id, { file, signer, ...how }] of Object.entries(SIGNED) as [ListId, (typeof SIGNED)[ListId]][]) {
    const plan = (changes[id] ?? ((same) => same))(plans[id]);
    const signing = { key: keyOf(signer), certificate: certificateOf(signer), kept: kept(file), ...how };
    files.set(file, signList(writeList(plan), signing));
  }
  files.set(SNAPSHOT.anchors, pem('CERTIFICATE', certificateOf(SNAPSHOT.anchor)));
  return { files: files.set('snapshot.yaml', writeSnapshot(files)), certificateOf };
}

function writeSnapshot(files: ReadonlyMap<string, string>): string {
  const entry = (file: string) => ({ file, location: `${SNAPSHOT.locations}${file}`, sha256: sha256(files.get(file) ?? '') });
  const snapshot = {
    taken: SNAPSHOT.taken,
    anchors: { journal: SNAPSHOT.journal, files: [SNAPSHOT.anchors] },
    listOfLists: entry(SIGNED.lotl.file),
    pivots: [entry(SIGNED.pivot.file)],
    lists: [
      { country: 'AT', ...entry(SIGNED.AT.file) },
      { country: 'DE', ...entry(SIGNED.DE.file) },
    ],
  };
  return `# Written by npm run example-lists. Made up: never trust any of these lists.\n${stringify(snapshot, { lineWidth: 0 })}`;
}

/** Reads what an earlier run wrote to content/trusted-lists/. */
export const readKept: Kept = (file) => (existsSync(OUTPUT + file) ? readFileSync(OUTPUT + file, 'utf8') : undefined);

if (import.meta.main) {
  mkdirSync(OUTPUT, { recursive: true });
  for (const [file, content] of makeLists(readKept).files) writeFileSync(OUTPUT + file, content);
}
