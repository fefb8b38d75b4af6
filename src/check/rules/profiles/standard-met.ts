import type { Observation, Rule } from '../../../model/finding.ts';
import { listSamples, type Sample } from '../../../model/sample.ts';
import { checkCertificate } from '../../certificate/check-certificate.ts';

/** Samples keep to EN 319 412 and its companions, as those of the policy that the text in force names. */
export const standardMet: Rule = {
  id: 'profiles/standard-met',
  demands: 'Each deployed certificate of a subscriber keeps to EN 319 412 and its companions.',
  basis: { standard: 'ETSI EN 319 412-1', edition: 'V1.7.1' },
  severity: 'error',
  *check(workspace) {
    const { certificateStandards } = workspace;
    if (!certificateStandards) return;
    for (const sample of listSamples(workspace)) {
      const { findings } = checkCertificate(sample.facts, certificateStandards, { policy: findPolicy(sample) });
      for (const { at, message, because, seen, expected, basis, severity } of findings) {
        const whole = because === undefined ? message : `${message} ${because}`;
        yield { message: whole, at: { ...sample.place, path: at }, seen, expected, basis, severity } satisfies Observation;
      }
    }
  },
};

/** What the text says that the policy conforms to; where none does, the certificate speaks for itself. */
const findPolicy = ({ governing: { texts, others } }: Sample) => [...texts, ...others].flatMap(({ policy }) => policy.conformsTo ?? [])[0];
