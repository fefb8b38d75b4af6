import type { Rule } from '../../../model/finding.ts';

/** No two versions have the same bytes: one of them would be a version in name only. */
export const bytesDistinct: Rule = {
  id: 'form/bytes-distinct',
  demands: 'No two versions of the register have the same bytes.',
  basis: { standard: 'CA/Browser Forum TLS Baseline Requirements', edition: '2.2.6', clause: '2.3' },
  severity: 'error',
  *check({ register }) {
    const seen = new Map<string, string>();
    for (const entry of register.entries) {
      if (entry.kind !== 'version') continue;
      for (const [language, file] of Object.entries(entry.files)) {
        const name = `${entry.document} ${entry.version} (${language})`;
        const other = seen.get(file.sha256);
        if (other) {
          yield {
            message: `${name} has the same bytes as ${other}.`,
            at: { file: 'policies/register.yaml', start: entry.fields[`files.${language}.sha256`] ?? entry.start },
            seen: file.sha256,
            expected: 'a text of its own for each version and language',
          };
        }
        seen.set(file.sha256, name);
      }
    }
  },
};
