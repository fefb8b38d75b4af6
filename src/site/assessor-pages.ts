import type { Workspace } from '../model/workspace.ts';
import { evidenceStrings } from './evidence-strings.ts';
import type { Link } from './page.ts';
import { precedenceStrings } from './precedence-strings.ts';

/** Where the evidence index stands on a site for assessors. */
export const EVIDENCE_PATH = '/evidence/';

/** Where the versions of outside rules stand. */
export const PRECEDENCE_PATH = '/precedence/';

/** The pages that only a site for assessors has, for its navigation. */
export function listAssessorPages({ config, evidence, precedence }: Workspace, href: (path: string) => string): Link[] {
  const language = config.languages[0] ?? 'en';
  return [
    ...(evidence ? [{ href: href(EVIDENCE_PATH), label: evidenceStrings(language).title }] : []),
    ...(precedence ? [{ href: href(PRECEDENCE_PATH), label: precedenceStrings(language).title }] : []),
  ];
}
