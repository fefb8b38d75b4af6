import type { CertificateFacts } from '../../../model/certificate.ts';
import { findExtension } from '../../../model/certificate-extension.ts';
import { matchesGlob } from '../../../model/compare-profile.ts';
import type { GeneralName } from '../../../model/distinguished-name.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import { boundProfiles } from '../../../model/profile-binding.ts';
import type { PdsLocation } from '../../../model/qc-statement.ts';
import { listSamples, practicesInForce, type Sample } from '../../../model/sample.ts';
import { readSiteAddress } from '../../../model/site-address.ts';
import type { VersionEntry } from '../../../model/version.ts';
import type { Workspace } from '../../../model/workspace.ts';

/** Addresses in certificates are pages of this site, or such as the CP or CPS states. */
export const addressesHold: Rule = {
  id: 'profiles/addresses-hold',
  demands: 'PDS and CPS addresses in deployed certificates are pages of this site, and status addresses stand in the CP or CPS.',
  basis: { standard: 'ETSI EN 319 412-5', edition: 'V2.6.1', clause: '4.3.4' },
  severity: 'error',
  *check(workspace) {
    for (const sample of listSamples(workspace)) {
      if (sample.governing.kind !== 'governed') continue;
      for (const location of listPds(sample.facts)) yield* checkPds(workspace, sample, location);
      for (const address of listCpsAddresses(sample.facts)) yield* checkCps(workspace, sample, address);
      yield* checkStatus(workspace, sample);
    }
  },
};

interface Address {
  at: string;
  url: string;
}

const listPds = (facts: CertificateFacts): readonly PdsLocation[] =>
  (findExtension(facts, 'qcStatements')?.value?.statements ?? []).flatMap((statement) =>
    statement.name === 'QcPDS' ? (statement.value?.locations ?? []) : [],
  );

const listCpsAddresses = (facts: CertificateFacts): readonly Address[] =>
  (findExtension(facts, 'certificatePolicies')?.value?.policies ?? []).flatMap(({ qualifiers }) =>
    qualifiers.flatMap((qualifier) => (qualifier.kind === 'cps' ? [{ at: qualifier.at, url: qualifier.uri }] : [])),
  );

function* checkPds(workspace: Workspace, { place }: Sample, { at, url, language }: PdsLocation): Iterable<Observation> {
  const found = readSiteAddress(workspace, url);
  const common = { at: { ...place, path: at }, seen: `${url} for ${language}` };
  const advice = 'Certificates keep this address for as long as they live: put the page there, and correct what the CA issues from now on.';
  if (found.kind === 'elsewhere') {
    yield {
      ...common,
      severity: 'warning',
      message: `The PDS address in ${at} is not one of this site.`,
      expected: `a page below ${workspace.config.site}/ with the PDS in that language`,
      advice: 'Publish the PDS on this site, or waive this where another site of yours holds it for as long.',
    };
  } else if (found.kind !== 'text' || !isPds(workspace, found.entry)) {
    const what = found.kind === 'text' ? `a text of ${found.entry.document}, which is no PDS` : found.kind === 'page' ? 'a page that is no text' : 'no page';
    yield { ...common, message: `The PDS address in ${at} leads to ${what}.`, expected: 'a page of this site with the PDS in that language', advice };
  } else if (found.language !== undefined && primary(found.language) !== primary(language)) {
    yield {
      ...common,
      message: `The PDS address in ${at} leads to a text in another language.`,
      seen: `${url} for ${language}, where the text is in ${found.language}`,
      expected: `a page of this site with the PDS in ${language}`,
      advice,
    };
  }
}

const isPds = ({ facts }: Workspace, { document, files }: VersionEntry): boolean => {
  const types = Object.values(files).flatMap(({ sha256 }) => facts.get(sha256)?.type ?? []);
  return types.length > 0 ? types.includes('PDS') : document.includes('pds');
};

/** `de` of `de-AT`: certificates name the language alone (ISO 639-1). */
const primary = (language: string): string => language.toLowerCase().split('-')[0] ?? '';

function* checkCps(workspace: Workspace, { place }: Sample, { at, url }: Address): Iterable<Observation> {
  const { kind } = readSiteAddress(workspace, url);
  if (kind === 'page' || kind === 'text') return;
  yield {
    message: `The CPS address in ${at} ${kind === 'none' ? 'leads to no page of this site' : 'is not one of this site'}.`,
    at: { ...place, path: at },
    seen: url,
    expected: `a page of ${workspace.config.site}/ that leads to the practice statement`,
    basis: { standard: 'RFC 5280', clause: '4.2.1.4' },
    ...(kind === 'elsewhere' && { severity: 'warning' as const }),
    advice: 'Put the page there for as long as such certificates live, and correct what the CA issues from now on.',
  };
}

function* checkStatus(workspace: Workspace, { facts, governing, place }: Sample): Iterable<Observation> {
  const entries = practicesInForce(workspace, governing.at);
  const stated = listStated(workspace, entries);
  if (stated.length === 0) return;
  for (const { at, url } of listStatusAddresses(facts).filter((address) => !isStated(address.url, stated))) {
    yield {
      message: `The address in ${at} stands in no CP or CPS that was in force when the certificate was issued.`,
      at: { ...place, path: at },
      seen: url,
      expected: `an address that ${entries.map(({ document, version }) => `${document} ${version}`).join(' or ')} states`,
      basis: { standard: 'RFC 3647', clause: '4.7.1' },
      severity: 'warning',
      advice: 'State it in section 7.1.2 or 4.10.1, in the text or in the profile; or correct what the CA issues.',
    };
  }
}

/** The addresses in the texts of versions and in the profiles bound to them; none where a text cannot be read for them. */
function listStated({ facts, register, boundProfiles: profiles }: Workspace, entries: readonly VersionEntry[]): readonly string[] {
  const files = entries.map((entry) => Object.values(entry.files).flatMap(({ sha256 }) => facts.get(sha256)?.addresses ?? []));
  if (files.some((addresses) => addresses.length === 0)) return [];
  const rows = entries.flatMap((entry) => Object.values(boundProfiles(register, entry)).flatMap(({ sha256 }) => profiles.get(sha256)?.rows ?? []));
  const values = rows.flatMap(({ value }) => [...(value?.exactly ?? []), ...(value?.includes ?? []), ...(value?.oneOf ?? []), ...(value?.like ?? [])]);
  return [...new Set([...files.flat(), ...values.filter((value) => /^(https?|ldaps?):/i.test(value))])];
}

const urlsOf = (names: readonly GeneralName[]): readonly Address[] =>
  names.flatMap((name) => (name.kind === 'uniformResourceIdentifier' ? [{ at: name.at, url: name.value }] : []));

const listStatusAddresses = (facts: CertificateFacts): readonly Address[] => [
  ...(findExtension(facts, 'cRLDistributionPoints')?.value?.points ?? []).flatMap(({ fullName }) => urlsOf(fullName ?? [])),
  ...(findExtension(facts, 'authorityInfoAccess')?.value?.descriptions ?? []).flatMap(({ location }) => urlsOf([location])),
];

/** As written, with a placeholder such as `{ca}`, or below an address that ends in a slash and of which the texts name nothing more. */
function isStated(url: string, stated: readonly string[]): boolean {
  const bare = (address: string) => address.replace(/\/$/, '');
  return stated.some((address) => {
    if (bare(address) === bare(url) || matchesGlob(address.replace(/\{[^{}]*\}/g, '*'), url)) return true;
    return address.endsWith('/') && url.startsWith(address) && !stated.some((other) => other !== address && other.startsWith(address));
  });
}
