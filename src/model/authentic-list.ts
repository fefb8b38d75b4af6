import type { CertificateFacts } from './certificate.ts';
import type { Point } from './finding.ts';
import type { TrustedList } from './trusted-list.ts';
import type { Sha256 } from './version.ts';

/** Why the signature of a list does not hold, in one word. */
export type SignatureFault =
  | 'signature-missing'
  | 'signature-not-one'
  | 'signature-form'
  | 'signature-broken'
  | 'duplicate-id'
  | 'instructions'
  | 'digest-mismatch'
  | 'signer-mismatch'
  | 'unsupported';

/** A signer's certificate with its octets. */
export interface ListSigner {
  facts: CertificateFacts;
  der: Uint8Array;
}

export type AuthenticationFault =
  | SignatureFault
  | 'doctype'
  | 'xml'
  | 'version'
  | 'form'
  | 'not-a-trusted-list'
  | 'not-a-list-of-lists'
  | 'journal-missing'
  | 'pivot-missing'
  | 'pivot-broken'
  | 'signer-not-announced'
  | 'no-pointer'
  | 'lotl-next-update-passed';

export interface ListWarning {
  code: 'next-update-passed' | 'territory-differs' | 'journal-differs' | 'signature' | 'history';
  message: string;
  line?: number;
}

/** A list whose signature holds and whose signer is the announced one, with the files that prove it. */
export interface AuthenticList {
  authenticated: true;
  file: string;
  /** Of the file's bytes. */
  sha256: Sha256;
  list: TrustedList;
  signer: ListSigner;
  signingTime: string | undefined;
  warnings: readonly ListWarning[];
  /** Of a list of the lists: the older ones through which it is traced to the anchors, newest first. */
  pivots: readonly AuthenticList[];
}

export interface RefusedList {
  authenticated: false;
  file: string;
  sha256: Sha256;
  reason: AuthenticationFault;
  /** A whole sentence. */
  problem: string;
  at?: Point;
}

export type Authentication = AuthenticList | RefusedList;
