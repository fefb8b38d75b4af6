import type { CertificateLookupJson } from '../model/certificate-lookup.ts';
import type { CertificateStandards } from '../model/certificate-rule.ts';
import { declarationsOf } from '../model/declared-text.ts';
import type { Profile } from '../model/profile.ts';
import type { Workspace } from '../model/workspace.ts';

/** `/api/v1/certificate-lookup.json`: what each version declares, in as few characters as it takes. A profile that several versions state stands in it once. */
export function certificateLookupJson(workspace: Workspace): string {
  const { register, textOf } = declarationsOf(workspace);
  const names = new Map<string, string>();
  const profiles: CertificateLookupJson['profiles'] = {};
  const nameOf = (declared: Profile) => {
    const profile = plainProfile(declared);
    const content = JSON.stringify(profile);
    const name = names.get(content) ?? `${profile.id}-${names.size + 1}`;
    names.set(content, name);
    profiles[name] = profile;
    return name;
  };
  const texts: CertificateLookupJson['texts'] = {};
  for (const entry of register.entries) {
    const text = entry.kind === 'version' ? textOf(entry) : undefined;
    if (entry.kind !== 'version' || !text) continue;
    const bound = Object.entries(text.profiles ?? {}).map(([id, profile]) => [id, nameOf(profile)] as const);
    texts[`${entry.document} ${entry.version}`] = { type: text.type, policies: [...text.policies], profiles: Object.fromEntries(bound) };
  }
  const data: CertificateLookupJson = { provider: workspace.config.name, texts, profiles };
  return `${JSON.stringify(data)}\n`;
}

/** A profile without what only its reader needs, always in the same order. */
const plainProfile = ({ id, kind, title, policy, issuers, section, others, rows }: Profile): Profile => ({
  id,
  kind,
  title,
  ...(policy !== undefined && { policy }),
  issuers,
  section,
  others,
  rows,
});

/** `/api/v1/certificate-standards.json`: what certificates are judged by, in as few characters as it takes. */
export const certificateStandardsJson = (standards: CertificateStandards): string => `${JSON.stringify(standards)}\n`;
