import { constructed, type Element, readElement, TAG } from './der.ts';
import { Field } from './field.ts';
import { Reading } from './reading.ts';

/**
 * The certificates and CRLs that a PKCS #7 or CMS SignedData carries (RFC 5652, 5.1), each as its own DER, in their
 * order. Neither its signatures nor its content are looked at. Throws a `DerFault` where its frame is broken.
 */
export function readPkcs7(bytes: Uint8Array): Uint8Array[] {
  const outer = new Field(new Reading(bytes), 'pkcs7', readElement(bytes, 0, bytes.length, 'pkcs7')).fields();
  outer.next('contentType').oid();
  const fields = outer.next('content').content().fields();
  fields.next('version').number();
  fields.next('digestAlgorithms').demand(TAG.set);
  fields.next('encapContentInfo').demand(TAG.sequence);
  const certificates = fields.optional('certificates', constructed(0));
  const crls = fields.optional('crls', constructed(1));
  return [certificates, crls].flatMap((field) => (field ? readMembers(field) : []));
}

/** Other kinds of certificates and of revocation information have context tags, and are passed over. */
function readMembers({ reading, element, at }: Field): Uint8Array[] {
  const { bytes } = reading;
  const members: Element[] = [];
  for (let position = element.start; position < element.end; ) {
    const member = readElement(bytes, position, element.end, at);
    position = member.next;
    if (member.tag === TAG.sequence) members.push(member);
  }
  return members.map(({ offset, next }) => bytes.subarray(offset, next));
}
