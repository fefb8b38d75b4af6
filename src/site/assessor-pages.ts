import type { Workspace } from '../model/workspace.ts';
import { evidenceStrings } from './evidence-strings.ts';
import { operationStrings } from './operation-strings.ts';
import type { Link } from './page.ts';
import { precedenceStrings } from './precedence-strings.ts';
import { statusStrings } from './status-strings.ts';

/** Where the evidence index stands on a site for assessors. */
export const EVIDENCE_PATH = '/evidence/';

/** Where the versions of outside rules stand. */
export const PRECEDENCE_PATH = '/precedence/';

/** Where it stands what was measured of the status services. */
export const STATUS_PATH = '/status/';

/** Where the qualified devices, and the ways in which persons are identified, stand; no policy has such an OID. */
export const DEVICES_PATH = '/policies/devices/';
export const IDENTITY_PATH = '/policies/identification/';

/** Who has to do what under a policy. */
export const responsibilitiesPath = (oid: string) => `/policies/${oid}/responsibilities/`;

/** The pages that only a site for assessors has, for its navigation. */
export function listAssessorPages({ config, evidence, precedence, status, qscd, identity }: Workspace, href: (path: string) => string): Link[] {
  const language = config.languages[0] ?? 'en';
  return [
    ...(evidence ? [{ href: href(EVIDENCE_PATH), label: evidenceStrings(language).title }] : []),
    ...(precedence ? [{ href: href(PRECEDENCE_PATH), label: precedenceStrings(language).title }] : []),
    ...(status ? [{ href: href(STATUS_PATH), label: statusStrings(language).title }] : []),
    ...(qscd ? [{ href: href(DEVICES_PATH), label: operationStrings(language).devices.title }] : []),
    ...(identity ? [{ href: href(IDENTITY_PATH), label: operationStrings(language).identity.title }] : []),
  ];
}
