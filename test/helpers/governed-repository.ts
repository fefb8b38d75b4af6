import type { Instant } from '../../src/model/time.ts';
import { appendEntries, type NewEntry, sha256 } from '../../src/read/register.ts';
import { type Asked, certificatePem } from './governed.ts';
import { makeRepository, type TestRepository } from './repository.ts';
import { makeSkeleton, replaceFrontMatter } from './skeleton.ts';

export const CPS = 'policies/cps.md';
export const OWN = '1.3.6.1.4.1.99999.1.2.1';
/** Only the first version lists it. */
export const ENDED = '1.3.6.1.4.1.99999.1.2.9';
/** Midnight of 1 October in Vienna, when the second version takes effect. */
const CHANGE = '2026-09-30T22:00:00Z';
const LAST_SECOND = '2026-09-30T21:59:59Z' as Instant;

/** The front matter of a policy. */
export const policy = (oid: string, more: string) => `\n  - oid: ${oid}\n    name: Signatures\n${more}`;
const QUALIFIED = '    qualified: { statement: "1.1" }\n';
/** A version of the CPS that lists policies. */
export const listing = (version: string, effective: string, ...policies: string[]) =>
  replaceFrontMatter(makeSkeleton(), `version: "${version}"\neffective: ${effective}\npolicies:${policies.join('')}`);
const first = listing(
  '1.0',
  '2026-02-01',
  policy(OWN, `    conformsTo: QCP-n\n${QUALIFIED}    qscd: { required: false, statement: "1.4.1" }\n`),
  policy(ENDED, ''),
);
const second = listing(
  '1.1',
  '2026-10-01',
  policy(OWN, `    conformsTo: QCP-n-qscd\n${QUALIFIED}    qscd: { required: true, managedBy: subject, statement: "1.4.2" }\n`),
);
const VERSIONS = [
  { text: first, version: '1.0', published: '2026-01-15T09:00:00Z', effective: '2026-01-31T23:00:00Z' },
  { text: second, version: '1.1', published: '2026-09-01T09:00:00Z', effective: CHANGE },
];

const softwareKey = { policies: [OWN, '0.4.0.194112.1.0'], statements: [1] };
/** Certificates by the name of their file in the folder `one`. */
export const SAMPLES: Readonly<Record<string, Asked>> = {
  'before.pem': { issued: '2026-06-01T08:00:00Z' as Instant, ...softwareKey },
  'last-second.pem': { issued: LAST_SECOND, ...softwareKey },
  'first-second.pem': { issued: CHANGE as Instant, ...softwareKey },
  'ended.pem': { issued: '2026-10-02T08:00:00Z' as Instant, policies: [ENDED] },
  'foreign.pem': { issued: '2026-06-01T08:00:00Z' as Instant, policies: ['1.2.3.4'] },
  'ca.pem': { issued: '2026-01-01T00:00:00Z' as Instant, policies: [OWN], isCa: true },
};

/** A CPS that asks for a QSCD from its second version on, and certificates beside it. */
export async function makeGovernedRepository(): Promise<TestRepository> {
  const repository = await makeRepository();
  const config = 'name: Example Trust Services\nsite: https://repository.example.org\ntimeZone: Europe/Vienna\n';
  const entries: NewEntry[] = [];
  for (const { text, version, published, effective } of VERSIONS) {
    await repository.commit({ 'cartulary.yaml': config, [CPS]: text }, published);
    const blob = (await repository.git('rev-parse', `HEAD:${CPS}`)).trim();
    entries.push({ document: 'cps', version, published, effective, files: { en: { path: CPS, blob, sha256: sha256(Buffer.from(text)) } } } as NewEntry);
  }
  const pems = Object.fromEntries(Object.entries(SAMPLES).map(([file, asked]) => [`one/${file}`, certificatePem(asked)]));
  await repository.commit({ 'policies/register.yaml': appendEntries('', entries).text, ...pems }, '2026-09-01T10:00:00Z');
  return repository;
}
