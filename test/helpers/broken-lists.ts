import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readKey } from '../../scripts/example-certificates.ts';
import { SIGNED } from '../../scripts/example-list-entries.ts';
import type { AuthenticationFault } from '../../src/model/authentic-list.ts';
import { deriveKey } from './encode-x509.ts';
import { makeSignerCertificate } from './list-signer.ts';
import { type ListSigning, signList } from './sign-list.ts';

/** A list that has to be refused, and why. */
export interface BrokenList {
  readonly name: string;
  readonly text: string;
  readonly reason: AuthenticationFault;
}

/** The signed Austrian and German lists of the example, the certificates of their signers, and files and addresses that nobody may open. */
export interface Material {
  readonly at: string;
  readonly de: string;
  readonly certificateOf: (id: 'at-list-signer' | 'de-list-signer' | 'list-of-lists-signer-b') => Uint8Array;
  readonly canaryFile: string;
  readonly canaryAddress: string;
}

type Variant = readonly [name: string, text: string, reason: AuthenticationFault];
const toBroken = (variants: readonly Variant[]): readonly BrokenList[] => variants.map(([name, text, reason]) => ({ name, text, reason }));

const SIGNATURE = /<ds:Signature [\s\S]*<\/ds:Signature>/;
const signatureOf = (text: string): string => SIGNATURE.exec(text)?.[0] ?? '';
const withoutSignature = (text: string): string => text.replace(SIGNATURE, '');
const rootTagOf = (text: string): string => /<TrustServiceStatusList[^>]*>/.exec(text)?.[0] ?? '';
const withoutHead = (text: string): string => text.replace(/^<\?xml[^>]*\?>\s*/, '');
const otherIds = (text: string): string => text.replaceAll('list-signature', 'other-signature');

/** Throws where there is nothing to replace, so that no variant is the list as it was. */
function swap(text: string, before: string | RegExp, after: string): string {
  const changed = text.replace(before, () => after);
  if (changed === text) throw new Error(`There is no ${before} to replace.`);
  return changed;
}
const beforeEnd = (text: string, more: string): string => swap(text, /<\/TrustServiceStatusList>\s*$/, `${more}</TrustServiceStatusList>\n`);

/** Signatures that are missing, moved, doubled, or around something else than the list. */
export function listWrapped({ at, de }: Material): readonly BrokenList[] {
  const signature = signatureOf(de);
  const bare = withoutSignature(de);
  const original = withoutHead(bare);
  /** A forged list that holds the signature, and in it the list that was signed. */
  const forge = (rootId: string, place: (signed: string) => string): string => {
    const tag = rootTagOf(de).replace(/ Id="[^"]*"/, rootId && ` Id="${rootId}"`);
    return beforeEnd(swap(bare.replace(rootTagOf(de), tag), 'granted', 'withdrawn'), place(original));
  };
  const within = (signed: string): string => swap(signature, '</ds:Signature>', `<ds:Object>${signed}</ds:Object></ds:Signature>`);
  return toBroken([
    ['the signature taken out', withoutSignature(at), 'signature-missing'],
    ['the signature in another namespace', swap(at, 'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"', 'xmlns:ds="urn:other"'), 'signature-missing'],
    ['the signature doubled', beforeEnd(at, signatureOf(at)), 'duplicate-id'],
    ['the signature doubled under other identifiers', beforeEnd(at, otherIds(signatureOf(at))), 'signature-not-one'],
    [
      'another signature within the signature',
      swap(at, '</ds:Signature>', `<ds:Object>${otherIds(signatureOf(at))}</ds:Object></ds:Signature>`),
      'signature-not-one',
    ],
    [
      'the signature moved into the scheme information',
      swap(withoutSignature(at), '</SchemeInformation>', `${signatureOf(at)}</SchemeInformation>`),
      'signature-form',
    ],
    [
      'the signature moved into an extension',
      swap(withoutSignature(at), '<Extension Critical="true">', `<Extension Critical="true">${signatureOf(at)}`),
      'signature-form',
    ],
    ['the signature outermost, the list in an Object of it', within(original), 'not-a-trusted-list'],
    ['the list within another element', `<wrapped>${withoutHead(at)}</wrapped>`, 'not-a-trusted-list'],
    ['a forged list around the signed one, which stands in an Object of the signature', forge('forged', within), 'signature-form'],
    ['the same, the forged list without an identifier', forge('', within), 'signature-form'],
    ['the same, the forged list with the identifier of the signed one', forge('list-de', within), 'signature-form'],
    ['the same, the identifier spelled otherwise', swap(forge('', within), 'TSLTag="http', 'ID="list-de" TSLTag="http'), 'signature-form'],
    ['a forged list with the signed one beside the signature', forge('forged', (signed) => signed + signature), 'signature-form'],
    ['a forged list with the signed one after the signature', forge('forged', (signed) => signature + signed), 'signature-form'],
    [
      'a copy of the list in an Object of the signature',
      swap(de, '</ds:Signature>', `<ds:Object>${original.replace(' Id="list-de"', '')}</ds:Object></ds:Signature>`),
      'signature-form',
    ],
    [
      'a second scheme information before the signed one',
      swap(
        at,
        '<SchemeInformation>',
        `<SchemeInformation>${/<SchemeInformation>([\s\S]*?)<\/SchemeInformation>/.exec(de)?.[1]}</SchemeInformation><SchemeInformation>`,
      ),
      'form',
    ],
    [
      'a second list of providers after the signed one',
      beforeEnd(at, /<TrustServiceProviderList>[\s\S]*<\/TrustServiceProviderList>/.exec(de)?.[0] ?? ''),
      'form',
    ],
    ['a part without a signature beside the signed ones', beforeEnd(at, '<SchemeExtensions/>'), 'digest-mismatch'],
    ['an identifier that stands twice', swap(at, '<TSPService>', '<TSPService Id="list-at">'), 'duplicate-id'],
    ['an identifier of XML that stands twice', swap(at, '<TSPService>', '<TSPService xml:id="list-signature">'), 'duplicate-id'],
    ['the signature of another list', beforeEnd(withoutSignature(at), signature), 'signature-form'],
  ]);
}

/** What was signed is another thing now. */
export function listAltered({ at, de, certificateOf }: Material): readonly BrokenList[] {
  const certificate = (id: Parameters<Material['certificateOf']>[0]): string => Buffer.from(certificateOf(id)).toString('base64');
  const second = [...at.matchAll(/<TSPService>[\s\S]*?<\/TSPService>/g)][1]?.[0] ?? '';
  const value = /<ds:SignatureValue>([^<]*)/.exec(at)?.[1] ?? '';
  const identities = [...at.matchAll(/<X509Certificate>([^<]*)</g)].map(([, content]) => content ?? '');
  return toBroken([
    ['a status changed', swap(at, 'Svcstatus/withdrawn', 'Svcstatus/granted'), 'digest-mismatch'],
    ['a start changed', swap(at, '2023-02-27T08:00:00Z', '2022-02-27T08:00:00Z'), 'digest-mismatch'],
    ['a service doubled', swap(at, second, second + second), 'digest-mismatch'],
    ['a service taken out', swap(at, second, ''), 'digest-mismatch'],
    ['the identity of a service swapped for another', swap(at, identities[1] ?? '', identities[2] ?? ''), 'digest-mismatch'],
    ['a use added', swap(at, 'SvcInfoExt/ForeSignatures', 'SvcInfoExt/ForeSeals'), 'digest-mismatch'],
    ['an extension no longer critical', swap(at, 'Critical="true"', 'Critical="false"'), 'digest-mismatch'],
    ['the next update later', swap(at, '2031-01-01', '2041-01-01'), 'digest-mismatch'],
    ['the next update doubled', swap(at, '<NextUpdate>', '<NextUpdate/><NextUpdate>'), 'form'],
    ['the territory of another country', swap(at, '<SchemeTerritory>AT', '<SchemeTerritory>DE'), 'digest-mismatch'],
    ['a comment that hides a part of a value', swap(at, '<SchemeTerritory>AT', '<SchemeTerritory>A<!--T-->'), 'digest-mismatch'],
    ['a value in CDATA that is another one', swap(at, '<SchemeTerritory>AT', '<SchemeTerritory><![CDATA[A T]]>'), 'digest-mismatch'],
    ['a processing instruction in the list', swap(at, '<SchemeInformation>', '<SchemeInformation><?say no?>'), 'instructions'],
    ['a processing instruction before the list', swap(at, '<TrustServiceStatusList', '<?xml-stylesheet href="x.xsl"?><TrustServiceStatusList'), 'instructions'],
    ['version 4', swap(at, '<TSLVersionIdentifier>6', '<TSLVersionIdentifier>4'), 'version'],
    ['version 7', swap(at, '<TSLVersionIdentifier>6', '<TSLVersionIdentifier>7'), 'version'],
    ['the time of signing changed', swap(at, '2026-11-16T09:30:00Z', '2026-11-16T09:30:01Z'), 'digest-mismatch'],
    [
      'the digest of the list that of a forged one',
      swap(swap(at, 'Svcstatus/withdrawn', 'Svcstatus/granted'), /<ds:DigestValue>[^<]*/, `<ds:DigestValue>${'A'.repeat(43)}=`),
      'digest-mismatch',
    ],
    ['the signature value changed', swap(at, value, `${value.startsWith('A') ? 'B' : 'A'}${value.slice(1)}`), 'signature-broken'],
    ['the signature value empty', swap(at, value, ''), 'signature-broken'],
    ['the signature value not in base64', swap(at, value, '*'), 'signature-form'],
    ['another certificate beside the signature', swap(at, certificate('at-list-signer'), certificate('list-of-lists-signer-b')), 'signer-mismatch'],
    ['no certificate beside the signature', swap(at, /<ds:KeyInfo>[\s\S]*<\/ds:KeyInfo>/, '<ds:KeyInfo/>'), 'signer-mismatch'],
    ['no KeyInfo', swap(at, /<ds:KeyInfo>[\s\S]*<\/ds:KeyInfo>/, ''), 'signature-form'],
    [
      'a second SignedInfo',
      swap(at, '<ds:SignedInfo>', `${/<ds:SignedInfo>[\s\S]*<\/ds:SignedInfo>/.exec(otherIds(de))?.[0]}<ds:SignedInfo>`),
      'signature-form',
    ],
  ]);
}

const C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const transform = (algorithm: string, content = ''): string => `<ds:Transform Algorithm="${algorithm}">${content}</ds:Transform>`;
/** The two transforms of the reference to the list. */
const TRANSFORMS = /<ds:Transforms>.*?<\/ds:Transforms>/;

/** Signed in earnest by the announced signer, but in ways that are none of the profile. */
export function listOtherwiseSigned({ at, certificateOf, canaryFile, canaryAddress }: Material): readonly BrokenList[] {
  const unsigned = withoutSignature(at);
  const own: ListSigning = { key: readKey('at-list-signer'), certificate: certificateOf('at-list-signer'), signedAt: SIGNED.AT.signedAt };
  const changed = (part: 'properties' | 'info' | 'signature', before: string | RegExp, after: string): string =>
    signList(unsigned, { ...own, change: { [part]: (text: string) => swap(text, before, after) } });
  const transforms = (...list: readonly string[]): string => changed('info', TRANSFORMS, `<ds:Transforms>${list.join('')}</ds:Transforms>`);
  const to = (uri: string): string => changed('info', 'URI=""', `URI="${uri}"`);
  const by = (key: KeyObject, more: Partial<ListSigning> = {}): string => signList(unsigned, { ...own, key, certificate: makeSignerCertificate(key), ...more });
  const xslt = `<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"><xsl:include href="${canaryAddress}"/></xsl:stylesheet>`;
  return toBroken([
    [
      'a transform by XPath',
      transforms(transform(`${DS}enveloped-signature`), transform('http://www.w3.org/TR/1999/REC-xpath-19991116', '<ds:XPath>false()</ds:XPath>')),
      'signature-form',
    ],
    [
      'a transform by XSLT',
      transforms(transform(`${DS}enveloped-signature`), transform('http://www.w3.org/TR/1999/REC-xslt-19991116', xslt)),
      'signature-form',
    ],
    ['a transform by base64', transforms(transform(`${DS}enveloped-signature`), transform(`${DS}base64`)), 'signature-form'],
    ['no transform', changed('info', TRANSFORMS, ''), 'signature-form'],
    ['the enveloped transform alone', transforms(transform(`${DS}enveloped-signature`)), 'signature-form'],
    ['the canonical form alone', transforms(transform(C14N)), 'signature-form'],
    ['the transforms in the other order', transforms(transform(C14N), transform(`${DS}enveloped-signature`)), 'signature-form'],
    ['three transforms', transforms(transform(`${DS}enveloped-signature`), transform(C14N), transform(C14N)), 'signature-form'],
    ['the canonical form with comments', transforms(transform(`${DS}enveloped-signature`), transform(`${C14N}WithComments`)), 'signature-form'],
    ['a reference to one part of the list', to('#list-at-part'), 'signature-form'],
    ['a reference by XPointer', to('#xpointer(/)'), 'signature-form'],
    ['a reference to a file', to(`file://${canaryFile}`), 'signature-form'],
    ['a reference to an address', to(canaryAddress), 'signature-form'],
    ['a reference without an address', changed('info', ' URI=""', ''), 'signature-form'],
    ['one reference to the list only', changed('info', /<ds:Reference Type.*<\/ds:Reference>/, ''), 'signature-form'],
    [
      'a third reference',
      changed(
        'info',
        '</ds:SignedInfo>',
        `<ds:Reference URI="${canaryAddress}"><ds:DigestMethod Algorithm="${DS}sha1"/><ds:DigestValue/></ds:Reference></ds:SignedInfo>`,
      ),
      'signature-form',
    ],
    ['the signed properties under another type', changed('info', '01903#SignedProperties', '01903#Other'), 'signature-form'],
    ['a digest of the list by SHA-1', changed('info', 'http://www.w3.org/2001/04/xmlenc#sha256', `${DS}sha1`), 'unsupported'],
    ['a signature by SHA-1', changed('info', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', `${DS}rsa-sha1`), 'unsupported'],
    ['a signature by HMAC', changed('info', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', `${DS}hmac-sha1`), 'unsupported'],
    [
      'parameters of the signature method',
      changed(
        'info',
        /(<ds:SignatureMethod[^>]*)\/>/,
        `<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"><ds:HMACOutputLength>8</ds:HMACOutputLength></ds:SignatureMethod>`,
      ),
      'unsupported',
    ],
    ['no signing certificate named', changed('properties', /<xades:SigningCertificateV2>.*<\/xades:SigningCertificateV2>/, ''), 'signature-form'],
    [
      'two signing certificates named',
      changed('properties', '<xades:SigningCertificateV2>', '<xades:SigningCertificate/><xades:SigningCertificateV2>'),
      'signature-form',
    ],
    ['another signing certificate named', changed('properties', /<ds:DigestValue>[^<]*/, `<ds:DigestValue>${'A'.repeat(43)}=`), 'signer-mismatch'],
    ['properties of another signature', changed('signature', 'Target="#list-signature"', 'Target="#other"'), 'signature-form'],
    ['a signature without an identifier', changed('signature', ' Id="list-signature"', ''), 'signature-form'],
    [
      'properties that are elsewhere',
      changed(
        'signature',
        '<ds:Object>',
        `<ds:Object><xades:QualifyingPropertiesReference xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" URI="${canaryAddress}"/></ds:Object><ds:Object><xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"/></ds:Object><ds:Object>`,
      ),
      'signature-form',
    ],
    [
      'a key that is another than that of the certificate',
      by(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, { certificate: own.certificate }),
      'signature-broken',
    ],
    ['a stranger with a certificate of its own', by(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey), 'signer-not-announced'],
    ['a stranger whose certificate has the key of the announced signer', by(own.key), 'signer-not-announced'],
    [
      'the signer of the list of the lists',
      by(readKey('list-of-lists-signer-b'), { certificate: certificateOf('list-of-lists-signer-b') }),
      'signer-not-announced',
    ],
    ['the signer of another country', by(deriveKey('de-list-signer'), { certificate: certificateOf('de-list-signer') }), 'signer-not-announced'],
    ['a key of RSA with 1024 bits', by(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey), 'unsupported'],
    ['a key on a curve that nobody uses for lists', by(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey), 'unsupported'],
  ]);
}
