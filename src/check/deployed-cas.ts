import { type DeployedOf, deployedCas } from '../model/deployed.ts';
import { attributeValues, type DistinguishedName, writeDistinguishedName } from '../model/distinguished-name.ts';
import type { Citation } from '../model/finding.ts';
import { declaredFor, type PracticeName } from '../model/practice.ts';
import { citeRequirement } from '../model/requirement.ts';
import type { Workspace } from '../model/workspace.ts';
import type { Authority } from './stated-periods.ts';
import { findRequirement } from './statements.ts';

/** A deployed CA certificate, with what texts can say of its CA. */
export interface DeployedCa extends Authority {
  item: DeployedOf<'certificate'>;
}

/** What texts and profiles call somebody: the common name, or the whole name where there is none. */
export const commonName = (name: DistinguishedName): string => attributeValues(name, 'commonName')[0] ?? writeDistinguishedName(name);

/** The CAs of content/certificates. One with two certificates, as after a rollover, stands there twice. */
export function listCas({ deployed }: Workspace): readonly DeployedCa[] {
  const items = deployedCas(deployed);
  const issuers = new Set(items.flatMap(({ issuer, sha256 }) => (issuer === sha256 ? [] : (issuer ?? []))));
  return items.map((item) => ({ item, name: commonName(item.facts.subject), isForCas: issuers.has(item.sha256) }));
}

/** What is declared of a practice that is a yes or no, where it is the same for all policies. */
export function readPractice({ config: { practices } }: Workspace, practice: PracticeName): boolean | undefined {
  const answers = new Set([undefined, ...Object.keys(practices.byPolicy)].map((oid) => declaredFor(practices, oid).get(practice)?.[0]));
  const [answer, ...others] = answers;
  return answer === undefined || others.length > 0 ? undefined : answer === 'true';
}

/** A requirement of the editions in use as the basis of a finding; undefined where its standard is not in use. */
export function citeInUse({ catalogues }: Workspace, name: string): Citation | undefined {
  const found = findRequirement(catalogues, name);
  return found && citeRequirement(found.catalogue, found.requirement);
}
