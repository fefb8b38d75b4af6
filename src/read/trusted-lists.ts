import type { Authentication, AuthenticList } from '../model/authentic-list.ts';
import type { ReadingObservation } from '../model/finding.ts';
import { ListSnapshot, type SnapshotFile, type SnapshotList, type TrustedLists } from '../model/list-snapshot.ts';
import type { Instant } from '../model/time.ts';
import { type DeclaredServices, TrustServices } from '../model/trust-service.ts';
import type { ListPointer } from '../model/trusted-list.ts';
import { readInside } from './files.ts';
import { authenticateList, authenticateListOfLists, type ListFile } from './list-authentication.ts';
import { sha256 } from './register.ts';
import { readX509 } from './x509/x509.ts';
import { readYaml, type YamlResult } from './yaml.ts';

export const SERVICES = 'content/services.yaml';
export const TRUSTED_LISTS = 'content/trusted-lists';
export const SNAPSHOT = `${TRUSTED_LISTS}/snapshot.yaml`;

const VALID = 'trusted-lists/declarations-valid';
const HELD = 'trusted-lists/snapshot-holds';

export interface ReadTrustedLists {
  services: DeclaredServices | undefined;
  trustedLists: TrustedLists | undefined;
  observations: readonly ReadingObservation[];
}

/**
 * Reads the declared services and the snapshot of trusted lists, and proves each list, as of an instant. Nothing is
 * fetched. Without `content/services.yaml` no list is read: nobody asks for it.
 */
export async function readTrustedLists(root: string, timeOfInterest: () => Promise<Instant>): Promise<ReadTrustedLists> {
  const { services, observations } = await readServices(root);
  if (!services && observations.length === 0) return { services, trustedLists: undefined, observations };
  const read = await readSnapshot(root);
  if (read === undefined) return { services, trustedLists: undefined, observations: [...observations, noSnapshot] };
  if (!read.value) return { services, trustedLists: undefined, observations: [...observations, ...read.observations] };
  const proved = await proveSnapshot(root, { snapshot: read.value, fields: read.fields, at: await timeOfInterest() });
  return { services, trustedLists: proved.trustedLists, observations: [...observations, ...proved.observations] };
}

/** Reads `content/services.yaml`; without observations where there is none. */
export async function readServices(root: string): Promise<Omit<ReadTrustedLists, 'trustedLists'>> {
  const text = (await readInside(root, SERVICES))?.toString('utf8');
  if (text === undefined) return { services: undefined, observations: [] };
  const { value, fields, observations } = readYaml({ text, file: SERVICES, firstLine: 1, rule: VALID }, TrustServices);
  return { services: value && { services: value, file: SERVICES, fields }, observations };
}

/** Reads `content/trusted-lists/snapshot.yaml`, and none of its lists; undefined where there is none. */
export async function readSnapshot(root: string): Promise<YamlResult<ListSnapshot> | undefined> {
  const text = (await readInside(root, SNAPSHOT))?.toString('utf8');
  return text === undefined ? undefined : readYaml({ text, file: SNAPSHOT, firstLine: 1, rule: VALID }, ListSnapshot);
}

const noSnapshot: ReadingObservation = {
  rule: HELD,
  message: 'There is no snapshot of trusted lists, so nothing can be said of the declared services.',
  at: { file: SERVICES },
  seen: `no ${SNAPSHOT}`,
  expected: 'the lists of the countries in which the services are entered',
  advice: 'Fetch them where there is a network: cartulary trusted-list update.',
};

type Declared = Pick<TrustedLists, 'snapshot' | 'fields' | 'at'>;

/** Proves each list of a snapshot as of an instant; the observations say which files are not those of the snapshot. */
export async function proveSnapshot(root: string, declared: Declared): Promise<{ trustedLists: TrustedLists; observations: ReadingObservation[] }> {
  const { snapshot, at } = declared;
  const observations: ReadingObservation[] = [];
  const load = (file: SnapshotFile, path: string) => loadFile(root, file, { path, fields: declared.fields, observations });
  const certificates = (
    await Promise.all(
      snapshot.anchors.files.map((file, index) => loadAnchors(root, file, { path: `anchors.files.${index}`, fields: declared.fields, observations })),
    )
  ).flat();
  const lotlFile = await load(snapshot.listOfLists, 'listOfLists.file');
  const pivots = await Promise.all(snapshot.pivots.map((pivot, index) => load(pivot, `pivots.${index}.file`)));
  const anchors = { certificates, journal: snapshot.anchors.journal };
  const listOfLists: Authentication = lotlFile
    ? await authenticateListOfLists(lotlFile, { anchors, pivots: pivots.filter((pivot) => pivot !== undefined), at })
    : missing(snapshot.listOfLists);
  const lists = await Promise.all(
    snapshot.lists.map(async (list, index): Promise<SnapshotList> => {
      const file = await load(list, `lists.${index}.file`);
      const authentication = file ? await proveList(file, list.country, listOfLists, at) : missing(list);
      return { country: list.country, location: list.location, authentication };
    }),
  );
  return { trustedLists: { ...declared, file: SNAPSHOT, listOfLists, lists }, observations };
}

/** By the pointer to the country: what the file is called decides nothing. */
async function proveList(file: ListFile, country: string, lotl: Authentication, at: Instant): Promise<Authentication> {
  if (!lotl.authenticated) {
    return {
      authenticated: false,
      file: file.file,
      sha256: sha256(file.bytes),
      reason: 'no-pointer',
      problem: `${lotl.file} is not proved, so nothing proves ${file.file}.`,
    };
  }
  return authenticateList(file, lotl, at, pointersTo(lotl, country));
}

/** Where an authentic list of the lists says that the XML form of a country's list is. */
export const pointersTo = ({ list }: AuthenticList, country: string): readonly ListPointer[] =>
  list.pointers.filter(({ territory, type, mimeType }) => territory === country && type !== 'EUlistofthelists' && mimeType !== 'application/pdf');

const missing = ({ file, sha256: digest }: SnapshotFile): Authentication => ({
  authenticated: false,
  file: `${TRUSTED_LISTS}/${file}`,
  sha256: digest as ListDigest,
  reason: 'xml',
  problem: `${file} is not there, or not what the snapshot says.`,
});
type ListDigest = Authentication['sha256'];

interface Loading {
  path: string;
  fields: TrustedLists['fields'];
  observations: ReadingObservation[];
}

const at = ({ path, fields }: Loading) => ({ file: SNAPSHOT, path, ...(fields[path] && { start: fields[path] }) });

async function loadFile(root: string, { file, sha256: expected }: SnapshotFile, loading: Loading): Promise<ListFile | undefined> {
  const path = `${TRUSTED_LISTS}/${file}`;
  const bytes = await readInside(root, path);
  const digest = bytes && sha256(bytes);
  if (bytes && digest === expected) return { file: path, bytes };
  loading.observations.push({
    rule: HELD,
    message: bytes ? `${path} is not the file of the snapshot.` : `${path} is not there.`,
    at: at(loading),
    seen: digest ? `SHA-256 ${digest}` : 'no file',
    expected: `SHA-256 ${expected}`,
    advice: 'Take both from one snapshot: cartulary trusted-list update, or the commit that brought it.',
  });
  return undefined;
}

/** The certificates of a file beside the snapshot; undefined where there is no such file. */
export async function readAnchors(root: string, file: string): Promise<readonly Uint8Array[] | undefined> {
  const path = `${TRUSTED_LISTS}/${file}`;
  const bytes = await readInside(root, path);
  return bytes && readX509(bytes, path).items.flatMap(({ facts, der }) => (facts.kind === 'certificate' ? [der] : []));
}

async function loadAnchors(root: string, file: string, loading: Loading): Promise<readonly Uint8Array[]> {
  const certificates = await readAnchors(root, file);
  if (certificates && certificates.length > 0) return certificates;
  loading.observations.push({
    rule: HELD,
    message: `${TRUSTED_LISTS}/${file} holds no certificate that could be an anchor.`,
    at: at(loading),
    seen: certificates ? 'no certificate' : 'no file',
    expected: 'the certificates that the Official Journal publishes for the list of the lists',
    advice: 'Put them there from the notice itself; anchors change only by a commit.',
  });
  return [];
}
