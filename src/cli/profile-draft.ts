import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { CertificateFacts } from '../model/certificate.ts';
import { compareToProfile } from '../model/compare-profile.ts';
import { type Draft, type DraftSource, draftFromSamples, draftFromSettings, isAuthority, ownPolicies } from '../model/draft-profile.ts';
import { plural } from '../model/plural.ts';
import { writeDraft } from '../model/write-draft.ts';
import { readEjbcaProfile } from '../read/ejbca-profile.ts';
import { readOpensslSection } from '../read/openssl-section.ts';
import { PROFILES, parseProfile } from '../read/profiles.ts';
import { readX509 } from '../read/x509/x509.ts';
import { listInputs, listPassedOver, readInput } from './in-force-inputs.ts';
import { type Io, UsageError } from './main.ts';
import type { DraftOptions } from './profile.ts';

const MOST_SAMPLES = 10_000;

/** Drafts a profile from certificates, and proves that each of them keeps to it. */
export async function draftCertificates(names: readonly string[], wanted: DraftOptions, io: Io): Promise<number> {
  const read = await readSamples(names, io);
  if (read.problems.length > 0) return refuse(io, read.problems);
  const { samples, told, refusals } = chooseSamples(read.certificates, wanted.policy);
  if (refusals.length > 0) return refuse(io, refusals);
  for (const line of [...read.told, ...told]) io.err(`${line}\n`);
  return writeOut(draftFromSamples(samples, wanted), samples, wanted, io);
}

interface Samples {
  certificates: readonly CertificateFacts[];
  problems: readonly string[];
  told: readonly string[];
}

/** The certificates in the files, each once. What cannot be read is a problem, since the draft would be one of fewer certificates. */
async function readSamples(names: readonly string[], io: Io): Promise<Samples> {
  const found = await listInputs(names, io.folder);
  const certificates = new Map<string, CertificateFacts>();
  const problems: string[] = [];
  let others = 0;
  for (const input of found.inputs) {
    const { bytes, problem } = await readInput(input, io);
    if (!bytes) {
      problems.push(`${input.name}: ${problem}`);
      continue;
    }
    const { items, observations } = readX509(bytes, input.name);
    problems.push(...observations.map(({ message, at }) => `${at.file}${at.start ? `:${at.start.line}` : ''}: ${message}`));
    for (const { facts, der } of items) {
      if (facts.kind === 'certificate') certificates.set(Buffer.from(der).toString('base64'), facts);
      else others += 1;
    }
  }
  const told = [
    ...listPassedOver(found).map((part) => `${part[0]?.toUpperCase()}${part.slice(1)}.`),
    ...(others > 0 ? [`CRLs and OCSP responses left out (${others}): a draft is made from certificates.`] : []),
  ];
  return { certificates: [...certificates.values()], problems, told };
}

/** The samples of one profile: those of subscribers, where there are any, and those under one policy. */
function chooseSamples(all: readonly CertificateFacts[], policy: string | undefined) {
  const subscribers = all.filter((facts) => !isAuthority(facts));
  const kind = subscribers.length > 0 ? subscribers : all;
  const told = kind.length < all.length ? [`${plural(all.length - kind.length, 'CA certificate')} left out: their profile is another one.`] : [];
  const samples = policy === undefined ? kind : kind.filter((facts) => hasPolicy(facts, policy));
  if (samples.length < kind.length) told.push(`${plural(kind.length - samples.length, 'certificate')} left out: not under ${policy}.`);
  return { samples, told, refusals: refuseSamples(kind, samples, policy) };
}

const hasPolicy = (facts: CertificateFacts, policy: string): boolean =>
  facts.extensions.some(({ name, value }) => name === 'certificatePolicies' && value?.policies.some(({ oid }) => oid === policy));

function refuseSamples(kind: readonly CertificateFacts[], samples: readonly CertificateFacts[], policy: string | undefined): string[] {
  if (kind.length === 0) return ['The files hold no certificate.'];
  if (samples.length === 0) return [`None of the certificates is under the policy ${policy}.`];
  if (samples.length > MOST_SAMPLES) return [`These are ${samples.length} certificates; a draft is made from ${MOST_SAMPLES} at most.`];
  if (policy !== undefined) return [];
  const own = samples.map(ownPolicies);
  const common = own.reduce((left, right) => left.filter((oid) => right.includes(oid)));
  const seen = [...new Set(own.flat())];
  if (common.length > 0 || seen.length === 0) return [];
  return [`The certificates have no policy of the provider in common, and a profile is of one. Name it with --policy: ${seen.slice(0, 20).join(', ')}.`];
}

/** Drafts a profile from a certificate profile that EJBCA exported. */
export async function draftEjbca(name: string, wanted: DraftOptions, io: Io): Promise<number> {
  const { bytes, refusal } = await readOne(name, io);
  if (!bytes) return refuse(io, [refusal]);
  const content = readEjbcaProfile(bytes);
  if (!content.source) return refuse(io, [`${name}${content.line === undefined ? '' : `:${content.line}`}: ${content.problem}`]);
  // EJBCA calls the files of its exports so.
  const [, called] = /^certprofile_(.+)-\d+\.xml$/.exec(basename(name)) ?? [];
  const title = wanted.title ?? called?.replaceAll('+', ' ');
  return writeSettings(content.source, name, { ...wanted, title }, `Drafted from a certificate profile of EJBCA, ${basename(name)}.`, io);
}

/** Drafts a profile from a section of extensions of OpenSSL. */
export async function draftOpenssl(name: string, section: string, wanted: DraftOptions, io: Io): Promise<number> {
  const { bytes, refusal } = await readOne(name, io);
  if (!bytes) return refuse(io, [refusal]);
  const content = readOpensslSection(bytes, section);
  if (!content.source) return refuse(io, [`${name}: ${content.problem}`]);
  return writeSettings(content.source, name, wanted, `Drafted from the section [ ${section} ] of ${basename(name)}.`, io);
}

async function readOne(name: string, io: Io): Promise<{ bytes: Uint8Array; refusal?: undefined } | { bytes?: undefined; refusal: string }> {
  const { inputs } = await listInputs([name], io.folder);
  const [input] = inputs;
  if (!input || inputs.length > 1 || input.name !== name) throw new UsageError(`"${name}" is a folder: name one file.`);
  const { bytes, problem } = await readInput(input, io);
  return bytes ? { bytes } : { refusal: `${name}: ${problem}` };
}

async function writeSettings(source: DraftSource, name: string, wanted: DraftOptions, head: string, io: Io): Promise<number> {
  const draft = draftFromSettings(source, wanted, head);
  const code = await writeOut(draft, [], wanted, io);
  if (code !== 0 || draft.notUnderstood.length === 0) return code;
  const lines = draft.notUnderstood.map(({ name: key, seen, line }) => `  ${line === undefined ? '' : `${name}:${line}: `}${key}: ${seen}`);
  io.err(`Not understood, or not to be said in a row:\n${lines.map((line) => `${printable(line)}\n`).join('')}`);
  return code;
}

/** Text of a file that nobody vouches for, without what could steer a terminal. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '?');

/** Writes a draft once it is proved to be a profile to which its samples keep. */
async function writeOut(draft: Draft, samples: readonly CertificateFacts[], { id, out }: DraftOptions, io: Io): Promise<number> {
  const text = writeDraft(draft);
  const path = id === undefined ? out : `${PROFILES}/${id}.yaml`;
  const { profiles, observations } = parseProfile(text, id ?? 'draft', path ?? 'draft');
  const [parsed] = profiles;
  if (!parsed)
    return refuse(io, ['What was seen makes no valid profile.', ...observations.map(({ message, expected }) => `${message} Expected: ${expected}.`)]);
  const deviating = samples.find((facts) => compareToProfile(facts, parsed).length > 0);
  if (deviating) throw new Error(`A sample does not keep to the draft: ${JSON.stringify(compareToProfile(deviating, parsed)[0])}.`);
  if (path === undefined) io.out(text);
  else if (!(await writeNew(resolve(io.folder, path), text))) return refuse(io, [`There is a file ${path} already, which is not overwritten.`]);
  else io.out(`Drafted ${path} with ${plural(draft.rows.length, 'row')}. Read it against section ${draft.section}.\n`);
  return 0;
}

/** False where there is a file already. */
async function writeNew(path: string, text: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function refuse(io: Io, reasons: readonly string[]): number {
  io.err(`Nothing was drafted:\n${reasons.map((reason) => `  - ${printable(reason)}\n`).join('')}`);
  return 1;
}
