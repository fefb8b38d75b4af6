import type { Citation, Place } from '../model/finding.ts';
import type { VersionSpan } from '../model/in-force.ts';
import type { Entry } from '../model/service-entry.ts';
import { type PolicyProof, policyVersions, promiseOf, proveServices, type ServiceProof } from '../model/service-proof.ts';
import type { Instant } from '../model/time.ts';
import type { TrustService } from '../model/trust-service.ts';
import type { ServiceState } from '../model/trusted-list.ts';
import type { Workspace } from '../model/workspace.ts';

/** A declared service with its proof, and where its values stand. */
export interface EnteredService extends ServiceProof {
  /** Of a value of the service, such as `entry.uses`; where it is not written, of what holds it. */
  placeOf(path: string): Place;
}

/** One whose entry is in an authentic list. */
export type FoundService = EnteredService & { entry: Entry };

/** The procedure by which a certificate is found qualified, and the form of the lists. */
export const inProcedure = (clause: string): Citation => ({ standard: 'ETSI TS 119 615', edition: 'V1.4.1', clause });
export const inForm = (clause: string): Citation => ({ standard: 'ETSI TS 119 612', clause });

const known = new WeakMap<Workspace, readonly EnteredService[]>();

/** The declared services, proved once for all rules; none without a snapshot. */
export function enteredServices(workspace: Workspace): readonly EnteredService[] {
  const all = known.get(workspace) ?? proveServices(workspace).map((proof, index) => ({ ...proof, placeOf: (path: string) => place(workspace, index, path) }));
  known.set(workspace, all);
  return all;
}

/** Those whose entry is as declared. Of the others `trusted-lists/entry-exists` speaks. */
export const foundServices = (workspace: Workspace): readonly FoundService[] =>
  enteredServices(workspace).flatMap((service) => (service.match.entry ? [{ ...service, entry: service.match.entry }] : []));

function place({ services }: Workspace, index: number, path: string): Place {
  const file = services?.file ?? '';
  const parts = path.split('.');
  for (let length = parts.length; length >= 0; length -= 1) {
    const name = [index, ...parts.slice(0, length)].join('.');
    const start = services?.fields[name];
    if (start) return { file, path: [index, path].join('.'), start };
  }
  return { file, path: [index, path].join('.') };
}

/** The times in which versions that call a policy qualified were, are or will be in force, oldest first. */
export const qualifiedSpans = (workspace: Workspace, oid: string): readonly VersionSpan[] =>
  policyVersions(workspace)(oid)
    .filter(({ policy }) => promiseOf(policy).use !== 'none')
    .map(({ span }) => span);

/** `content/trusted-lists/AT.xml:123`: where a list says something. */
export const nameLine = ({ list }: Entry, line: number): string => `${list.file}:${line}`;

/** A state as a finding quotes it: `granted from 2023-02-27T08:00:00Z (content/trusted-lists/AT.xml:123)`. */
export const nameState = (entry: Entry, { status, start, line }: ServiceState, until?: Instant): string =>
  `${status} ${nameTime(start, until)} (${nameLine(entry, line)})`;

export const nameTime = (from: Instant, until: Instant | undefined): string => (until === undefined ? `from ${from} on` : `from ${from} to ${until}`);

/** What a finding calls a service: by its name in the declaration. */
export const nameService = ({ id }: TrustService): string => `service "${id}"`;

/** `cp 1.0, 1.1 and 2.0`: versions by their documents, each once. */
export function nameVersions(spans: readonly VersionSpan[]): string {
  const byDocument = new Map<string, string[]>();
  for (const { entry } of spans) {
    const versions = byDocument.get(entry.document) ?? [];
    if (!versions.includes(entry.version)) versions.push(entry.version);
    byDocument.set(entry.document, versions);
  }
  return [...byDocument].map(([document, versions]) => `${document} ${enumerate(versions)}`).join(', ');
}

/** `a`, `a and b`, `a, b and c`. */
export const enumerate = (words: readonly string[], last = 'and'): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;

/** What was seen alike of several versions, told once. */
export function groupProofs<Seen>(
  proofs: readonly PolicyProof[],
  see: (proof: PolicyProof) => readonly Seen[],
): readonly { seen: Seen; proofs: readonly PolicyProof[] }[] {
  const groups = new Map<string, { seen: Seen; proofs: PolicyProof[] }>();
  for (const proof of proofs) {
    for (const seen of see(proof)) {
      const key = JSON.stringify(seen);
      const group = groups.get(key) ?? { seen, proofs: [] };
      group.proofs.push(proof);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}
