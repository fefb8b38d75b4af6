import type { BundledVersion } from '../model/bundle.ts';
import { BUNDLE_PROOF, toBundlePath } from '../model/bundle.ts';
import { isCa } from '../model/deployed.ts';
import { TIMESTAMPS } from '../model/timestamp.ts';
import type { Workspace } from '../model/workspace.ts';
import type { BundleFile } from '../publish/bundle.ts';
import { type Copy, readCopies } from '../read/copies.ts';
import { EVIDENCE } from '../read/evidence.ts';
import { REGISTER } from '../read/register.ts';
import { SERVICES, TRUSTED_LISTS } from '../read/trusted-lists.ts';
import { proofJson } from './trusted-list-prove.ts';

const CERTIFICATES = 'content/certificates';
const OUTSIDE = 'The evidence index, as it is kept outside the repository.';

/** Files and folders of the repository that anybody may have, with what they are. */
const FOR_ALL: readonly (readonly [path: string, says: string])[] = [
  [REGISTER, 'The register of published versions, each entry with the digest of the one before.'],
  [SERVICES, 'The declared trust services.'],
  [TRUSTED_LISTS, 'The snapshot of trusted lists, and the certificates from which they are proved.'],
  [TIMESTAMPS, 'Time-stamp tokens over entries of the register, and the certificates of the pinned authorities.'],
];

/** Those that are for assessors alone. */
const FOR_ASSESSORS: readonly (readonly [path: string, says: string])[] = [
  ['cartulary.yaml', 'The configuration: practices, editions in use, waivers.'],
  [CERTIFICATES, 'CA certificates, CRLs, sample certificates and OCSP responses.'],
  [EVIDENCE, 'The evidence index, as it is kept, and what was measured of the status services.'],
  ['content/identity.yaml', 'How identities are verified.'],
  ['content/qscd.yaml', 'Which devices are used, who manages them, and their certifications.'],
  ['content/precedence.yaml', 'Versions of outside rules, and the assessment of each.'],
];

/** What a bundle takes over as it is, under the paths that it has in the repository. Personal and internal matters are for assessors alone. */
export async function copyRepository(workspace: Workspace, root: string, evidence: string | undefined): Promise<BundleFile[]> {
  // An index outside the repository stands for that in it.
  const own = FOR_ASSESSORS.filter(([path]) => path !== EVIDENCE || evidence === undefined);
  const chosen = workspace.audience === 'assessor' ? [...FOR_ALL, ...own] : FOR_ALL;
  const copies = await Promise.all(
    chosen.map(async ([path, says]) =>
      (await readCopies(root, path)).filter((copy) => path !== EVIDENCE || isEvidence(copy.path.slice(EVIDENCE.length + 1))).map((copy) => toFile(copy, says)),
    ),
  );
  const certificates = workspace.audience === 'assessor' ? [] : await copyAuthorities(workspace, root);
  const outside =
    evidence === undefined
      ? []
      : (await readCopies(evidence, '')).filter(({ path }) => isEvidence(path)).map((copy) => toFile({ ...copy, path: `${EVIDENCE}/${copy.path}` }, OUTSIDE));
  // As of the time at which the lists were fetched, whatever the day.
  const proof = proofJson({ ...workspace, now: workspace.trustedLists?.at ?? workspace.now });
  const says = 'What the trusted lists prove of each declared service, step by step, for machines.';
  const made = proof ? [{ path: BUNDLE_PROOF, bytes: Buffer.from(`${JSON.stringify(proof, null, 1)}\n`), says }] : [];
  return [...copies.flat(), ...outside, ...certificates, ...made];
}

/** The index and what was measured: anything else that lies beside them, such as a recording, stays where it is. */
const isEvidence = (path: string): boolean => /^(?:[^/]+\.yaml|status\/[^/]+\.(?:csv|jsonl))$/.test(path);

/** The files that hold CA certificates and CRLs and nothing else. */
async function copyAuthorities({ deployed }: Workspace, root: string): Promise<BundleFile[]> {
  const isPublic = (file: string) =>
    deployed.filter(({ place }) => place.file === file).every(({ facts }) => facts.kind === 'crl' || (facts.kind === 'certificate' && isCa(facts)));
  const files = new Set(deployed.map(({ place }) => place.file).filter(isPublic));
  return (await readCopies(root, CERTIFICATES)).filter(({ path }) => files.has(path)).map((copy) => toFile(copy, 'CA certificates and CRLs.'));
}

const toFile = ({ path, bytes }: Copy, says: string): BundleFile => ({ path: toBundlePath(path), bytes, says });

/** What a reader could look for in a bundle and does not find. */
export function listLeftOut({ audience, register, services }: Workspace, versions: readonly BundledVersion[]): { what: string; why: string }[] {
  const nameOnly = versions.filter(({ texts }) => texts.length === 0).map(({ document, version }) => `${document} ${version}`);
  const all = new Set(register.entries.flatMap((entry) => (entry.kind === 'version' ? [`${entry.document} ${entry.version}`] : [])));
  const outside = all.size - versions.length;
  return [
    ...(audience === 'assessor'
      ? []
      : [
          {
            what: 'The evidence index, sample certificates, OCSP responses, the configuration, assessments and measurements',
            why: 'they are for assessors alone: cartulary bundle --audience assessor',
          },
        ]),
    ...(outside > 0 ? [{ what: `The texts of ${outside} other versions of the register`, why: 'none of them was in force in the period' }] : []),
    ...nameOnly.map((name) => ({ what: `The text of ${name}`, why: 'the register knows the version by name only' })),
    ...(services ? [] : [{ what: 'A proof of the trust services by trusted lists', why: 'the repository declares no services' }]),
    { what: 'The history of the repository in git', why: 'clone the repository: cartulary verify takes a clone too' },
    { what: 'The texts of the standards', why: 'ETSI publishes them; requirements are described here in our own words' },
  ];
}
