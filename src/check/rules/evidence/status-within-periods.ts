import type { Observation, Rule } from '../../../model/finding.ts';
import { findBreaches } from '../../status-breaches.ts';
import type { NamedAddress } from '../../status-promises.ts';
import { type AddressReport, placeOf, reportStatus } from '../../status-report.ts';

/** What was measured of the status services keeps to what the texts in force at that time promise; EN 319 411-1, CSS-6.3.9 and CSS-6.3.10. */
export const statusWithinPeriods: Rule = {
  id: 'evidence/status-within-periods',
  demands: 'What was measured of CRLs and OCSP keeps to the periods and the availability that the CP and CPS in force at that time state.',
  basis: { standard: 'ETSI EN 319 411-1', edition: 'V1.5.1', clause: '6.3.10' },
  severity: 'error',
  audience: 'assessor',
  *check(workspace) {
    const { addresses, unmeasured } = reportStatus(workspace);
    for (const report of addresses) {
      if (!report.isNamed) yield describeUnnamed(report);
      yield* findBreaches(report);
    }
    for (const address of unmeasured) yield describeUnmeasured(address);
  },
};

const NAMES = { crl: 'the CRL', ocsp: 'OCSP' };

function describeUnnamed({ address: { service, url, measurements } }: AddressReport): Observation {
  const [first] = measurements;
  return {
    message: `No certificate names ${url} as the address of ${NAMES[service]}.`,
    at: first ? placeOf(first) : { file: 'content/evidence/status' },
    seen: url,
    expected: 'an address of the certificates in content/certificates',
    severity: 'warning',
    advice: 'Measure what relying parties ask, or add a certificate with that address.',
  };
}

const describeUnmeasured = ({ service, url, at }: NamedAddress): Observation => ({
  message: `Certificates name ${url} as the address of ${NAMES[service]}, and it was not measured.`,
  at,
  seen: 'measurements of other addresses only',
  expected: `measurements of ${url} in content/evidence/status`,
  severity: 'warning',
  advice: 'Let the monitor ask that address too.',
});
