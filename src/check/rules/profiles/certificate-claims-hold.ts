import type { ClaimName } from '../../../model/compare-claims.ts';
import type { Citation, Observation, Rule } from '../../../model/finding.ts';
import type { GoverningClaim, GoverningText } from '../../../model/governing.ts';
import { listSamples, nameFrontMatter, nameSection, onlyPractices, type Sample } from '../../../model/sample.ts';
import type { Workspace } from '../../../model/workspace.ts';

/** What front matter says of a policy shows in the certificates under it. */
export const certificateClaimsHold: Rule = {
  id: 'profiles/certificate-claims-hold',
  demands: 'Each deployed certificate of a subscriber shows what the front matter in force at its notBefore says of its policy.',
  basis: { standard: 'ETSI EN 319 411-2', edition: 'V2.6.1', clause: '6.6.1' },
  severity: 'error',
  *check(workspace) {
    for (const sample of listSamples(workspace)) yield* checkSample(workspace, sample);
  },
};

interface Broken {
  claim: GoverningClaim;
  stated: string[];
}

function* checkSample(workspace: Workspace, sample: Sample): Iterable<Observation> {
  const broken = new Map<string, Broken>();
  for (const text of onlyPractices(workspace, sample.governing.texts)) {
    for (const claim of text.claims) {
      const key = JSON.stringify([claim.claim, claim.requirement, claim.at, claim.seen, claim.expected]);
      const one = broken.get(key) ?? { claim, stated: [] };
      one.stated.push(namePlace(workspace, text, claim));
      broken.set(key, one);
    }
  }
  for (const { claim, stated } of broken.values()) {
    yield {
      message: `In ${claim.at} the certificate contradicts what the front matter says of its policy (${claim.claim}).`,
      at: { ...sample.place, path: claim.at },
      seen: claim.seen,
      expected: `${claim.expected}; stated by ${stated.join('; and by ')}`,
      advice: 'Correct whichever of the two is wrong, and see which certificates have to be revoked.',
      basis: cite(workspace, claim.requirement),
      severity: claim.severity,
    };
  }
}

/** Where the front matter says it; of what it does not say, the policy. */
const KEYS: Readonly<Record<ClaimName, readonly string[]>> = {
  qualified: ['qualified', 'oid'],
  qscd: ['qscd.required', 'conformsTo', 'oid'],
  conformsTo: ['conformsTo', 'oid'],
};

function namePlace(workspace: Workspace, { span, policy }: GoverningText, { claim, section }: GoverningClaim): string {
  const place = nameFrontMatter(workspace, span.entry, policy.oid, KEYS[claim]);
  return section === undefined ? `the ${place}` : `the ${place}, ${nameSection(workspace, span.entry, section)}`;
}

/** `412-5:QCS-5-01` as the standard, the edition that certificates are judged by, and the requirement's id. */
function cite({ certificateStandards }: Workspace, requirement: string): Citation {
  const [short = '', clause = ''] = requirement.split(/:(.*)/s);
  const known = certificateStandards?.standards.find((candidate) => candidate.short === short);
  return { standard: known?.standard ?? `ETSI EN 319 ${short}`, ...(known && { edition: known.edition }), clause };
}
