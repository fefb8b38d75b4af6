import { z } from 'zod';
import { InstantText } from './instant-text.ts';
import type { Instant } from './time.ts';
import type { Criterion } from './trusted-list.ts';

/** It is read back as what it was written from. */
const PublishedInstant = InstantText as unknown as z.ZodType<Instant>;
const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const Oids = z.array(z.string()).readonly();

const CriterionJson: z.ZodType<Criterion> = z.lazy(() =>
  z.union([
    CriteriaJson,
    z.object({ kind: z.literal('keyUsage'), bits: z.array(z.object({ name: z.string(), value: z.boolean() })).readonly() }),
    z.object({ kind: z.literal(['policies', 'extendedKeyUsage', 'subjectAttributes', 'qcStatements']), oids: Oids }),
    z.object({ kind: z.literal('unknown'), name: z.string() }),
  ]),
) as z.ZodType<Criterion>;
const CriteriaJson = z.object({ kind: z.literal('list'), assert: z.enum(['all', 'atLeastOne', 'none']), criteria: z.array(CriterionJson).readonly() });

const FileJson = z.object({
  country: z.string().describe('As lists spell it: EL for Greece, UK for the United Kingdom; EU for the list of the lists.'),
  file: z.string().describe("In the provider's repository."),
  location: z.string().describe('From where it was taken.'),
  sha256: Digest.describe("Of the file's bytes."),
});
const ListJson = z.discriminatedUnion('proved', [
  FileJson.extend({
    proved: z.literal(true).describe('Its signature holds, and its signer is the announced one.'),
    version: z.number(),
    sequence: z.number(),
    issued: PublishedInstant,
    nextUpdate: PublishedInstant.nullable().describe('Null for a list that was closed.'),
    signer: z.object({ subject: z.string(), sha256: Digest }),
  }),
  FileJson.extend({ proved: z.literal(false), reason: z.string(), problem: z.string().describe('Why, as a whole sentence in English.') }),
]);
export type PublishedList = z.infer<typeof ListJson>;

const StateJson = z.object({
  type: z.string(),
  status: z.string(),
  start: PublishedInstant.describe('It holds until the state before it begins.'),
  uses: z.array(z.string()).readonly(),
  qualifications: z.array(z.object({ qualifiers: z.array(z.string()).readonly(), critical: z.boolean(), criteria: CriteriaJson, line: z.number() })).readonly(),
  unknownCritical: z.array(z.string()).readonly(),
  line: z.number(),
});

/** `/api/v1/trusted-lists.json`: what trusted lists say of the CAs whose certificates are published here, and nothing else of them. */
export const ListedAuthorities = z.object({
  at: PublishedInstant.describe('The instant for which the lists were asked.'),
  taken: PublishedInstant.describe('When the lists were taken from where they are published.'),
  listOfLists: ListJson,
  lists: z.array(ListJson).describe('Those of the countries of the CAs and of the declared services.'),
  authorities: z.array(
    z.object({
      sha256: Digest.describe('Of the CA certificate.'),
      subject: z.string(),
      subjectKey: z.string().describe('The same for all names that RFC 5280, 7.1, takes as equal.'),
      keyIdentifier: z.string().nullable().describe('Hexadecimal.'),
      country: z.string().describe('Whose list is to be asked.'),
      services: z.array(z.number()).describe('Places in "services": entries that the CA, or one above it, is the digital identity of.'),
    }),
  ),
  services: z.array(
    z.object({
      country: z.string(),
      provider: z.string(),
      line: z.number().describe('Of the entry in the file of the list.'),
      states: z.array(StateJson).describe('The current one first.'),
    }),
  ),
});
export type ListedAuthorities = z.infer<typeof ListedAuthorities>;
