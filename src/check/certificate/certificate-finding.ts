import type { ByteRange } from '../../model/asn1.ts';
import type { Citation } from '../../model/finding.ts';
import type { Claim, NotJudged } from './claim.ts';

/** One way in which a certificate does not show what a requirement asks for. */
export interface CertificateFinding {
  /** The standard and the id, `412-2:NAT-4.3.2-1`. */
  readonly requirement: string;
  readonly basis: Citation;
  readonly severity: 'error' | 'warning' | 'info';
  /** The path of the field, or of what should hold it. */
  readonly at: string;
  /** Where that lies in the DER. */
  readonly place?: ByteRange;
  readonly seen: string;
  readonly expected: string;
  /** One whole sentence. */
  readonly message: string;
  /** Why it weighs less than the requirement does: it is younger than the certificate, holds only by analogy, or the policy is only presumed. */
  readonly because?: string;
}

/** An edition by which a certificate was judged. */
export interface JudgedBy {
  readonly standard: string;
  readonly edition: string;
  readonly published: string;
  /** The edition is younger than the certificate: what the edition of its day said may differ. */
  readonly publishedLater: boolean;
}

/** What the standards say about a certificate. */
export type Judgement =
  | { readonly judged: false; readonly reason: NotJudged; readonly findings: readonly [] }
  | { readonly judged: true; readonly claim: Claim; readonly judgedBy: readonly JudgedBy[]; readonly findings: readonly CertificateFinding[] };
