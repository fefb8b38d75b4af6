import type { Deviation } from '../../../model/compare-profile.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import type { GoverningText } from '../../../model/governing.ts';
import { findBound } from '../../../model/profile-binding.ts';
import { listSamples, nameSection, onlyPractices, type Sample } from '../../../model/sample.ts';
import type { Workspace } from '../../../model/workspace.ts';

/** Samples are as the profile of the version says that was in force at their notBefore. */
export const certificateAgrees: Rule = {
  id: 'profiles/certificate-agrees',
  demands: 'Each deployed certificate of a subscriber agrees with the profile of the version in force at its notBefore.',
  basis: { standard: 'ETSI EN 319 411-2', edition: 'V2.6.1', clause: '6.6.1' },
  severity: 'error',
  *check(workspace) {
    for (const sample of listSamples(workspace)) yield* checkSample(workspace, sample);
  },
};

/** A deviation from the profiles of one name, with every text that states what it deviates from. */
interface Broken {
  profile: string;
  deviation: Deviation;
  stated: string[];
}

function* checkSample(workspace: Workspace, sample: Sample): Iterable<Observation> {
  const broken = new Map<string, Broken>();
  for (const text of onlyPractices(workspace, sample.governing.texts)) {
    if (text.profile.kind !== 'compared') continue;
    const { id, deviations } = text.profile;
    for (const deviation of deviations) {
      const { row, at, seen, expected } = deviation;
      const key = JSON.stringify([id, row, at, seen, expected]);
      const one = broken.get(key) ?? { profile: id, deviation, stated: [] };
      one.stated.push(namePlace(workspace, text, id, deviation));
      broken.set(key, one);
    }
  }
  for (const one of broken.values()) yield observe(sample, one);
}

const observe = ({ place }: Sample, { profile, deviation: { at, seen, expected }, stated }: Broken): Observation => ({
  message: `In ${at} the certificate is otherwise than the profile "${profile}" declares.`,
  at: { ...place, path: at },
  seen,
  expected: `${expected}; stated by ${stated.join('; and by ')}`,
  advice: 'Correct whichever of the two is wrong: what the CA issues from now on, or the text by a new version. See which certificates have to be revoked.',
});

/** Section and row, each with its line; that of the row as the version has the profile, which later ones may have changed. */
function namePlace(workspace: Workspace, { span }: GoverningText, id: string, { row, kind, section }: Deviation): string {
  const profile = findBound(workspace, span.entry, id);
  const index = profile?.rows.findIndex((candidate) => candidate.id === row) ?? -1;
  const [key, name] = index >= 0 ? [`rows.${index}.id`, `row ${row}`] : kind === 'unlisted' ? ['rows', 'the rows'] : ['issuers', 'the issuers'];
  const line = profile?.fields[key]?.line;
  return `${nameSection(workspace, span.entry, section)}${profile && line ? `, ${name} in ${profile.file}:${line} as registered` : ''}`;
}
