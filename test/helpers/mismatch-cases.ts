import type { Policy } from '../../src/model/document.ts';
import { type CertificateChanges, makeCertificate } from './certificates.ts';
import type { Octets } from './der.ts';
import { encodePolicies } from './encode-extensions.ts';

/** A certificate that contradicts what the front matter, the practices or the profile say, by a row of the table "What a mismatch looks like". */
export interface Mismatch {
  /** The number of the row, and what the certificate shows in this case of it. */
  readonly row: number;
  readonly shows: string;
  readonly says: string;
  readonly verdict: 'error' | 'warning' | 'fine';
  /** Requirements that the finding may name, with the standard's short name. */
  readonly requirements: readonly string[];
  /** The path of the field that the finding names, or what that begins with. */
  readonly at: string;
  /** What the front matter says of the policy. */
  readonly policy: Policy;
  readonly make: () => Octets;
}

const CPS = 'https://repository.ets.example/';
const ARC = '1.3.6.1.4.1.99999.1.2';

/** A policy of the example with its CPS qualifier, by the last arc. */
export const own = (number: number) => ({ oid: `${ARC}.${number}`, cps: CPS });
/** certificatePolicies with these and no others. */
export const policies = (...items: readonly { oid: string; cps?: string }[]) => ({ certificatePolicies: encodePolicies(items) });
/** Makes the certificate when it is asked for. */
export const make =
  (changes: CertificateChanges): (() => Octets) =>
  () =>
    makeCertificate(changes);

type Case = Pick<Mismatch, 'shows' | 'policy' | 'make'> & Partial<Pick<Mismatch, 'at' | 'verdict'>>;
/** The cases of one row, errors unless they say otherwise. */
export const row = (number: number, says: string, requirements: readonly string[], at: string, ...cases: readonly Case[]): readonly Mismatch[] =>
  cases.map((item) => ({ row: number, says, verdict: 'error', requirements, at, ...item }));
