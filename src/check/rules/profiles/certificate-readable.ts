import type { Observation, Rule } from '../../../model/finding.ts';
import { readingObservations, type Workspace } from '../../../model/workspace.ts';

const RULE = 'profiles/certificate-readable';

/** What stands in content/certificates is read, and is well-formed DER. */
export const certificateReadable: Rule = {
  id: RULE,
  demands: 'Each file of content/certificates is a certificate, CRL or OCSP response in well-formed DER or PEM.',
  basis: { standard: 'Cartulary' },
  severity: 'error',
  *check(workspace) {
    yield* readingObservations(workspace, RULE);
    yield* listIrregularities(workspace);
  },
};

/** RFC 5280 demands DER for certificates and CRLs, RFC 6960 for OCSP responses. */
const SYNTAX = { certificate: 'RFC 5280', crl: 'RFC 5280', 'ocsp-response': 'RFC 6960' } as const;

function* listIrregularities({ deployed }: Workspace): Iterable<Observation> {
  for (const { facts, place } of deployed) {
    for (const { at, message, seen, expected } of facts.irregularities) {
      yield { message, at: { ...place, path: at }, seen, expected, basis: { standard: SYNTAX[facts.kind] } };
    }
  }
}
