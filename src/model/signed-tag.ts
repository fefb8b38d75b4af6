/**
 * - `verified`: by a key of the repository's allowed signers;
 * - `broken`: the signature is not one of its key over this tag;
 * - `renamed`: it is over a tag of another name;
 * - `not-allowed`: it holds, but no line of the allowed signers names its key for git at that time;
 * - `unchecked`: there are no allowed signers;
 * - `unsupported`: OpenPGP, X.509, or a kind of SSH key that this program does not verify.
 */
export type TagState = 'verified' | 'broken' | 'renamed' | 'not-allowed' | 'unchecked' | 'unsupported';

/** An annotated tag that bears a signature. */
export interface SignedTag {
  readonly name: string;
  readonly kind: 'SSH' | 'OpenPGP' | 'X.509';
  readonly state: TagState;
  /** The fingerprint of the key, as ssh-keygen writes it; where it can be read. */
  readonly key?: string;
  /** To whom the allowed signers give the key. */
  readonly signers?: string;
}

/** The keys of those who may sign tags, in the format of OpenSSH (ALLOWED SIGNERS in ssh-keygen(1)). */
export const ALLOWED_SIGNERS = 'content/allowed-signers';
