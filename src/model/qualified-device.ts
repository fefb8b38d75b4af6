import type { QualificationFacts } from './qualifier.ts';
import type { Instant } from './time.ts';

export type DeviceVerdict = 'yes' | 'no' | 'indeterminate';

/** The trusted lists' rules of Regulation (EU) No 910/2014 hold from this instant on. */
export const EIDAS_START = '2016-06-30T22:00:00Z' as Instant;

/** The policy of TS 101 456 for certificates on a secure signature creation device. */
export const QCP_PLUS = '0.4.0.1456.1.1';

/** Whether the key is in a qualified device (TS 119 615, 4.5), and why. What contradicts itself is never "yes". */
export function judgeDevice(qualifiers: readonly string[], facts: QualificationFacts, at: Instant): { verdict: DeviceVerdict; says: string } {
  const has = (name: string): boolean => qualifiers.includes(name);
  const isEarly = at < EIDAS_START;
  const clash = isEarly ? findSscdClash(has) : findQscdClash(has);
  if (clash) return { verdict: 'indeterminate', says: clash };
  const yes = (isEarly ? ['QCWithSSCD'] : ['QCWithQSCD', 'QCQSCDManagedOnBehalf']).find(has);
  if (yes) return { verdict: 'yes', says: `the list says ${yes}` };
  const no = isEarly ? 'QCNoSSCD' : 'QCNoQSCD';
  if (has(no)) return { verdict: 'no', says: `the list says ${no}` };
  if (facts.qcSSCD) return { verdict: 'yes', says: 'the list leaves it to the certificate, which has QcSSCD' };
  if (isEarly && facts.policies?.includes(QCP_PLUS)) return { verdict: 'yes', says: 'the list leaves it to the certificate, which has the policy QCP+' };
  if (facts.qcSSCD === undefined) return { verdict: 'indeterminate', says: 'the list leaves it to the certificate, of which it is not known' };
  return { verdict: 'no', says: 'the list leaves it to the certificate, which has no QcSSCD' };
}

function findQscdClash(has: (name: string) => boolean): string | undefined {
  if (has('QCWithSSCD') && !has('QCWithQSCD')) return 'the list says QCWithSSCD, which ended with the Directive, without QCWithQSCD';
  if (has('QCNoSSCD') && !has('QCNoQSCD')) return 'the list says QCNoSSCD, which ended with the Directive, without QCNoQSCD';
  return findClash(has, [
    ['QCWithQSCD', 'QCNoQSCD'],
    ['QCQSCDManagedOnBehalf', 'QCNoQSCD'],
    ['QCQSCDStatusAsInCert', 'QCWithQSCD'],
    ['QCQSCDStatusAsInCert', 'QCNoQSCD'],
    ['QCQSCDStatusAsInCert', 'QCQSCDManagedOnBehalf'],
  ]);
}

const findSscdClash = (has: (name: string) => boolean): string | undefined =>
  findClash(has, [
    ['QCWithSSCD', 'QCNoSSCD'],
    ['QCSSCDStatusAsInCert', 'QCWithSSCD'],
    ['QCSSCDStatusAsInCert', 'QCNoSSCD'],
  ]);

function findClash(has: (name: string) => boolean, pairs: readonly (readonly [string, string])[]): string | undefined {
  const pair = pairs.find(([one, other]) => has(one) && has(other));
  return pair && `the list says both ${pair.join(' and ')}`;
}
