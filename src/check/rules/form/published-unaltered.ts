import type { Rule } from '../../../model/finding.ts';
import type { VersionEntry } from '../../../model/version.ts';

/** A published text keeps its bytes: a change needs a new version number. */
export const publishedUnaltered: Rule = {
  id: 'form/published-unaltered',
  demands: 'A published text is not altered under the same version.',
  basis: { standard: 'CA/Browser Forum TLS Baseline Requirements', edition: '2.2.6', clause: '2.3' },
  severity: 'error',
  stopsBuild: true,
  *check({ drafts, register }) {
    for (const draft of drafts) {
      const number = draft.frontMatter?.version;
      const entry = register.entries.find(
        (candidate): candidate is VersionEntry => candidate.kind === 'version' && candidate.document === draft.id && candidate.version === number,
      );
      const registered = entry?.files[draft.language];
      if (!registered || registered.sha256 === draft.sha256) continue;
      yield {
        message: `The text of ${draft.id} ${number} (${draft.language}) was altered after it was published.`,
        at: { file: draft.file, start: draft.fields['version'] },
        seen: `SHA-256 ${draft.sha256}`,
        expected: `SHA-256 ${registered.sha256}, as registered on ${entry?.published.slice(0, 10)}`,
        advice: `Give the changed text a new version and status: draft, or take the published one back: git show ${registered.blob ?? `HEAD:${registered.path}`} > ${draft.file}`,
      };
    }
  },
};
