import type { StringType } from '../../model/asn1.ts';
import type { NoticeReference, PolicyInformation, PolicyQualifier } from '../../model/certificate-extension.ts';
import { TAG } from './der.ts';
import { attempt, type Field } from './field.ts';

/** DisplayText of RFC 5280, 4.2.1.4. */
const DISPLAY_TEXT: { types: readonly StringType[]; most: number } = { types: ['UTF8String', 'IA5String', 'VisibleString', 'BMPString'], most: 200 };

/** Reads certificatePolicies. A qualifier that cannot be decoded stays as one of kind `other`. */
export function readPolicies(value: Field): PolicyInformation[] {
  return value.list((field) => {
    const fields = field.fields();
    const policy = fields.next('policyIdentifier').namedOid();
    const list = fields.optional('qualifiers', TAG.sequence);
    fields.end();
    return { ...policy, at: field.at, qualifiers: list?.list(readQualifier) ?? [] };
  });
}

function readQualifier(field: Field): PolicyQualifier {
  const fields = field.fields();
  const { oid, name } = fields.next('policyQualifierId').namedOid();
  const content = fields.more ? fields.next('qualifier') : undefined;
  fields.end();
  const known = content && attempt(field.reading, () => readKnownQualifier(field.at, name, content));
  if (!content) field.report('missing-value', `The qualifier ${field.at} has no value.`, 'nothing', 'the qualifier');
  return known ?? { at: field.at, kind: 'other', oid, ...(content && { hex: content.der() }) };
}

function readKnownQualifier(at: string, name: string | undefined, content: Field): PolicyQualifier | undefined {
  if (name === 'cps') return { at, kind: 'cps', uri: content.text({ types: ['IA5String'] }).value };
  if (name !== 'userNotice') return undefined;
  const fields = content.fields();
  const reference = fields.optional('noticeRef', TAG.sequence);
  const text = fields.more ? fields.next('explicitText').text(DISPLAY_TEXT) : undefined;
  fields.end();
  return { at, kind: 'userNotice', ...(reference && { noticeRef: readNoticeReference(reference) }), ...(text && { explicitText: text }) };
}

function readNoticeReference(field: Field): NoticeReference {
  const fields = field.fields();
  const organization = fields.next('organization').text(DISPLAY_TEXT);
  const noticeNumbers = fields.next('noticeNumbers').list((number) => number.number());
  fields.end();
  return { at: field.at, organization, noticeNumbers };
}
