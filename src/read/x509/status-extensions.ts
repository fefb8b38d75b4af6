import { type ExtensionValues, REASON_FLAGS, REVOCATION_REASONS } from '../../model/certificate-extension.ts';
import { primitive, TAG } from './der.ts';
import { readNothing, readPointName } from './extension-values.ts';
import type { Field } from './field.ts';
import { readGeneralNames } from './name.ts';

/** Octets of a CRL number, which RFC 5280, 5.2.3, limits to 20; some more are read as a number all the same. */
const MOST_CRL_NUMBER_OCTETS = 64;

/** Extensions that say something of a status, not of a certificate. */
export type StatusExtensionName =
  | 'cRLNumber'
  | 'deltaCRLIndicator'
  | 'issuingDistributionPoint'
  | 'expiredCertsOnCRL'
  | 'reasonCode'
  | 'invalidityDate'
  | 'certificateIssuer'
  | 'archiveCutoff'
  | 'ocspNonce'
  | 'ocspExtendedRevoke';

/** Reads the extensions of CRLs, of their entries, and of OCSP responses, by their names. */
export const STATUS_READERS: { readonly [Name in StatusExtensionName]: (value: Field) => ExtensionValues[Name] } = {
  cRLNumber: (value) => ({ number: readCrlNumber(value) }),
  deltaCRLIndicator: (value) => ({ baseCRLNumber: readCrlNumber(value) }),
  issuingDistributionPoint: readIssuingDistributionPoint,
  expiredCertsOnCRL: (value) => ({ since: value.time('GeneralizedTime') }),
  reasonCode: readReason,
  invalidityDate: (value) => ({ date: value.time('GeneralizedTime') }),
  certificateIssuer: (value) => ({ names: readGeneralNames(value) }),
  archiveCutoff: (value) => ({ since: value.time('GeneralizedTime') }),
  ocspNonce: (value) => ({ nonce: value.octets() }),
  ocspExtendedRevoke: readNothing,
};

function readCrlNumber(value: Field): string {
  const { hex, octets } = value.serialNumber();
  if (octets > MOST_CRL_NUMBER_OCTETS) value.fault(`The number in ${value.at} is too large.`, `${octets} octets`, 'at most 20 octets');
  const magnitude = BigInt(`0x${hex.replace('-', '')}`).toString();
  return hex.startsWith('-') ? `-${magnitude}` : magnitude;
}

/** RFC 5280, 5.2.5. */
function readIssuingDistributionPoint(value: Field): ExtensionValues['issuingDistributionPoint'] {
  const fields = value.fields();
  const name = readPointName(fields);
  const flag = (label: string, number: number) => fields.optional(label, primitive(number))?.as(TAG.boolean).boolean() ?? false;
  const onlyContainsUserCerts = flag('onlyContainsUserCerts', 1);
  const onlyContainsCACerts = flag('onlyContainsCACerts', 2);
  const reasons = fields.optional('onlySomeReasons', primitive(3))?.as(TAG.bitString).bits(REASON_FLAGS);
  const indirectCRL = flag('indirectCRL', 4);
  const onlyContainsAttributeCerts = flag('onlyContainsAttributeCerts', 5);
  fields.end();
  return { ...name, onlyContainsUserCerts, onlyContainsCACerts, ...(reasons && { onlySomeReasons: reasons }), indirectCRL, onlyContainsAttributeCerts };
}

function readReason(value: Field): ExtensionValues['reasonCode'] {
  const code = value.number(TAG.enumerated);
  const reason = REVOCATION_REASONS[code];
  return { code, ...(reason !== undefined && { reason }) };
}
