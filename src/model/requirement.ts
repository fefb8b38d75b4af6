import { z } from 'zod';
import type { Citation } from './finding.ts';
import { PRACTICES, type PracticeName } from './practice.ts';

const Text = z.string().regex(/\S/, 'expected a text that is not empty');
const yes = z.literal('true', 'expected "true", or no such key').transform(() => true);
const Day = z.string().regex(/^\d{4}(-\d\d){0,2}$/, 'expected a year, a month or a day, such as "2025-06"');
const list = <T extends z.ZodType>(item: T) => z.array(item).default([]);

/** As in the standard: `OVR-5.1-02A`, `REQ-7.12-10`; in a list of demands of our own, words with hyphens. */
export const RequirementId = z
  .string()
  .regex(/^(?:[A-Z]{3}-[\d.]+-\d\d[A-Za-z]*|[a-z\d]+(?:-[a-z\d]+)*)$/, 'expected an id such as "OVR-5.1-02A"')
  .max(60);
export type RequirementId = z.infer<typeof RequirementId>;

/** One question to the declared practices. */
const Test = z
  .strictObject({
    practice: z
      .string()
      .refine((name) => PRACTICES.has(name), 'expected a practice that src/model/practice.ts knows')
      .transform((name) => name as PracticeName),
    /** The practice has this value, or one of these. */
    is: z.union([z.string(), z.array(z.string()).min(2)]).optional(),
    isNot: z.string().optional(),
  })
  .refine(({ is, isNot }) => (is === undefined) !== (isNot === undefined), 'expected one of "is" and "isNot"')
  .refine(
    (test) => valuesOf(test).every((value) => PRACTICES.get(test.practice)?.values.includes(value) ?? true),
    'expected a value that the practice can have',
  );
export type Test = z.infer<typeof Test>;

/** The values of which a test speaks. */
export const valuesOf = ({ is, isNot }: { is?: string | readonly string[] | undefined; isNot?: string | undefined }): readonly string[] =>
  typeof is === 'string' ? [is] : (is ?? [isNot ?? '']);

/** When a conditional requirement applies. */
export const Condition = z
  .strictObject({
    /** The case, in our own words. */
    text: Text,
    /** All of these must hold. */
    all: z.array(Test).min(1).optional(),
    /** One of these must hold. */
    any: z.array(Test).min(1).optional(),
    /** No practice rules the case out: an event, or a state that every provider must foresee. The requirement always applies. */
    foreseen: yes.optional(),
    /** The standard prints no mark; only the wording, the place or another requirement makes it conditional. */
    byWording: yes.optional(),
  })
  .refine(({ all, any, foreseen }) => [all, any, foreseen].filter((part) => part !== undefined).length === 1, 'expected one of "all", "any" and "foreseen"');
export type Condition = z.infer<typeof Condition>;

/** What a requirement takes over: a clause with its subclauses, one id or a run of ids, what a policy or a tag brings, or a whole document. */
export const Incorporation = z.strictObject({
  standard: Text,
  /** Only where the source fixes it. */
  edition: z.string().optional(),
  clause: z.string().optional(),
  id: RequirementId.optional(),
  /** Last id of a run that begins with `id`. */
  to: RequirementId.optional(),
  /** A lettered item of `id`. */
  item: z.string().optional(),
  policy: z.string().optional(),
  tag: z.string().optional(),
  /** Only where all of these hold. */
  when: z.array(Test).optional(),
  /** The id counts for the policies of the requirement that takes it over, whatever its own tags are. */
  ignoringTags: yes.optional(),
});
export type Incorporation = z.infer<typeof Incorporation>;

/** A lettered item of a requirement. */
const Item = z.strictObject({
  key: z.string(),
  text: Text,
  rfc3647: z.array(z.string()),
  /** Only for certificates that one of these policies or tags reaches. */
  policies: z.array(z.string()).min(1).optional(),
  /** Only where all of these hold. */
  when: z.array(Test).min(1).optional(),
});
export type Item = z.infer<typeof Item>;

/** The parties on whom requirements rest. */
export const PARTIES = ['tsp', 'other-tsp', 'subscriber', 'subject', 'relying-party'] as const;
export type Party = (typeof PARTIES)[number];

/** One party on whom a requirement rests, and what it does for it. */
const Responsibility = z.strictObject({
  who: z.enum(PARTIES),
  does: Text.max(120),
  /** Only where all of these hold. */
  when: z.array(Test).min(1).optional(),
});
export type Responsibility = z.infer<typeof Responsibility>;

/** Where a demand of a list of our own comes from. */
const Source = z.strictObject({
  standard: Text,
  edition: Text,
  clause: Text,
  strength: z.enum(['must', 'should']),
  /** From when it counts; without it, already. */
  from: Day.optional(),
  note: z.string().optional(),
});

/** One requirement of an edition, described in our own words: the standard alone is authoritative. */
export const Requirement = z
  .strictObject({
    id: RequirementId,
    clause: Text,
    kind: z.enum(['shall', 'should', 'may', 'void']),
    /** The tags in front of it; a tag also reaches the policies that build on that one. */
    policies: z.union([z.literal('all'), z.array(z.string()).min(1)]).default('all'),
    /** Policies that it does not reach although `policies` would. */
    exceptPolicies: list(z.string()),
    when: Condition.optional(),
    /** It offers a choice; what the choice depends on. */
    choice: z.string().optional(),
    incorporates: list(Incorporation),
    /** Requirements that it switches off, where `when` holds. */
    excludes: z.strictObject({ standard: Text, ids: z.array(RequirementId).min(1), when: z.array(Test).optional() }).optional(),
    summary: Text.max(260),
    /** Kinds of proof, the main one first: text of a document, profile of certificates and lists, records of the operation. */
    evidence: list(z.enum(['document', 'profile', 'operation'])),
    /** Where one looks first, the best place first. */
    documents: list(z.enum(['cp', 'cps', 'pds', 'terms', 'tsps'])),
    /** Sections of the RFC 3647 outline where the answer belongs, the best one first. */
    rfc3647: list(z.string().regex(/^\d+(\.\d+)*$/)),
    /** error: a shall that a published text has to show; warning: a should, or a shall that is proven elsewhere; info: a may, and what only points to other requirements. */
    level: z.enum(['error', 'warning', 'info']).default('info'),
    /** statement: its own wording wants text in a published document; publication: it is about publishing, notices or being reachable. */
    shows: list(z.enum(['statement', 'publication'])),
    /** Lettered items that a text answers one by one. */
    items: list(Item),
    /** Ids under which earlier editions had it, and other standards may still cite it. */
    formerIds: list(z.strictObject({ edition: Text, id: RequirementId })),
    /** The id as the standard prints it, where that is a slip. */
    printedId: z.string().optional(),
    /** The provider may scale it to its situation, with a written justification. */
    proportionate: yes.optional(),
    /** A second modal verb in the same requirement. */
    alsoContains: z.enum(['shall', 'should', 'may']).optional(),
    /** Other places that it names without taking them over. */
    refersTo: list(z.string()),
    sources: list(Source),
    /** How the demand can be checked, and how far a program can do it. */
    checkable: z.string().optional(),
    automation: z.enum(['full', 'partial']).optional(),
    /** Who has to do what it demands; of several, all. Without it, the provider alone. */
    responsible: list(Responsibility),
    /** Where the above needs an explanation. */
    note: z.string().optional(),
  })
  .refine(({ kind, evidence, rfc3647, sources }) => kind === 'void' || (evidence.length > 0 && (rfc3647.length > 0 || sources.length > 0)), {
    message: 'expected a kind of proof and a section of RFC 3647 (or the sources) for a requirement that is not void',
  });
export type Requirement = z.infer<typeof Requirement>;

/** A reference certificate policy that the standard defines. */
export const CataloguePolicy = z.strictObject({
  id: Text,
  oid: z.string(),
  name: Text,
  summary: Text,
  /** On which policies it builds, for people; the requirements named there say it for the program. */
  buildsOn: Text,
  /** Practices that the policy itself settles. */
  settles: z
    .record(z.string(), z.array(z.string()))
    .default({})
    .refine((settled) => Object.entries(settled).every(([name, values]) => values.every((value) => PRACTICES.get(name)?.values.includes(value))), {
      message: 'expected practices that src/model/practice.ts knows, with values that they can have',
    }),
  /** Keys must be in a QSCD. */
  qscd: yes.optional(),
  /** Tags of another standard that reach it without a requirement that says so, and why. */
  alsoTagged: list(z.strictObject({ standard: Text, tag: Text, because: Text })),
  formerNames: list(z.string()),
  cabForumOid: z.string().optional(),
});
export type CataloguePolicy = z.infer<typeof CataloguePolicy>;

/** The requirements of one edition of a standard, as data: `content/requirements/<standard>/<edition>.yaml`. */
export const Catalogue = z
  .strictObject({
    /** As findings cite it: `ETSI EN 319 411-2`. */
    standard: Text,
    /** As marks name it: `411-2`. */
    short: z.string().regex(/^[a-z\d][a-z\d-]*$/),
    /** As the standard prints it: `V2.6.1`. */
    edition: Text,
    published: Day,
    title: Text,
    /** Whom it reaches: certificates by their policies, every provider, or those who choose a set of rules. */
    reach: z.enum(['policies', 'every-provider', 'rule-sets']),
    /** Who reviewed the data, when, and what of it. */
    reviewed: z.array(z.strictObject({ by: Text, on: Day, of: Text })).min(1),
    /** The documents that the data describes. */
    sources: z.array(Text).min(1),
    /** What the letters in front of an id mean. */
    prefixes: z.record(z.string(), Text).default({}),
    policies: list(CataloguePolicy),
    /** Tags that are not policies. */
    tags: list(z.strictObject({ id: Text, summary: Text })),
    references: list(z.strictObject({ standard: Text, title: z.string().optional(), edition: z.string().optional(), published: Day.optional() })),
    clauses: z.array(z.strictObject({ number: Text, title: z.string().optional(), scope: z.string().optional() })).min(1),
    /** The model of a PKI disclosure statement, section by section. */
    disclosureStatement: list(z.strictObject({ name: Text, demands: Text, refs: z.array(RequirementId), rfc3647: z.array(z.string()) })),
    /** Places where the source is unclear, and how this catalogue reads them. */
    readings: list(z.strictObject({ at: Text, issue: Text, reading: Text })),
    /** Provisions of the eIDAS Regulation and what serves them, from the informative annex. */
    eidas: list(z.strictObject({ provision: Text, topic: z.string().optional(), servedBy: z.array(z.string()), remark: z.string().optional() })),
    requirements: z.array(Requirement).min(1),
  })
  .superRefine(holdTogether);
export type Catalogue = z.infer<typeof Catalogue>;

interface Parts {
  standard: string;
  policies: readonly { id: string }[];
  tags: readonly { id: string }[];
  clauses: readonly { number: string }[];
  requirements: readonly Pick<Requirement, 'id' | 'clause' | 'policies' | 'exceptPolicies' | 'items'>[];
}

/** What one catalogue must keep in itself: ids once, clauses and tags that it declares. */
function holdTogether(catalogue: Parts, context: z.RefinementCtx): void {
  const issue = (path: (string | number)[], message: string): void => context.addIssue({ code: 'custom', path: ['requirements', ...path], message });
  const clauses = new Set(catalogue.clauses.map(({ number }) => number));
  const tags = new Set([...catalogue.policies, ...catalogue.tags].map(({ id }) => id));
  const seen = new Set<string>();
  for (const [index, { id, clause, policies, exceptPolicies, items }] of catalogue.requirements.entries()) {
    if (seen.has(id)) issue([index, 'id'], `expected each id once; "${id}" stands before`);
    seen.add(id);
    if (!clauses.has(clause)) issue([index, 'clause'], 'expected a clause that "clauses" lists');
    for (const tag of [...(policies === 'all' ? [] : policies), ...exceptPolicies, ...items.flatMap((item) => item.policies ?? [])]) {
      if (!tags.has(tag)) issue([index, 'policies'], `expected policies that the catalogue declares, not "${tag}"`);
    }
  }
}

/** The title of the clause in which a requirement stands; empty where the source has none. */
export function clauseTitle({ clauses }: Catalogue, { clause }: Requirement): string {
  return clauses.find(({ number }) => number === clause)?.title ?? '';
}

/** A requirement as findings cite it. */
export function citeRequirement({ standard, edition }: Catalogue, { id }: Requirement): Citation {
  return { standard, edition, clause: id };
}
