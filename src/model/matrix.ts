import { z } from 'zod';
import { MATRIX_STATES } from './matrix-state.ts';

const Instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
  .describe('An instant in UTC.');

const Place = z.object({
  document: z.string().describe("The document's id."),
  version: z.string().describe('The version in force.'),
  language: z.string(),
  section: z.string().describe('Number of the section as printed; empty where it has none.'),
  title: z.string(),
  path: z.string().describe('Address of the section in that version, below the address of the site.'),
  byClause: z.boolean().describe('The mark names the clause of the standard, not the requirement itself.'),
  since: z
    .object({ version: z.string(), from: Instant })
    .describe('The first version since which the document has said so without a gap, and from when it was in force.'),
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
  evidence: z.array(z.enum(['document', 'profile', 'operation'])).describe('Kinds of proof: a text, certificates and lists, records of the operation.'),
  missing: z.array(z.string()).describe('Practices that are not declared and decide whether it applies.'),
});

/** `/requirements/matrix.json`: where the texts in force state each requirement that applies under their policies. */
export const MatrixJson = z.object({
  provider: z.string(),
  site: z.url(),
  timeZone: z.string().describe('In which the provider states dates.'),
  note: z.string().describe('What the states mean, and what they do not.'),
  standards: z
    .array(z.object({ standard: z.string(), edition: z.string(), title: z.string(), path: z.string() }))
    .describe('The editions that were looked at.'),
  policies: z.array(z.object({ oid: z.string(), name: z.string(), conformsTo: z.string() })).describe('The policies that texts in force list.'),
  texts: z
    .array(z.object({ document: z.string(), version: z.string(), language: z.string(), path: z.string(), sha256: z.string() }))
    .describe('The texts in force that were looked at.'),
  requirements: z.array(Row).describe('In the order of the standards and of their clauses.'),
});

/** The requirement matrix of published texts. */
export type Matrix = z.infer<typeof MatrixJson>;
export type MatrixRow = Matrix['requirements'][number];
export type MatrixPlace = MatrixRow['stated'][number];
