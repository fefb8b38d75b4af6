import { z } from 'zod';
import { EDITION_CHANGES } from './edition.ts';
import { EVIDENCE_KINDS, EVIDENCE_RESULTS, PROOF_STATES } from './evidence.ts';
import { InstantText } from './instant-text.ts';
import { MATRIX_STATES } from './matrix-state.ts';

/** Why a text may no longer state what its mark says: the author has not confirmed it since. */
const Suspect = z.object({
  base: z.string().describe('The version in which the mark was set, or confirmed for the last time.'),
  textSince: z.string().optional().describe('The version since which the text of the marked sections is another; absent where it is the same.'),
  edition: z
    .object({ from: z.string(), to: z.string(), change: z.enum(EDITION_CHANGES) })
    .optional()
    .describe('The edition to which that version was written and the one looked at, where the requirement differs between them.'),
});

const Place = z.object({
  document: z.string().describe("The document's id."),
  version: z.string(),
  language: z.string(),
  section: z.string().describe('Number of the section as printed; empty where it has none.'),
  title: z.string(),
  path: z.string().describe('Address of the section in that version, below the address of the site.'),
  byClause: z.boolean().describe('The mark names the clause of the standard, not the requirement itself.'),
  suspect: Suspect.optional().describe('Its authors are to confirm it: the text, or the requirement, is another than when they last did.'),
  since: z
    .object({ version: z.string(), from: InstantText })
    .describe('The first version since which the document has said so without a gap, and from when it was in force.'),
});

const Proof = z.object({
  state: z.enum(PROOF_STATES).describe('Whether the evidence index has something that shows it, and nothing is wrong with that.'),
  items: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      kind: z.enum(EVIDENCE_KINDS),
      kept: z.string(),
      owner: z.string(),
      verified: z.string(),
      validUntil: z.string(),
      result: z.enum(EVIDENCE_RESULTS),
      ended: z.boolean().describe('A certification that the next one followed.'),
      faults: z.array(z.string()).describe('Why it counts no longer.'),
    }),
  ),
});

const Row = z.object({
  standard: z.string(),
  edition: z.string(),
  id: z.string(),
  clause: z.string(),
  clauseTitle: z.string().describe('Empty where the source has none.'),
  summary: z.string().describe('In our own words; the standard alone is authoritative.'),
  kind: z.enum(['shall', 'should', 'may']),
  policies: z.array(z.string()).describe('OIDs of the policies under which it applies; empty where that is undecided.'),
  because: z
    .array(z.object({ policies: z.array(z.string()), reasons: z.array(z.string()) }))
    .describe('How each of these policies leads to it, the most general reason first; no reason where it is a requirement of the policy itself.'),
  state: z.enum(MATRIX_STATES),
  stated: z.array(Place),
  excluded: z.array(Place.extend({ reason: z.string() })),
  elsewhere: z
    .array(Place.extend({ reason: z.string().optional().describe('Why it is excluded there.') }))
    .optional()
    .describe('In the matrix of a version that says nothing on it: the sections of other documents, then in force, that do.'),
  evidence: z.array(z.enum(['document', 'profile', 'operation'])).describe('Kinds of proof: a text, certificates and lists, records of the operation.'),
  missing: z.array(z.string()).describe('Practices that are not declared and decide whether it applies.'),
  proof: Proof.optional().describe('Only in what is made for assessors: the evidence for it.'),
});

/** The version that a matrix is about, and what was in force beside it. */
const Subject = z.object({
  document: z.string(),
  version: z.string(),
  path: z.string(),
  from: InstantText,
  until: InstantText.nullable().describe('Null while nothing published ends it.'),
  together: z
    .array(
      z.object({
        document: z.string(),
        version: z.string(),
        path: z.string(),
        from: InstantText,
        until: InstantText.nullable(),
        matrix: z.string().nullable().describe('Where the matrix of that version is; null where it has no marks.'),
      }),
    )
    .describe('The versions of the other documents in force at the instant from which this one is.'),
});

/**
 * `/requirements/matrix.json`: where the texts in force state each requirement that applies under their policies;
 * `/cps/2.1/requirements/matrix.json`: where one version does.
 */
export const MatrixJson = z.object({
  provider: z.string(),
  site: z.url(),
  timeZone: z.string().describe('In which the provider states dates.'),
  note: z.string().describe('What the states mean, and what they do not.'),
  subject: Subject.optional().describe('The version that the matrix is about; absent where it is about all that is in force.'),
  standards: z
    .array(
      z.object({
        standard: z.string(),
        short: z.string().describe('As marks name it.'),
        edition: z.string(),
        title: z.string(),
        path: z.string(),
        named: z
          .boolean()
          .optional()
          .describe('In the matrix of a version: whether its text names the edition to which it was written; else it is the one in use.'),
      }),
    )
    .describe('The editions that were looked at.'),
  policies: z.array(z.object({ oid: z.string(), name: z.string(), conformsTo: z.string() })).describe('The policies that these texts list.'),
  texts: z
    .array(z.object({ document: z.string(), version: z.string(), language: z.string(), path: z.string(), sha256: z.string() }))
    .describe('The texts that were looked at.'),
  requirements: z.array(Row).describe('In the order of the standards and of their clauses.'),
});

/** The requirement matrix of published texts. */
export type Matrix = z.infer<typeof MatrixJson>;
export type MatrixRow = Matrix['requirements'][number];
export type MatrixPlace = MatrixRow['stated'][number];
export type MatrixProof = NonNullable<MatrixRow['proof']>;
export type MatrixSubject = NonNullable<Matrix['subject']>;
