import { z } from 'zod';
import { Oid } from './document.ts';
import type { Point } from './finding.ts';
import { RequirementId } from './requirement.ts';
import { isDate } from './time.ts';

const Text = z.string().regex(/\S/, 'expected a text that is not empty').max(300, 'expected at most 300 characters');
const Day = z.string().refine(isDate, 'expected a day of the calendar, such as "2026-09-14"');
const Name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected a name such as "video-session"');
const Period = z.string().regex(/^[1-9]\d{0,3} (day|month|year)s?$/, 'expected a period such as "36 months"');

/** The ways in which Article 24 of the eIDAS Regulation lets a person be identified. */
export const METHOD_KINDS = ['physical-presence', 'eid', 'certificate', 'remote'] as const;
export type MethodKind = (typeof METHOD_KINDS)[number];

/** The use cases of ETSI TS 119 461 that serve each. */
const USE_CASES: Readonly<Record<MethodKind, readonly string[]>> = {
  'physical-presence': ['9.2.1'],
  remote: ['9.2.2', '9.2.3'],
  eid: ['9.2.4'],
  certificate: ['9.2.5'],
};

const Method = z
  .strictObject({
    id: Name,
    kind: z.enum(METHOD_KINDS),
    title: Text,
    /** How it is done, in a sentence. */
    steps: Text,
    /** The clause of ETSI TS 119 461 that it follows. */
    useCase: z
      .string()
      .regex(/^9\.2\.[1-5]$/, 'expected a clause of TS 119 461 from 9.2.1 to 9.2.5')
      .optional(),
    /** Of an eID: its level of assurance. Of a remote method: the level of TS 119 461. */
    level: z.enum(['low', 'substantial', 'high', 'baseline', 'extended']).optional(),
    /** What may be used in it: `ID Austria`, `passport`. */
    accepts: z.array(Text).max(30).default([]),
    /** What it leaves, as the CPS says it. */
    records: z.array(Text).min(1).max(30),
    /** Where that is kept. */
    kept: Text,
    /** The first and the last day on which persons were identified so. */
    used: z.strictObject({ from: Day, to: Day.optional() }),
    /** Who confirmed that it is as good as physical presence, and on which day. */
    confirmed: z.strictObject({ by: Text, on: Day, report: Text.optional() }).optional(),
  })
  .superRefine(({ kind, useCase, level, used, confirmed }, context) => {
    const issue = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (useCase !== undefined && !USE_CASES[kind].includes(useCase)) issue(['useCase'], `expected ${USE_CASES[kind].join(' or ')} for the kind "${kind}"`);
    const levels = kind === 'eid' ? ['low', 'substantial', 'high'] : kind === 'remote' ? ['baseline', 'extended'] : [];
    if (level !== undefined && !levels.includes(level))
      issue(['level'], levels.length > 0 ? `expected one of ${levels.join(', ')}` : `expected none for the kind "${kind}"`);
    if (used.to !== undefined && used.to < used.from) issue(['used', 'to'], 'expected a last day that is not before the first');
    if (kind === 'remote' && !confirmed) issue(['confirmed'], 'expected who confirmed that the remote method is as good as physical presence');
  });
export type IdentityMethod = z.infer<typeof Method>;

const Choice = z.strictObject({
  /** Who runs the website. */
  subscriber: z.enum(['natural', 'legal']),
  /** The rule of EN 319 411-2 that is then followed; without it, such subscribers get no certificates. */
  route: RequirementId.optional(),
  /** What is verified beside the person. */
  also: z.array(Text).max(20).default([]),
});
export type IdentityChoice = z.infer<typeof Choice>;

/** How the rule of EN 319 411-2, REG-6.2.2-04, is chosen by who runs the website. */
export const WEBSITE_ROUTES = { natural: 'REG-6.2.2-02', legal: 'REG-6.2.2-03' } as const;

const IdentityPolicy = z.strictObject({
  oid: Oid,
  methods: z.array(Name).min(1).max(30),
  /** What is verified of organisations, and from where. */
  organisation: z.array(Text).max(20).default([]),
  /** How long a check may be the basis for certificates, and for how many. */
  validFor: Period.optional(),
  mostCertificates: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'expected a number')
    .optional(),
  /** Of website certificates: subsections of the Baseline Requirements by which control of a domain name is validated. */
  domainMethods: z
    .array(z.string().regex(/^3\.2\.2\.[4-9](\.\d+)?$/, 'expected a subsection of the Baseline Requirements, such as "3.2.2.4.7"'))
    .max(30)
    .default([]),
  /** Of website certificates: the choice by the kind of the subscriber. */
  choice: z.array(Choice).max(2).default([]),
});
export type IdentityPolicy = z.infer<typeof IdentityPolicy>;

/** `content/identity.yaml`: how persons and organisations are identified for certificates of each policy, and what that leaves. */
export const IdentityModel = z
  .strictObject({ methods: z.array(Method).min(1).max(50), policies: z.array(IdentityPolicy).max(100) })
  .superRefine(({ methods, policies }, context) => {
    const issue = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    for (const [index, { id }] of methods.entries())
      if (methods.findIndex((method) => method.id === id) < index) issue(['methods', index, 'id'], `expected each once; "${id}" stands before`);
    for (const [index, { oid, methods: names, choice }] of policies.entries()) {
      if (policies.findIndex((policy) => policy.oid === oid) < index) issue(['policies', index, 'oid'], `expected each once; "${oid}" stands before`);
      for (const [at, name] of names.entries())
        if (!methods.some(({ id }) => id === name)) issue(['policies', index, 'methods', at], 'expected the id of a method that "methods" lists');
      for (const [at, { subscriber, route }] of choice.entries()) {
        if (choice.findIndex((other) => other.subscriber === subscriber) < at)
          issue(['policies', index, 'choice', at, 'subscriber'], 'expected each kind of subscriber once');
        if (route !== undefined && route !== WEBSITE_ROUTES[subscriber])
          issue(
            ['policies', index, 'choice', at, 'route'],
            `expected ${WEBSITE_ROUTES[subscriber]}, which EN 319 411-2 REG-6.2.2-04 names for such a subscriber`,
          );
      }
    }
  });
export type IdentityModel = z.infer<typeof IdentityModel>;

export const IDENTITY_FILE = 'content/identity.yaml';

/** The model with the place of each of its values, by path: `methods.0.kind`. */
export interface DeclaredIdentity extends IdentityModel {
  fields: Readonly<Record<string, Point>>;
}

/** Whether persons are identified by a method on a day. */
export const isUsedOn = ({ used }: IdentityMethod, day: string): boolean => used.from <= day && day <= (used.to ?? day);

/** The methods of a policy. */
export const methodsOf = ({ methods }: IdentityModel, policy: IdentityPolicy): readonly IdentityMethod[] =>
  methods.filter(({ id }) => policy.methods.includes(id));
