import { BUNDLE_PROOF, type BundleManifest } from '../model/bundle.ts';
import { ListSnapshot, type SnapshotFile } from '../model/list-snapshot.ts';
import type { Instant } from '../model/time.ts';
import { nameEntry, proofsOf, TIMESTAMPS } from '../model/timestamp.ts';
import type { Register } from '../model/version.ts';
import { authenticateList, authenticateListOfLists, type ListFile } from '../read/list-authentication.ts';
import { sha256 } from '../read/register.ts';
import { verifyTimestamps } from '../read/timestamps.ts';
import { pointersTo, SNAPSHOT, TRUSTED_LISTS } from '../read/trusted-lists.ts';
import { readX509 } from '../read/x509/x509.ts';
import { readYaml } from '../read/yaml.ts';
import type { BundleFiles } from './verify-digests.ts';
import { conclude, type Verification, type Wrong } from './verify-report.ts';

/** The trusted lists of a bundle from its anchors on, as of the time at which they were fetched. */
export async function verifyLists(files: BundleFiles, report: Verification): Promise<void> {
  const bytes = files.get(SNAPSHOT);
  if (!bytes) {
    report.notProved.push({ what: 'The trust services', why: 'the bundle holds no snapshot of trusted lists' });
    return;
  }
  const wrong: Wrong[] = [];
  const { value: snapshot, observations } = readYaml(
    { text: Buffer.from(bytes).toString('utf8'), file: SNAPSHOT, firstLine: 1, rule: 'trusted-lists/snapshot-holds' },
    ListSnapshot,
  );
  wrong.push(...observations.map(({ message }) => ({ file: SNAPSHOT, message })));
  if (snapshot) await verifySnapshot(snapshot, files, wrong);
  const count = snapshot ? snapshot.lists.length + snapshot.pivots.length + 1 : 0;
  conclude(
    report,
    wrong,
    `${count} trusted lists are signed by whom the list of the lists announces, and that one leads to the anchors in the bundle, as of ${snapshot?.taken}.`,
  );
  report.notProved.push({
    what: 'The anchors of the trusted lists',
    why: `compare the certificates ${snapshot?.anchors.files.map((file) => `${TRUSTED_LISTS}/${file}`).join(', ') ?? ''} with the Official Journal: ${snapshot?.anchors.journal ?? ''}`,
  });
  if (files.has(BUNDLE_PROOF))
    report.notProved.push({
      what: `What ${BUNDLE_PROOF} concludes for each service`,
      why: 'it was not computed anew; in a clone: cartulary trusted-list prove',
    });
}

async function verifySnapshot(snapshot: ListSnapshot, files: BundleFiles, wrong: Wrong[]): Promise<void> {
  const at = snapshot.taken as Instant;
  const take = ({ file, sha256: expected }: SnapshotFile): ListFile[] => {
    const path = `${TRUSTED_LISTS}/${file}`;
    const found = files.get(path);
    if (found && sha256(found) === expected) return [{ file: path, bytes: found }];
    wrong.push({ file: path, message: 'The list is not there, or not the one that the snapshot names.', expected: `SHA-256 ${expected}` });
    return [];
  };
  const certificates = snapshot.anchors.files.flatMap((file) => {
    const path = `${TRUSTED_LISTS}/${file}`;
    const found = files.get(path);
    return found ? readX509(found, path).items.flatMap(({ facts, der }) => (facts.kind === 'certificate' ? [der] : [])) : [];
  });
  const [lotl] = take(snapshot.listOfLists);
  if (!lotl) return;
  const anchors = { certificates, journal: snapshot.anchors.journal };
  const proved = await authenticateListOfLists(lotl, { anchors, pivots: snapshot.pivots.flatMap(take), at });
  if (!proved.authenticated) {
    wrong.push({ file: proved.file, message: proved.problem });
    return;
  }
  for (const list of snapshot.lists) {
    for (const file of take(list)) {
      const national = await authenticateList(file, proved, at, pointersTo(proved, list.country));
      if (!national.authenticated) wrong.push({ file: national.file, message: national.problem });
    }
  }
}

/** The time-stamp tokens of a bundle against the authorities that are pinned in it, and which of its versions they prove. */
export async function verifyTokens(
  files: BundleFiles,
  register: Register,
  manifest: Pick<BundleManifest, 'versions'>,
  now: Instant,
  report: Verification,
): Promise<void> {
  const own = new Map([...files].filter(([path]) => path.startsWith(`${TIMESTAMPS}/`) && !/\/readme[^/]*$/i.test(path)));
  if (own.size === 0) {
    report.notProved.push({
      what: 'Since when the versions existed',
      why: 'the bundle holds no time-stamp token; the dates are those that the register states',
    });
    return;
  }
  const { stored, observations } = await verifyTimestamps(own, { register, now });
  const wrong: Wrong[] = observations.map(({ at, message, seen, expected }) => ({
    file: at.file,
    message,
    ...(seen && { seen }),
    ...(expected && { expected }),
  }));
  for (const { file, verdict } of stored) if (!verdict.verified) wrong.push({ file, message: verdict.problem, seen: verdict.seen, expected: verdict.expected });
  const proofs = proofsOf(register, stored);
  const versions = register.entries.filter(
    (entry) => entry.kind === 'version' && manifest.versions.some(({ document, version }) => entry.document === document && entry.version === version),
  );
  const proved = versions.filter(({ digest }) => proofs.has(digest));
  conclude(report, wrong, `${stored.length} time-stamp tokens hold, and lead to authorities that are pinned in the bundle.`);
  for (const entry of proved) {
    const { verdict, file } = proofs.get(entry.digest) as NonNullable<ReturnType<typeof proofs.get>>;
    report.proved.push(`${nameEntry(entry)} was registered by ${verdict.at}, says ${verdict.authority} (${file}).`);
  }
  const open = versions.filter((entry) => !proved.includes(entry)).map(nameEntry);
  if (open.length > 0)
    report.notProved.push({ what: `Since when ${open.join(', ')} existed`, why: 'no time-stamp token covers it; the date is that which the register states' });
  report.notProved.push({
    what: 'That the pinned time-stamping authorities are to be trusted',
    why: `compare the certificates in ${TIMESTAMPS}/authorities with those that the authorities publish`,
  });
}
