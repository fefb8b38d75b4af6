import type { Policy } from '../../src/model/document.ts';

const ARC = '1.3.6.1.4.1.99999.1.2';

/** The policies of the example as its front matter declares them. */
export const DECLARED = {
  'natural-person-qscd': declare(1, 'QCP-n-qscd', 'natural-person-qscd', true),
  'legal-person-qscd': declare(2, 'QCP-l-qscd', 'legal-person-qscd', true),
  'natural-person': declare(3, 'QCP-n', 'natural-person', false),
  website: declare(4, 'QNCP-w', 'website', false),
} as const;

function declare(number: number, conformsTo: NonNullable<Policy['conformsTo']>, profile: string, required: boolean): Policy {
  return { oid: `${ARC}.${number}`, name: profile, conformsTo, qualified: { statement: '1.1' }, qscd: { required, statement: '1.4.1' }, profile };
}

/** A seal policy without a QSCD, which the example does not have. */
export const SOFTWARE_SEAL: Policy = {
  oid: `${ARC}.2`,
  name: 'seal, software key',
  conformsTo: 'QCP-l',
  qualified: { statement: '1.1' },
  qscd: { required: false },
};
/** A policy that is not EU qualified. */
export const NOT_QUALIFIED: Policy = { oid: `${ARC}.3`, name: 'not qualified', conformsTo: 'NCP+' };
