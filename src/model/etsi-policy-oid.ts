import type { Policy } from './document.ts';

/** The object identifier of each policy of EN 319 411-2 (clause 5.3) and EN 319 411-1 (clause 5.3), as certificates name it. */
export const ETSI_POLICY_OIDS: Readonly<Record<NonNullable<Policy['conformsTo']>, string>> = {
  'QCP-n': '0.4.0.194112.1.0',
  'QCP-l': '0.4.0.194112.1.1',
  'QCP-n-qscd': '0.4.0.194112.1.2',
  'QCP-l-qscd': '0.4.0.194112.1.3',
  'QEVCP-w': '0.4.0.194112.1.4',
  'QNCP-w': '0.4.0.194112.1.5',
  'QNCP-w-gen': '0.4.0.194112.1.6',
  NCP: '0.4.0.2042.1.1',
  'NCP+': '0.4.0.2042.1.2',
  LCP: '0.4.0.2042.1.3',
  EVCP: '0.4.0.2042.1.4',
  DVCP: '0.4.0.2042.1.6',
  OVCP: '0.4.0.2042.1.7',
  IVCP: '0.4.0.2042.1.8',
};

/** The ETSI policy that an object identifier stands for. */
export function etsiPolicyOf(oid: string): NonNullable<Policy['conformsTo']> | undefined {
  return (Object.entries(ETSI_POLICY_OIDS) as [NonNullable<Policy['conformsTo']>, string][]).find(([, own]) => own === oid)?.[0];
}

/** Whether an object identifier is a policy of EN 319 411-2. These exclude each other; those of EN 319 411-1 can stand beside one of them. */
export const isQualifiedPolicy = (oid: string): boolean => oid.startsWith('0.4.0.194112.1.');

const QC_TYPES: Readonly<Record<string, 'esign' | 'eseal' | 'web'>> = { n: 'esign', l: 'eseal', w: 'web' };

/** The QcType (EN 319 412-5, 4.2.3) of certificates under a policy of EN 319 411-2; undefined for other policies. */
export function qcTypeOf(policy: string | undefined): 'esign' | 'eseal' | 'web' | undefined {
  return QC_TYPES[/^Q(?:EV|N)?CP-([nlw])/.exec(policy ?? '')?.[1] ?? ''];
}
