import type { Observation, Rule } from '../../../model/finding.ts';
import type { Draft } from '../../../model/workspace.ts';
import { citeInUse } from '../../deployed-cas.ts';
import { compareExpiry, type ExpiryPlace, findOtherSince, readExpiryBehaviour } from '../../expiry-behaviour.ts';

const isPracticeText = ({ type }: Draft): boolean => type === 'CP' || type === 'CPS' || type === 'CP-CPS';

/** How status of expired certificates is given is one story: practices, texts, profiles, CRLs and OCSP responses tell the same. */
export const expiryBehaviourAgrees: Rule = {
  id: 'evidence/expiry-behaviour-agrees',
  demands: 'Practices, CP and CPS, profiles, CRLs and OCSP responses say the same of the status of certificates that have expired.',
  basis: { standard: 'ETSI EN 319 411-2', edition: 'V2.6.1', clause: '6.3.10' },
  severity: 'error',
  sets: ['etsi-qualified'],
  audience: 'assessor',
  *check(workspace) {
    const rows = readExpiryBehaviour(workspace, workspace.drafts.filter(isPracticeText), workspace.profiles);
    const basis = citeInUse(workspace, '411-2:CSS-6.3.10-12');
    const cited = basis && { basis };
    for (const row of rows) {
      const { reference, different } = compareExpiry(row);
      for (const place of different) if (reference) yield { ...describe(row.extension, place, reference), ...cited };
    }
    for (const { place, other } of findOtherSince(rows)) yield { ...describeSince(place, other), ...cited };
  },
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A sample has it or not; all else says so. */
const tell = ({ source, holds }: ExpiryPlace, what: string): string =>
  source === 'sample' ? `${holds ? 'has' : 'does not have'} ${what}` : `says that ${what} is ${holds ? '' : 'not '}there`;

function describe(extension: string, place: ExpiryPlace, reference: ExpiryPlace): Observation {
  const line = reference.at.start ? `:${reference.at.start.line}` : '';
  return {
    message: `${capital(place.name)} ${tell(place, extension)}, and ${reference.name} ${tell(reference, 'it')}.`,
    at: place.at,
    seen: place.seen,
    expected: `the same as ${reference.at.file}${line}: ${reference.seen}`,
    advice: 'Correct whichever of the two is wrong.',
  };
}

const describeSince = (place: ExpiryPlace, other: ExpiryPlace): Observation => ({
  message: `For ${place.authority}, OCSP keeps the status of expired certificates from another instant on than the CRL.`,
  at: place.at,
  seen: `archiveCutoff ${place.since}`,
  expected: `${other.since}, as expiredCertsOnCRL in ${other.at.file}`,
  advice: 'Both begin with notBefore of the CA certificate where status is kept for all that it issued.',
});
