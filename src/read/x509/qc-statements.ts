import type { NamedOid } from '../../model/asn1.ts';
import { oidName } from '../../model/oid-name.ts';
import type { PdsLocation, PspRole, QcStatement, QcStatementName, QcStatementValues, SemanticsInformation } from '../../model/qc-statement.ts';
import { TAG } from './der.ts';
import { attempt, Field } from './field.ts';
import { readGeneralNames } from './name.ts';

/** Reads the statementInfo of each known statement. The field has the path of the statement. */
type Readers = { readonly [Name in QcStatementName]: (info: Field) => QcStatementValues[Name] };

const READERS: Omit<Readers, 'QcCompliance' | 'QcSSCD'> = {
  QcType: (info) => ({ types: readOids(info, `${info.at}.types`, 1) }),
  QcPDS: (info) => ({ locations: info.list(readLocation, `${info.at}.locations`) }),
  QcLimitValue: readLimit,
  QcRetentionPeriod: (info) => ({ years: info.number() }),
  QcCClegislation: (info) => ({ countries: readCountries(info) }),
  QcIdentMethod: (info) => ({ methods: readOids(info, `${info.at}.methods`, 1) }),
  QcQSCDlegislation: (info) => ({ countries: readCountries(info) }),
  PSD2: readPaymentService,
  'pkixQCSyntax-v1': readSemantics,
  'pkixQCSyntax-v2': readSemantics,
};

/** Reads QCStatements (RFC 3739, 3.2.6). A statement whose content cannot be decoded stays without a value. */
export function readQcStatements(value: Field): QcStatement[] {
  return value.list(readStatement);
}

function readStatement(field: Field): QcStatement {
  const fields = field.fields();
  const oid = fields.next('statementId').oid();
  const info = fields.more ? fields.next('statementInfo') : undefined;
  fields.end();
  const base = { at: field.at, oid, ...(info && { hex: info.der() }) };
  const name = oidName(oid);
  if (name === 'QcCompliance' || name === 'QcSSCD') {
    if (info) info.report('unexpected-value', `The statement ${name} in ${field.at} has a value.`, info.hex(32) || 'NULL', 'nothing');
    return { ...base, name, value: {} };
  }
  if (name === undefined || !isKnown(name)) return base;
  const value = readInfo(field, name, info);
  // The table of readers ties each name to its value, which the compiler does not follow through a union.
  return { ...base, name, ...(value !== undefined && { value }) } as QcStatement;
}

const isKnown = (name: string): name is keyof typeof READERS => Object.hasOwn(READERS, name);

function readInfo(field: Field, name: keyof typeof READERS, info: Field | undefined): object | undefined {
  if (info) return attempt(field.reading, () => READERS[name](new Field(field.reading, field.at, info.element)));
  // RFC 3739, 3.2.6.1: this syntax stands alone where nothing is said about the semantics.
  if (name.startsWith('pkixQCSyntax')) return {};
  field.report('missing-value', `The statement ${name} in ${field.at} has no value.`, 'nothing', 'the value of the statement');
  return undefined;
}

function readOids(info: Field, at: string, most: number): NamedOid[] {
  const oids = info.list((item) => item.namedOid(), at);
  if (oids.length > most) info.report('wrong-size', `The list ${at} has too many elements.`, `${oids.length}`, `${most}`);
  return oids;
}

const TWO_LETTERS = { types: ['PrintableString'], least: 2, most: 2 } as const;

function readLocation(field: Field): PdsLocation {
  const fields = field.fields();
  const url = fields.next('url').text({ types: ['IA5String'] }).value;
  const language = fields.next('language').text(TWO_LETTERS).value;
  fields.end();
  return { at: field.at, url, language };
}

/** MonetaryValue. The exponent may be negative; a negative amount is for a rule to judge. */
function readLimit(info: Field): QcStatementValues['QcLimitValue'] {
  const fields = info.fields();
  const currency = readCurrency(fields.next('currency'));
  const amount = fields.next('amount').number();
  const exponent = fields.next('exponent').number();
  fields.end();
  return { currency, amount, exponent };
}

function readCurrency(field: Field): string | number {
  if (!field.is(TAG.integer)) return field.text({ types: ['PrintableString'], least: 3, most: 3 }).value;
  const number = field.number();
  if (number < 1 || number > 999) field.report('wrong-size', `The currency in ${field.at} is no number of ISO 4217.`, String(number), '1 to 999');
  return number;
}

function readCountries(info: Field): string[] {
  return info.list((country) => country.text(TWO_LETTERS).value, `${info.at}.countries`);
}

const UP_TO_256 = { types: ['UTF8String'], most: 256 } as const;

/** PSD2QcType of TS 119 495, Annex A. */
function readPaymentService(info: Field): QcStatementValues['PSD2'] {
  const fields = info.fields();
  const roles = fields.next('roles').list(readRole);
  const authorityName = fields.next('authorityName').text(UP_TO_256).value;
  const authorityId = fields.next('authorityId').text(UP_TO_256).value;
  fields.end();
  return { roles, authorityName, authorityId };
}

function readRole(field: Field): PspRole {
  const fields = field.fields();
  const role = fields.next('roleOid').namedOid();
  const roleName = fields.next('roleName').text(UP_TO_256).value;
  fields.end();
  return { ...role, at: field.at, roleName };
}

/** SemanticsInformation of RFC 3739, A.2: one of the two must be there. */
function readSemantics(info: Field): SemanticsInformation {
  const fields = info.fields();
  const identifier = fields.optional('semanticsIdentifier', TAG.oid)?.namedOid();
  const authorities = fields.optional('nameRegistrationAuthorities', TAG.sequence);
  fields.end();
  if (!identifier && !authorities)
    info.report('missing-value', `The semantics information in ${info.at} is empty.`, 'an empty sequence', 'an identifier or authorities');
  return {
    ...(identifier && { semanticsIdentifier: identifier }),
    ...(authorities && { nameRegistrationAuthorities: readGeneralNames(authorities) }),
  };
}
