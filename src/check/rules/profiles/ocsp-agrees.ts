import { findExtension } from '../../../model/certificate-extension.ts';
import { type DeployedOf, deployedOf, placeWithin } from '../../../model/deployed.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import type { BasicResponse, SingleResponse } from '../../../model/ocsp-response.ts';
import type { Profile } from '../../../model/profile.ts';
import type { Workspace } from '../../../model/workspace.ts';
import { citeInUse, type DeployedCa, listCas, readPractice } from '../../deployed-cas.ts';
import { checkSigners } from '../../ocsp-signers.ts';
import { comparePeriodsToProfile, comparePeriodToTexts } from '../../period-agreement.ts';
import { type Compared, compareToStated } from '../../stated-profiles.ts';

/** OCSP responses and their signers keep to the profiles and periods of the texts in force when they were made, and to the declared practices. */
export const ocspAgrees: Rule = {
  id: 'profiles/ocsp-agrees',
  demands: 'OCSP responses and the certificates of their signers, their declared profiles, the periods in the texts and the declared practices agree.',
  basis: { standard: 'ETSI EN 319 411-1', edition: 'V1.5.1', clause: '6.6.3' },
  severity: 'error',
  *check(workspace) {
    const cas = listCas(workspace);
    yield* comparePeriodsToProfile(workspace, 'ocsp-response', cas);
    for (const item of deployedOf(workspace.deployed, 'ocsp-response')) {
      // One that is no answer has nothing that could be compared, nor a signature.
      if (!item.facts.basic) continue;
      const response = { item, basic: item.facts.basic };
      for (const [index, answer] of response.basic.responses.entries()) {
        const ca = cas.find((candidate) => candidate.item.sha256 === item.authorities?.[index]);
        if (ca) yield* checkAnswer(workspace, { ...response, answer, ca }, cas);
        else yield strange(item, answer);
      }
    }
    yield* checkSigners(workspace, cas);
  },
};

/** One answer of a response, with the CA of the certificate in question. */
interface Answer {
  item: DeployedOf<'ocsp-response'>;
  basic: BasicResponse;
  answer: SingleResponse;
  ca: DeployedCa;
}

const isProfile = ({ kind }: Profile): boolean => kind === 'ocsp-response';

const strange = (item: DeployedOf<'ocsp-response'>, answer: SingleResponse): Observation => ({
  message: 'The OCSP response is about a certificate of a CA that is not deployed.',
  at: placeWithin(item, answer.certID.at),
  seen: `a certificate of the CA whose key has the digest ${answer.certID.issuerKeyHash}`,
  expected: 'one of a CA of content/certificates',
  advice: 'Put the certificate of that CA there, or take the response away.',
});

function* checkAnswer(workspace: Workspace, { item, basic, answer, ca }: Answer, cas: readonly DeployedCa[]): Iterable<Observation> {
  const { name: authority } = ca;
  const placeOf = (path: string) => placeWithin(item, path);
  const name = `The OCSP response about a certificate of ${authority}`;
  const at = basic.producedAt.instant;
  const sights = [{ ...item.facts, basic: { ...basic, responses: [answer] } }];
  const compared: Compared | undefined = at && { name, kind: 'OCSP responses', authority, at, sights, placeOf };
  const observations = compared ? [...compareToStated(workspace, compared, isProfile)] : [];
  yield* observations;
  yield* checkCutoff(workspace, { item, basic, answer, ca });
  const [from, to] = [answer.thisUpdate.instant, answer.nextUpdate?.instant];
  if (!from || !to || observations.some((observation) => observation.at.path === answer.nextUpdate?.at)) return;
  const period = { name, from, to, at: placeOf(answer.nextUpdate?.at ?? answer.at) };
  yield* comparePeriodToTexts(workspace, 'ocsp-response', { period, authority: ca, cas });
}

/** Whether there is an archive cutoff is declared; if so, EN 319 411-2, CSS-6.3.10-10, wants it to be notBefore of the CA certificate. */
function* checkCutoff(workspace: Workspace, { item, answer, ca }: Answer): Iterable<Observation> {
  const declared = readPractice(workspace, 'archiveCutoff');
  const extension = findExtension(answer, 'archiveCutoff');
  const requirement = citeInUse(workspace, '411-2:CSS-6.3.10-10');
  const basis = requirement && { basis: requirement };
  if (declared !== undefined && declared !== (extension !== undefined)) {
    yield {
      message: `The OCSP response about a certificate of ${ca.name} contradicts the declared practice on the archive cutoff.`,
      at: placeWithin(item, extension?.at ?? `${answer.at}.extensions.archiveCutoff`),
      seen: extension ? 'the extension archiveCutoff' : 'no extension archiveCutoff',
      expected: `${declared ? 'the extension' : 'none'}, by the practice \`archiveCutoff: ${declared}\` of cartulary.yaml`,
      ...basis,
    };
  }
  const since = extension?.value?.since.instant;
  const { instant: notBefore } = ca.item.facts.validity.notBefore;
  if (!extension || !since || !notBefore || since === notBefore || !basis) return;
  yield {
    message: `The archive cutoff of the OCSP response is not the beginning of ${ca.name}.`,
    at: placeWithin(item, extension.at),
    seen: since,
    expected: `${notBefore}, notBefore of the CA certificate in ${ca.item.place.file}`,
    severity: 'warning',
    ...basis,
  };
}
