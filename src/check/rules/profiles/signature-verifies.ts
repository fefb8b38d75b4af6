import { findExtension } from '../../../model/certificate-extension.ts';
import { type Deployed, deployedOf, isCa, type Responder, type SignatureState } from '../../../model/deployed.ts';
import { writeDistinguishedName } from '../../../model/distinguished-name.ts';
import type { Observation, Place, Rule } from '../../../model/finding.ts';
import { commonName } from '../../deployed-cas.ts';

/** Whatever is deployed is signed by a CA that is deployed; an OCSP response by a signer of such a CA. */
export const signatureVerifies: Rule = {
  id: 'profiles/signature-verifies',
  demands: 'The signatures of certificates, CRLs and OCSP responses verify with the certificates of their CAs and signers.',
  basis: { standard: 'ETSI EN 319 411-1', edition: 'V1.5.1', clause: 'CSS-6.3.10-03' },
  severity: 'error',
  *check({ deployed }) {
    const certificates = deployedOf(deployed, 'certificate');
    const known = new Set(certificates.map(({ sha256 }) => sha256));
    for (const item of [...certificates, ...deployedOf(deployed, 'crl'), ...deployedOf(deployed, 'ocsp-response')]) {
      yield* checkItem(item);
      // A signer that lies there by itself too has been seen already.
      if (item.responder && !known.has(item.responder.sha256)) yield* checkResponder(item.responder, item.place);
    }
  },
};

function* checkItem(item: Deployed): Iterable<Observation> {
  const { facts, place, signature } = item;
  const path = facts.kind === 'ocsp-response' ? (facts.basic?.signatureAlgorithm.at ?? '') : facts.signatureAlgorithm.at;
  if (facts.kind === 'ocsp-response' && !facts.basic) return;
  // Of a CA whose issuer is not there profiles/ca-agrees speaks.
  const isOfCa = facts.kind === 'certificate' && isCa(facts);
  if (!(isOfCa && signature === 'no-issuer')) yield* observe(signature, { name: nameItem(item), signer: nameSigner(item), at: { ...place, path } });
}

function* checkResponder({ facts, signature }: Responder, place: Place): Iterable<Observation> {
  const name = `The certificate of the OCSP signer ${commonName(facts.subject)}`;
  yield* observe(signature, { name, signer: writeDistinguishedName(facts.issuer), at: { ...place, path: 'basic.certs' } });
}

function nameItem({ facts }: Deployed): string {
  if (facts.kind === 'certificate') return `The certificate of ${commonName(facts.subject)}`;
  return facts.kind === 'crl' ? `The CRL of ${commonName(facts.issuer)}` : 'The OCSP response';
}

function nameSigner({ facts }: Deployed): string {
  if (facts.kind !== 'ocsp-response') {
    const key = findExtension(facts, 'authorityKeyIdentifier')?.value?.keyIdentifier;
    return `${writeDistinguishedName(facts.issuer)}${key === undefined ? '' : ` with the key identifier ${key}`}`;
  }
  const { byName, byKey } = facts.basic?.responderID ?? {};
  return byName ? writeDistinguishedName(byName) : `the signer whose key has the SHA-1 digest ${byKey ?? ''}`;
}

interface Signed {
  name: string;
  signer: string;
  at: Place;
}

function* observe(signature: SignatureState, { name, signer, at }: Signed): Iterable<Observation> {
  if (signature === 'broken') {
    yield {
      message: `${name} has a signature that does not verify.`,
      at,
      seen: `a signature that the key of ${signer} did not make over these octets`,
      expected: 'one that was made with that key',
      advice: 'Export the file again from where it came; it was altered or damaged, or is of another CA of the same name.',
    };
  }
  if (signature === 'no-issuer') {
    yield {
      message: `${name} is signed by somebody whose certificate is not deployed.`,
      at,
      seen: signer,
      expected: 'a signer whose certificate lies in content/certificates, or comes along with an OCSP response',
      advice: 'Put the certificate of the CA or signer there; or take the file away, if it is not one of yours.',
    };
  }
  if (signature !== 'unsupported') return;
  yield {
    message: `${name} has a signature that cannot be verified here.`,
    at,
    seen: 'an algorithm or a key that this program does not know',
    expected: 'RSA, ECDSA or EdDSA with a digest of the SHA-1, SHA-2 or SHA-3 family, or ML-DSA where Node knows it',
    advice: 'Verify it by other means.',
    severity: 'info',
  };
}
