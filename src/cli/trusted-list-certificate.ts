import { realpath } from 'node:fs/promises';
import { showShort } from '../check/report/words.ts';
import type { Deployed, DeployedOf } from '../model/deployed.ts';
import { isCa } from '../model/deployed.ts';
import { attributeValues, writeDistinguishedName } from '../model/distinguished-name.ts';
import type { TrustedLists } from '../model/list-snapshot.ts';
import { type Qualification615, qualify } from '../model/qualification.ts';
import { factsOfCertificate } from '../model/qualifier.ts';
import { type CountryList, entriesOf, listTerritory, matchName } from '../model/service-entry.ts';
import { authenticLists } from '../model/service-proof.ts';
import type { Instant } from '../model/time.ts';
import { readDeployed } from '../read/deployed.ts';
import { findListedServices, type ServiceMatch } from '../read/listed-services.ts';
import { sha256 } from '../read/register.ts';
import { type Unverified, verifyDeployed } from '../read/signature.ts';
import { readX509 } from '../read/x509/x509.ts';
import { listInputs, readInput } from './in-force-inputs.ts';
import { type Io, UsageError } from './main.ts';
import { readHeldLists, tellObservations } from './trusted-list-held.ts';
import { answerJson, snapshotJson } from './trusted-list-json.ts';
import { describeAnswer, describeLists, describeRefusal, describeState, describeSteps } from './trusted-list-words.ts';

type Certificate = DeployedOf<'certificate'>;

/** What the lists prove of a certificate. */
interface CertificateProof {
  /** The certificate, its issuer, and so on, as far as signatures verify. */
  path: readonly Certificate[];
  country: string;
  matches: readonly ServiceMatch[];
  answer: Qualification615;
  /** What else a reader should know. */
  remarks: readonly string[];
}

/** `cartulary trusted-list prove --certificate`: whether a certificate was qualified when it was issued, and is at an instant. */
export async function proveCertificate(name: string, { at, json }: { at: Instant; json: boolean | undefined }, io: Io): Promise<number> {
  const given = await readCertificates(name, io);
  const held = given && (await readHeldLists(at, io));
  if (!given || !held) return 2;
  const { deployed } = await readDeployed(await realpath(io.folder));
  const [end] = given;
  const issued = end?.facts.kind === 'certificate' ? end.facts.validity.notBefore.instant : undefined;
  if (end?.facts.kind !== 'certificate' || !issued) throw new UsageError(`${name} begins with no certificate that says since when it is valid.`);
  const country = listTerritory(attributeValues(end.facts.issuer, 'countryName')[0] ?? '');
  const lists = authenticLists(held).filter((list) => list.country === country);
  if (lists.length === 0) {
    io.err(`The issuer is of ${country ? showShort(country, 20) : 'no country'}. ${tellMissing(held, country)}\n`);
    return 2;
  }
  if (issued > at) {
    io.err(`The certificate is valid from ${issued} on, which is after ${at}: there is nothing to prove of it then.\n`);
    return 1;
  }
  const path = tracePath(end, [...given, ...deployed, ...listedIssuers(lists, end)]);
  const matches = findListedServices(lists, path).filter(({ service }) => service.states.some(({ type }) => type === 'CA/QC'));
  const answer = qualify(matches, factsOfCertificate(end.facts), { issued, at });
  const proof = { path, country, matches, answer, remarks: listRemarks(path, matches, at) };
  io.out(json ? `${JSON.stringify({ ...snapshotJson(held), certificate: proofJson(proof) }, null, 2)}\n` : toText(held, proof));
  return answer.confirmed === 'none' ? 1 : 0;
}

/** Why there is no proved list of a country. */
function tellMissing(held: TrustedLists, country: string): string {
  const list = held.lists.find((one) => one.country === country);
  const countries = [...new Set([...held.lists.map((one) => one.country), country])].filter((one) => /^[A-Z]{2}$/.test(one)).sort();
  if (!list) return `The snapshot holds no list of it. Fetch it where there is a network: cartulary trusted-list update --countries ${countries.join(',')}.`;
  return list.authentication.authenticated ? '' : `Its list is refused: ${describeRefusal(list.authentication)}`;
}

/** The certificates of a file, or undefined, and told, where it has none. */
async function readCertificates(name: string, io: Io): Promise<readonly Unverified[] | undefined> {
  const { inputs } = await listInputs([name], io.folder);
  const [input, ...more] = inputs;
  if (!input || more.length > 0) throw new UsageError('Name one file, with a certificate and, if need be, its issuers.');
  const { bytes, problem } = await readInput(input, io);
  if (!bytes) {
    io.err(`${showShort(name, 300)}: ${problem}\n`);
    return undefined;
  }
  const { items, observations } = readX509(bytes, name);
  tellObservations(
    observations.map((one) => ({ ...one, rule: 'profiles/certificate-readable' })),
    io,
  );
  return items.map(({ facts, der, place }) => ({ facts, der, place, sha256: sha256(der) }));
}

/** Certificates of lists that could be the issuer's: those with its name. Most of a list is never decoded. */
function listedIssuers(lists: readonly CountryList[], { facts, der }: Unverified): readonly Unverified[] {
  if (facts.kind !== 'certificate') return [];
  const [offset, length] = facts.places[facts.issuer.at] ?? [0, 0];
  const issuer = Buffer.from(der).subarray(offset, offset + length);
  const candidates = lists.flatMap((list) => entriesOf(list).map((entry) => ({ entry, list })));
  return candidates.flatMap(({ entry, list }) =>
    entry.service.identity.certificates
      .filter((certificate) => Buffer.from(certificate.der).includes(issuer))
      .flatMap((certificate) =>
        readX509(certificate.der, list.file).items.map((item) => ({
          facts: item.facts,
          der: item.der,
          place: { file: list.file },
          sha256: certificate.sha256,
        })),
      ),
  );
}

const LONGEST_PATH = 10;

/** Up from a certificate, as long as a signature verifies with the key of an issuer that is known. */
function tracePath(end: Unverified, known: readonly (Unverified | Deployed)[]): readonly Certificate[] {
  const verified = verifyDeployed(known.map(({ facts, place, der, sha256: digest }) => ({ facts, place, der, sha256: digest })));
  const find = (digest: string | undefined) => verified.find((item): item is Certificate => item.sha256 === digest && item.facts.kind === 'certificate');
  const path: Certificate[] = [];
  for (let next = find(end.sha256); next && !path.includes(next) && path.length < LONGEST_PATH; ) {
    path.push(next);
    next = next.signature === 'verified' ? find(next.issuer) : undefined;
  }
  return path;
}

function listRemarks([end, issuer]: readonly Certificate[], matches: readonly ServiceMatch[], at: Instant): string[] {
  if (!end) return [];
  const { notAfter, notBefore } = end.facts.validity;
  const organisations = attributeValues(end.facts.issuer, 'organizationName');
  const isNamed = matches.length === 0 || matches.some(({ entry }) => organisations.some((name) => matchName(entry.provider, name)));
  return [
    ...(issuer ? [] : ['Its issuer is not known: no certificate in the file, in content/certificates or in the lists verifies its signature.']),
    ...(isCa(end.facts) ? ['It is a certificate of a CA.'] : []),
    ...(isNamed ? [] : [`The issuer is called ${showShort(organisations.join(', ') || 'nothing', 200)}, which is no name of the provider in the list (4.4).`]),
    ...((notAfter.instant && notAfter.instant < at) || (notBefore.instant && notBefore.instant > at) ? [`At ${at} it is outside its own validity.`] : []),
    ...matches.flatMap(({ entry }) => historyErrors(entry)),
    'Whether it was revoked is another question, which lists do not answer.',
  ];
}

/** A history that goes forward in time cannot be followed. */
const historyErrors = ({ list, service }: ServiceMatch['entry']): string[] =>
  list.list.remarks
    .filter(({ severity, line }) => severity === 'error' && service.states.some((state) => state.line === line))
    .map(({ message, line }) => `${list.file}:${line}: ${message}`);

function toText(held: TrustedLists, { path, country, matches, answer, remarks }: CertificateProof): string {
  const [end, ...issuers] = path;
  const file = matches[0]?.entry.list.file ?? '';
  const lines = [
    `Proof as of ${held.at}, by ETSI TS 119 615, from the lists of ${held.snapshot.taken}:`,
    ...describeLists(held, [country]).map((line) => `  ${line}`),
    '',
    ...(end ? [`${nameOf(end)}, SHA-256 ${end.sha256}`] : []),
    ...issuers.map((issuer) => `  issued by ${nameOf(issuer)} (${issuer.place.file})`),
    ...matches.map(({ entry, by }) => {
      const [state] = entry.service.states;
      return `  4.3  ${WAYS[by]} is listed: ${showShort(entry.provider.names[0] ?? '', 200)}${state ? `, now ${describeState(state, entry.list.file)}` : ''}`;
    }),
    ...(matches.length === 0 ? [`  4.3  No service of the list of ${country} belongs to it.`] : []),
    ...describeSteps(answer, file).map((line) => `  ${line}`),
    ...remarks.map((remark) => `  ${remark}`),
    describeAnswer(answer),
  ];
  return `${lines.join('\n')}\n`;
}

const WAYS = { itself: 'The certificate itself', issuer: 'Its issuer', higher: 'A CA above its issuer' } as const;
const nameOf = ({ facts }: Certificate): string => showShort(writeDistinguishedName(facts.subject), 300);

function proofJson({ path, country, matches, answer, remarks }: CertificateProof) {
  return {
    country,
    path: path.map((one) => ({ subject: writeDistinguishedName(one.facts.subject), sha256: one.sha256, file: one.place.file })),
    services: matches.map(({ entry, by }) => ({ by, provider: entry.provider.names[0] ?? '', file: entry.list.file, line: entry.service.line })),
    ...answerJson(answer),
    remarks,
  };
}
