import { z } from 'zod';
import { JUDGED_AS } from './certificate-rule.ts';
import { DOCUMENT_TYPES, ETSI_POLICIES } from './document.ts';
import { OPEN_PARTS } from './profile.ts';
import { PROFILE_KINDS } from './profile-field.ts';

const Words = z.union([z.string(), z.record(z.string(), z.string())]).describe('For all languages, or by language.');
const Texts = z.array(z.string()).optional();
const RowJson = z.object({
  id: z.string(),
  field: z.string(),
  presence: z.enum(['required', 'optional', 'forbidden']),
  critical: z.boolean().optional(),
  value: z
    .object({
      exactly: Texts,
      includes: Texts,
      oneOf: Texts,
      like: Texts,
      atLeast: z.number().optional(),
      atMost: z.number().optional(),
      countAtLeast: z.number().optional(),
      countAtMost: z.number().optional(),
      words: Words.optional(),
    })
    .optional(),
  section: z.string().optional(),
  note: Words.optional(),
});
const ProfileJson = z.object({
  id: z.string(),
  kind: z.enum(PROFILE_KINDS),
  title: Words,
  policy: z.string().optional(),
  issuers: z.array(z.string()),
  section: z.string(),
  others: z.array(z.enum(OPEN_PARTS)),
  rows: z.array(RowJson),
});
const PolicyJson = z.object({
  oid: z.string(),
  name: z.string(),
  conformsTo: z.enum(ETSI_POLICIES).optional(),
  qualified: z.object({ statement: z.string() }).optional(),
  qscd: z.object({ required: z.boolean(), managedBy: z.enum(['subject', 'tsp']).optional(), statement: z.string().optional() }).optional(),
  profile: z.string().optional(),
});
const TextJson = z.object({
  type: z.enum(DOCUMENT_TYPES),
  policies: z.array(PolicyJson),
  profiles: z.record(z.string(), z.string()).describe('Names in "profiles" by the id of a profile that the version is bound to.'),
});

/** `/api/v1/certificate-lookup.json`: beside `/api/v1/in-force.json`, all that is needed to say which texts governed a certificate. */
export const CertificateLookupJson = z.object({
  provider: z.string(),
  texts: z.record(z.string(), TextJson).describe('By "<document> <version>"; without versions of which nobody can say what they list.'),
  profiles: z.record(z.string(), ProfileJson),
});
export type CertificateLookupJson = z.infer<typeof CertificateLookupJson>;

/** `/api/v1/certificate-standards.json`: what certificates are judged by. */
export const CertificateStandardsJson = z.object({
  standards: z.array(
    z.object({
      standard: z.string(),
      short: z.string(),
      edition: z.string(),
      published: z.string(),
      byAnalogy: z.array(z.object({ policy: z.string(), subject: z.string() })),
      rules: z.array(
        z.object({
          id: z.string(),
          kind: z.enum(['shall', 'should', 'may', 'void']),
          policies: z.array(z.enum(JUDGED_AS)),
          subject: z.enum(['natural', 'legal']).optional(),
          since: z.string(),
          summary: z.string().describe('In our own words: the standard alone is authoritative.'),
          checks: z.array(z.record(z.string(), z.unknown())).describe('As the program runs them; their form can change.'),
        }),
      ),
    }),
  ),
  lists: z.record(z.string(), z.string()),
});
