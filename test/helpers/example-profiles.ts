import { readFileSync } from 'node:fs';

/**
 * A profile of the example as it was before CPS 2.4: the certificates that tests make are of ETS Qualified CA 1, which
 * issues none under the profiles of today.
 */
export function readEarlierProfile(id: string): string {
  const text = readFileSync(new URL(`../../content/profiles/${id}.yaml`, import.meta.url), 'utf8');
  return text
    .replaceAll('ETS Qualified CA 2', 'ETS Qualified CA 1')
    .replaceAll('/ets-qualified-ca-2.', '/ets-qualified-ca-1.')
    .replace('atMost: 99,', 'atMost: 199,');
}
