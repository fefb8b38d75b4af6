import type { Policy } from '../../../model/document.ts';
import type { Observation, Place, Rule } from '../../../model/finding.ts';
import { compareProfileToPolicy } from '../../../model/profile-claims.ts';
import type { DeclaredProfile, Draft, Workspace } from '../../../model/workspace.ts';

/** Front matter and declared profiles name each other and say the same, and the sections that a profile names are there. */
export const profileStated: Rule = {
  id: 'profiles/profile-stated',
  demands: 'Front matter and declared profiles agree, and the texts have the sections that a profile names.',
  basis: { standard: 'ETSI EN 319 411-2', edition: 'V2.6.1', clause: '6.6.1' },
  severity: 'error',
  *check(workspace) {
    const told = new Set<string>();
    for (const observation of collect(workspace)) {
      // CP and CPS name the same policies; what contradicts both is told once.
      const key = JSON.stringify([observation.at, observation.message, observation.seen, observation.expected]);
      if (!told.has(key)) yield observation;
      told.add(key);
    }
  },
};

/** A policy of the front matter with the profile that it names. */
interface Use {
  draft: Draft;
  policy: Policy;
  at: Place;
  profile: DeclaredProfile;
}

function* collect(workspace: Workspace): Iterable<Observation> {
  const uses: Use[] = [];
  for (const draft of workspace.drafts) {
    for (const [index, policy] of draft.frontMatter?.policies.entries() ?? []) {
      const path = `policies.${index}.profile`;
      const start = draft.fields[path];
      const at: Place = { file: draft.file, path, ...(start && { start }) };
      const profile = workspace.profiles.find(({ id }) => id === policy.profile);
      if (profile) uses.push({ draft, policy, at, profile });
      else if (policy.profile !== undefined && !isBroken(workspace, policy.profile)) yield missing(policy, at);
    }
  }
  for (const use of uses) yield* checkUse(use);
  for (const profile of workspace.profiles) {
    const used = uses.filter((use) => use.profile === profile);
    if (profile.policy !== undefined && used.length === 0) yield unused(profile);
    yield* checkSections(profile, used.length > 0 ? used.map(({ draft }) => draft) : workspace.drafts.filter(({ type }) => /CP/.test(type)));
  }
}

/** Of a profile that is not valid another rule has spoken. */
const isBroken = ({ observations }: Workspace, id: string): boolean => observations.some(({ at }) => at.file === `content/profiles/${id}.yaml`);

const placeOf = ({ file, fields }: DeclaredProfile, ...paths: readonly string[]): Place => {
  const path = paths.find((candidate) => fields[candidate]);
  const start = path === undefined ? { line: 1, column: 1 } : fields[path];
  return { file, ...(path !== undefined && { path }), ...(start && { start }) };
};

const missing = ({ oid, profile }: Policy, at: Place): Observation => ({
  message: `The profile "${profile}" of policy ${oid} is not declared.`,
  at,
  seen: `no file content/profiles/${profile}.yaml`,
  expected: 'the file that says what certificates under the policy look like',
  advice: 'Write the file, or correct the name.',
});

const unused = (profile: DeclaredProfile): Observation => ({
  message: `No front matter names the profile "${profile.id}".`,
  at: placeOf(profile, 'policy'),
  seen: `policy ${profile.policy}, for which no text of the work tree names it`,
  expected: `a policy with this OID and \`profile: ${profile.id}\` in the front matter of a CP or CPS`,
  advice: 'Name it there, or take the file out.',
});

function* checkUse({ policy, at, profile }: Use): Iterable<Observation> {
  if (profile.kind !== 'certificate' || profile.policy !== policy.oid) {
    yield {
      message: `The profile "${profile.id}" is not one of certificates under policy ${policy.oid}.`,
      at,
      seen: profile.kind === 'certificate' ? `a profile of ${profile.policy ? `policy ${profile.policy}` : 'no policy'}` : `a profile of kind ${profile.kind}`,
      expected: `a profile with \`policy: ${policy.oid}\``,
      advice: `Correct the name here, or the policy in ${profile.file}.`,
    };
    return;
  }
  for (const { row, field, ...contradiction } of compareProfileToPolicy(profile, policy)) {
    const index = row ? profile.rows.indexOf(row) : -1;
    yield {
      message: `The profile "${profile.id}" contradicts the front matter in ${field}.`,
      at: index < 0 ? placeOf(profile, 'policy') : placeOf(profile, `rows.${index}.field`),
      ...contradiction,
      advice: 'Correct whichever of the two is wrong; certificates, texts and both must say the same.',
    };
  }
}

/** A section is there where one of the texts has it: the CP may state what the CPS does not repeat. */
function* checkSections(profile: DeclaredProfile, drafts: readonly Draft[]): Iterable<Observation> {
  const known = new Set(drafts.flatMap(({ sections }) => sections.map(({ number }) => number)));
  const named = [['section', profile.section] as const, ...profile.rows.map(({ section }, index) => [`rows.${index}.section`, section] as const)];
  for (const [path, section] of named) {
    if (section === undefined || known.has(section)) continue;
    yield {
      message: `No text has section ${section}, which the profile "${profile.id}" names.`,
      at: placeOf(profile, path),
      seen: section,
      expected: `a section of ${[...new Set(drafts.map(({ file }) => file))].join(' or ') || 'a CP or CPS'}`,
      advice: 'Name the section that states it.',
    };
  }
}
