// One way of reading certificates, in a thread of its own, so that none pays for another's memory or profits from what another
// warmed up. Each message asks for one round, and is answered with certificates per second.
import { spawnSync } from 'node:child_process';
import { parentPort, workerData } from 'node:worker_threads';
import { checkCertificate } from '../../lib/check/certificate/check-certificate.js';
import type { CertificateFacts } from '../../lib/model/certificate.js';
import { compareToProfile } from '../../lib/model/compare-profile.js';
import type { Profile } from '../../lib/model/profile.js';
import { readCertificateStandards } from '../../lib/read/certificate-catalogues.js';
import { readProfiles } from '../../lib/read/profiles.js';
import { readX509 } from '../../lib/read/x509/x509.js';
import { declare, type JudgedSample, readSamples, SAMPLES } from '../../test/helpers/certificate-samples.ts';
import type { Way } from './certificates.ts';

interface Input {
  path: string;
  content: Uint8Array;
  der: Uint8Array<ArrayBuffer>;
  declared: ReturnType<typeof declare>;
  profile: Profile | undefined;
}

/** Gives a number that is above zero for some certificates at least: what nobody looks at might not be done. */
type Work = (input: Input) => number;

const { way, repeats, started } = workerData as { way: Way; repeats: number; started: number };
const work = await prepare(way);
const inputs = await readInputs();
let round = 0;

parentPort?.on('message', () => {
  const of = way === 'openssl' ? takeSome() : Array.from({ length: repeats }, () => inputs).flat();
  parentPort?.postMessage(measureRate(of));
});

/** Other files in each round. */
function takeSome(): Input[] {
  round += 1;
  return Array.from({ length: started }, (_, index) => inputs[(round * started + index) % inputs.length] as Input);
}

function measureRate(of: readonly Input[]): number {
  const begin = performance.now();
  let sum = 0;
  for (const input of of) sum += work(input);
  if (sum === 0) throw new Error('Nothing was read.');
  return of.length / ((performance.now() - begin) / 1000);
}

async function prepare(name: Way): Promise<Work> {
  if (name === 'peculiar') return preparePeculiar();
  if (name === 'openssl') return ({ path }) => spawnSync('openssl', ['x509', '-text', '-noout', '-in', path]).stdout.length;
  if (name === 'reader') return (input) => read(input).size;
  const standards = await readCertificateStandards();
  const judge = (facts: CertificateFacts, { declared }: Input) => checkCertificate(facts, standards, declared).findings.length;
  if (name === 'standards') return (input) => judge(read(input), input);
  return (input) => {
    const facts = read(input);
    return judge(facts, input) + (input.profile ? compareToProfile(facts, input.profile).length : 0);
  };
}

const read = ({ content, path }: Input): CertificateFacts => readX509(content, path).items[0]?.facts as CertificateFacts;

/** Much of it is parsed only when it is asked for. */
async function preparePeculiar(): Promise<Work> {
  await import('reflect-metadata');
  const { X509Certificate } = await import('@peculiar/x509');
  return ({ der }) => {
    const { serialNumber, issuer, subject, notBefore, notAfter, publicKey, extensions } = new X509Certificate(der);
    const texts = [serialNumber, issuer, subject].join('').length;
    return texts + Number(notBefore < notAfter) + publicKey.rawData.byteLength + extensions.length;
  };
}

async function readInputs(): Promise<Input[]> {
  const { profiles } = await readProfiles(new URL('../../', import.meta.url).pathname);
  return readSamples().map((sample) => ({
    path: `${SAMPLES.path}/${sample.file}`,
    content: sample.content,
    der: new Uint8Array(readX509(sample.content, sample.file).items[0]?.der ?? []),
    declared: declare(sample),
    profile: profiles.find(({ id }) => id === profileFor(sample)),
  }));
}

/** The profile of the example that is nearest. */
function profileFor({ policy }: JudgedSample): string {
  if (/-w|VCP/.test(policy)) return 'website';
  return /-l/.test(policy) ? 'legal-person-qscd' : 'natural-person-qscd';
}
