import { type Assertion, assertionsOf } from '../../../model/assertion.ts';
import { type Deployed, deployedCas } from '../../../model/deployed.ts';
import { writeDistinguishedName } from '../../../model/distinguished-name.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import { excerpt } from '../../../model/running-text.ts';
import type { DeclaredProfile, Workspace } from '../../../model/workspace.ts';
import { type DeployedCa, listCas } from '../../deployed-cas.ts';
import { findMentions } from '../../name-mentions.ts';

/** The files of CA certificates, their fingerprints in the texts, and the CAs that profiles name agree. */
export const caAgrees: Rule = {
  id: 'profiles/ca-agrees',
  demands: 'CA certificates are the same in each file, by the fingerprint in the text, and in the profiles that name their CAs.',
  basis: { standard: 'ETSI EN 319 411-1', edition: 'V1.5.1', clause: 'DIS-6.5.1-16' },
  severity: 'error',
  *check(workspace) {
    yield* compareFiles(workspace.deployed);
    const cas = listCas(workspace);
    if (cas.length === 0) return;
    yield* checkIssuers(workspace.deployed);
    for (const profile of workspace.profiles) yield* checkProfile(profile, cas);
    yield* checkFingerprints(workspace, cas);
  },
};

/** Files that differ in their ending only: DER and PEM. More can follow in a PEM file, as the rest of the chain. */
function* compareFiles(deployed: readonly Deployed[]): Iterable<Observation> {
  const first = new Map<string, Deployed>();
  for (const item of deployed) if (item.facts.kind === 'certificate' && !first.has(item.place.file)) first.set(item.place.file, item);
  const byStem = new Map<string, Deployed>();
  for (const [file, item] of first) {
    const stem = file.replace(/\.[^./]*$/, '');
    const other = byStem.get(stem);
    byStem.set(stem, other ?? item);
    if (!other || other.sha256 === item.sha256) continue;
    yield {
      message: `The certificate is another than in ${other.place.file}, a file of the same name.`,
      at: item.place,
      seen: `SHA-256 ${item.sha256}`,
      expected: `SHA-256 ${other.sha256}`,
      advice: 'Make both from the same certificate, or give them different names.',
    };
  }
}

function* checkIssuers(deployed: readonly Deployed[]): Iterable<Observation> {
  for (const { facts, place, signature } of deployedCas(deployed)) {
    if (signature !== 'no-issuer') continue;
    yield {
      message: 'The CA certificate is issued by a CA whose certificate is not deployed.',
      at: { ...place, path: facts.issuer.at },
      seen: writeDistinguishedName(facts.issuer),
      expected: 'a CA certificate of content/certificates with this name and the right key identifier',
      advice: 'Put the certificate of the issuer there, up to the root.',
    };
  }
}

function* checkProfile({ id, file, fields, issuers }: DeclaredProfile, cas: readonly DeployedCa[]): Iterable<Observation> {
  for (const [index, issuer] of issuers.entries()) {
    if (cas.some(({ name }) => name === issuer)) continue;
    const path = `issuers.${index}`;
    const start = fields[path] ?? fields['issuers'];
    yield {
      message: `The profile "${id}" names a CA of which no certificate is deployed.`,
      at: { file, path, ...(start && { start }) },
      seen: issuer,
      expected: `one of ${[...new Set(cas.map(({ name }) => name))].join(', ')}`,
      advice: 'Correct the name, or put the CA certificate into content/certificates.',
    };
  }
}

/** 32 octets in hexadecimal, close together or parted by colons or spaces. */
const DIGEST = /(?<![\dA-Za-z])(?:[\dA-Fa-f]{2}[:\s]{0,2}){31}[\dA-Fa-f]{2}(?![\dA-Za-z])/g;
const SAYS_FINGERPRINT = /finger-?\s?print|thumb-?\s?print|Fingerabdr[uü]ck/i;
const SAYS_DIGEST = /SHA-?256/i;
/** What is digested is not the certificate. */
const OF_KEY = /\bSPKI\b|public[- ]key|öffentliche\w* Schlüssel/i;

function* checkFingerprints({ drafts }: Workspace, cas: readonly DeployedCa[]): Iterable<Observation> {
  const names = cas.map(({ name }) => name);
  for (const assertion of drafts.flatMap(({ sections }) => sections.flatMap(assertionsOf))) {
    for (const { 0: printed, index } of assertion.own.matchAll(DIGEST)) {
      const named = findNamed(assertion, index, names);
      if (!isFingerprint(assertion, named)) continue;
      const own = named === undefined ? cas : cas.filter(({ name }) => name === named);
      const digest = printed.replace(/[^\dA-Fa-f]/g, '').toLowerCase();
      if (!own.some(({ item }) => item.sha256 === digest)) yield otherFingerprint({ assertion, printed, index, named, own });
    }
  }
}

/** The CA that is named last before the digest; else the first that the sentence or row, or what leads to it, names. */
function findNamed({ own, lead }: Assertion, at: number, names: readonly string[]): string | undefined {
  const mentions = findMentions(own, names);
  return (mentions.findLast((mention) => mention.at < at) ?? mentions[0] ?? findMentions(lead, names)[0])?.name;
}

function isFingerprint({ own, lead, section }: Assertion, named: string | undefined): boolean {
  if (OF_KEY.test(own)) return false;
  return SAYS_FINGERPRINT.test(`${section.title} ${lead} ${own}`) || (named !== undefined && SAYS_DIGEST.test(`${lead} ${own}`));
}

interface Printed {
  assertion: Assertion;
  printed: string;
  index: number;
  named: string | undefined;
  own: readonly DeployedCa[];
}

const otherFingerprint = ({ assertion, printed, index, named, own }: Printed): Observation => ({
  message:
    named === undefined ? 'The fingerprint is that of no CA certificate that is deployed.' : `The fingerprint is not that of the certificate of ${named}.`,
  at: assertion.placeAt(index),
  seen: excerpt(printed, 0),
  expected: own.map(({ item }) => `${item.sha256} (${item.place.file})`).join(' or '),
  advice: 'Compute it anew from the certificate that the CA uses: openssl x509 -noout -fingerprint -sha256 -in <file>.',
});
