import { addDays } from '../model/day-span.ts';
import type { Observation } from '../model/finding.ts';
import { type Certification, type Device, type DeviceUse, deviceModelOf, QSCD_FILE, type QscdModel } from '../model/qscd.ts';
import { excerpt, nameSection } from '../model/running-text.ts';
import type { OperationStatements } from '../model/statement.ts';
import type { Draft } from '../model/workspace.ts';
import { dayOf, findMatches, type PatternMatch, type PlainSentence, plainSentencesOf } from './operation-patterns.ts';

/** What a text is compared with. */
export interface DeviceReading {
  draft: Draft;
  model: QscdModel;
  forms: OperationStatements['devices'];
}

/** A name, number or OID of the model in a sentence, or one that looks like these. */
interface Mention {
  name: string;
  at: number;
}

/** What a text says of devices, their makers, certificates and days, where it is otherwise than in the model: each at its place. */
export function* findDeviceFaults(reading: DeviceReading): Iterable<Observation> {
  const shapes = shapesOf(reading.model);
  for (const sentence of reading.draft.sections.flatMap(plainSentencesOf)) {
    const devices = findShape(sentence.text, shapes.devices);
    const certificates = findShape(sentence.text, shapes.certificates);
    const check: SentenceCheck = { ...reading, sentence, devices, certificates };
    yield* checkNames(check);
    yield* checkPolicies(check);
    yield* checkMakers(check);
    yield* checkDays(check);
    yield* checkOperation(check);
  }
}

interface SentenceCheck extends DeviceReading {
  sentence: PlainSentence;
  devices: readonly Mention[];
  certificates: readonly Mention[];
}

const asWritten = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Names with any digits where they have some: `Exemplar Card S3` looks like `Exemplar Card S2`. */
interface Shape {
  /** What such names begin with: a text without any of these has none. */
  heads: readonly string[];
  pattern: RegExp;
}

function shapesOf({ devices }: QscdModel): { devices: Shape; certificates: Shape } {
  const shape = (names: readonly string[]): Shape => {
    const sources = [...new Set(names.map((name) => asWritten(name).replace(/\d+/g, '\\d+')))].sort((a, b) => b.length - a.length);
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}-])(?:${sources.join('|') || '$^'})(?![\\p{L}\\p{N}]|-\\p{N})`, 'gu');
    return { heads: [...new Set(names.map((name) => name.replace(/\d.*$/, '')))], pattern };
  };
  return {
    devices: shape(devices.map(({ name }) => name)),
    certificates: shape(devices.flatMap(({ certifications }) => certifications.map(({ certificate }) => certificate))),
  };
}

const LEVEL: Shape = { heads: ['SCAL'], pattern: /(?<![\p{L}\p{N}])SCAL ?\d(?![\p{L}\p{N}])/gu };

const findShape = (text: string, { heads, pattern }: Shape): Mention[] => (heads.some((head) => text.includes(head)) ? findAll(text, pattern) : []);

const findAll = (text: string, pattern: RegExp): Mention[] => [...text.matchAll(pattern)].map(({ index, 0: name }) => ({ name, at: index }));

/** The last of some mentions that begins before a place. */
const lastBefore = (mentions: readonly Mention[], at: number): Mention | undefined => mentions.findLast((mention) => mention.at < at);
const nearest = (mentions: readonly Mention[], at: number): Mention | undefined => lastBefore(mentions, at) ?? mentions[0];

function fault({ draft, sentence }: SentenceCheck, at: number, says: string, expected: string): Observation {
  return {
    message: `${nameSection(sentence.section)} of ${draft.id} ${says}.`,
    at: sentence.placeAt(at),
    seen: excerpt(sentence.text, at),
    expected,
    advice: `Correct whichever is wrong: the text, or ${QSCD_FILE}.`,
  };
}

const deviceNamed = ({ model }: DeviceReading, name: string): Device | undefined => model.devices.find((device) => device.name === name);
const ownerOf = ({ model }: DeviceReading, certificate: string): Device | undefined =>
  model.devices.find(({ certifications }) => certifications.some((one) => one.certificate === certificate));
const findCertification = (check: DeviceReading, certificate: string): Certification | undefined =>
  ownerOf(check, certificate)?.certifications.find((one) => one.certificate === certificate);

function* checkNames(check: SentenceCheck): Iterable<Observation> {
  const { devices, certificates, model } = check;
  const listDevices = model.devices.map(({ name }) => name).join(', ');
  for (const { name, at } of devices)
    if (!deviceNamed(check, name))
      yield fault(check, at, `names a device "${name}" that is not declared`, `one of those that ${QSCD_FILE} declares: ${listDevices}`);
  for (const { name, at } of certificates) {
    const device = deviceNamed(check, nearest(devices, at)?.name ?? '');
    const owner = ownerOf(check, name);
    const expected = (device ? [device] : model.devices).flatMap((one) => one.certifications.map(({ certificate }) => certificate)).join(', ');
    if (!owner) yield fault(check, at, `names a certificate ${name} that is not declared`, `${device ? `of ${device.name}: ` : ''}${expected}`);
    else if (device && owner !== device)
      yield fault(check, at, `gives the certificate ${name} of ${owner.name} to ${device.name}`, `of ${device.name}: ${expected}`);
  }
}

const OIDS = /(?<![\d.])\d+(?:\.\d+){4,}/gu;
const parentOf = (oid: string) => oid.slice(0, oid.lastIndexOf('.'));

/** A device belongs to the policy that is named last before it, or else first after it. */
function* checkPolicies(check: SentenceCheck): Iterable<Observation> {
  const { model, sentence, devices } = check;
  const parents = new Set(model.policies.map(({ oid }) => parentOf(oid)));
  if (devices.length === 0) return;
  const policies = findAll(sentence.text, OIDS).filter(({ name }) => parents.has(parentOf(name)));
  for (const { name, at } of devices) {
    const device = deviceNamed(check, name);
    const oid = nearest(policies, at)?.name;
    if (!device || oid === undefined) continue;
    const uses = deviceModelOf(model, oid)?.devices ?? [];
    if (uses.some((use) => use.device === device.id)) continue;
    const own = model.devices.filter(({ id }) => uses.some((use) => use.device === id)).map((one) => one.name);
    yield fault(check, at, `puts keys of policy ${oid} into ${name}`, own.length > 0 ? `for policy ${oid}: ${own.join(', ')}` : `no QSCD for policy ${oid}`);
  }
}

function* checkMakers(check: SentenceCheck): Iterable<Observation> {
  const { sentence, devices, model, forms, draft } = check;
  const { text } = sentence;
  const makers = [...new Set(model.devices.map(({ maker }) => maker))];
  const named = new Set(devices.map(({ name }) => deviceNamed(check, name)?.maker));
  const [only] = devices;
  const followed = devices.map(({ name, at }) => ({
    name,
    from: at + name.length,
    follow: followingMaker(text.slice(at + name.length), forms.maker[languageOf(draft)]),
  }));
  for (const { name, from, follow } of followed) {
    const maker = deviceNamed(check, name)?.maker;
    if (maker !== undefined && follow && !follow.rest.startsWith(maker))
      yield fault(check, from + follow.at, `gives another maker of ${name}`, `${maker}, the maker of ${name}`);
  }
  if (devices.length !== 1 || !only || followed.some(({ follow }) => follow)) return;
  for (const maker of makers) {
    const at = text.indexOf(maker);
    if (at >= 0 && !named.has(maker) && ![...named].some((own) => own !== undefined && text.includes(own)))
      yield fault(check, at, `names ${maker} with ${only.name}, which is made by another`, `${[...named].join()}, the maker of ${only.name}`);
  }
}

function followingMaker(after: string, patterns: readonly string[] | undefined): { at: number; rest: string } | undefined {
  for (const pattern of patterns ?? []) {
    const match = new RegExp(`^${pattern}(?=\\p{Lu})`, 'u').exec(after);
    if (match) return { at: match[0].length, rest: after.slice(match[0].length) };
  }
  return undefined;
}

export const languageOf = ({ language }: Draft): string => language.split('-')[0] ?? '';

function* checkDays(check: SentenceCheck): Iterable<Observation> {
  const { sentence, devices, certificates, forms, draft } = check;
  if (devices.length === 0 && certificates.length === 0) return;
  const find = (form: keyof typeof forms) => findMatches(forms[form][languageOf(draft)], sentence.text);
  for (const [form, key] of [
    ['validTo', 'to'],
    ['validFrom', 'from'],
  ] as const) {
    for (const match of find(form)) {
      const about = certificationsAt(check, match);
      const day = dayOf(match);
      if (day === undefined || about.length === 0 || about.some((one) => one[key] === day)) continue;
      yield fault(
        check,
        match.at,
        `gives another ${key === 'to' ? 'last' : 'first'} day of ${about.map(({ certificate }) => certificate).join(' or ')}`,
        about.map((one) => one[key]).join(' or '),
      );
    }
  }
  for (const [form, says, ofUse] of USE_DAYS) for (const match of find(form)) yield* compareUse(check, match, says, ofUse);
}

/** The certification that is named last before a place, or those of the device that is. */
function certificationsAt(check: SentenceCheck, { at }: PatternMatch): readonly Certification[] {
  const certificate = lastBefore(check.certificates, at);
  const device = lastBefore(check.devices, at);
  const known = certificate && certificate.at > (device?.at ?? -1) ? findCertification(check, certificate.name) : undefined;
  return known ? [known] : (deviceNamed(check, device?.name ?? '')?.certifications ?? []);
}

/** What days of use texts give, and what they are then in the model. */
const USE_DAYS: readonly (readonly [
  form: 'issuedBefore' | 'issuedUntil' | 'issuedFrom' | 'ended',
  says: string,
  ofUse: (use: DeviceUse) => string | undefined,
])[] = [
  ['issuedBefore', 'another day before which certificates were issued on', ({ issued }) => issued.to && addDays(issued.to, 1)],
  ['issuedUntil', 'another last day of issuance on', ({ issued }) => issued.to],
  ['issuedFrom', 'another first day of issuance on', ({ issued }) => issued.from],
  ['ended', 'another day by which certificates had ended on', ({ until }) => until],
];

function* compareUse(check: SentenceCheck, match: PatternMatch, says: string, ofUse: (use: DeviceUse) => string | undefined): Iterable<Observation> {
  const day = dayOf(match);
  const device = deviceNamed(check, nearest(check.devices, match.at)?.name ?? '');
  if (day === undefined || !device) return;
  const uses = check.model.policies.flatMap(({ devices }) => devices.filter((use) => use.device === device.id));
  const days = uses.map(ofUse);
  if (days.includes(day)) return;
  yield fault(check, match.at, `gives ${says} ${device.name}`, days.filter(Boolean).join(' or ') || `no such day: ${QSCD_FILE} gives none`);
}

/** The standards under which a remote device is operated, and the level of control. */
function* checkOperation(check: SentenceCheck): Iterable<Observation> {
  const { model, sentence, forms, draft, devices } = check;
  const remote = model.devices.filter(({ kind }) => kind === 'remote');
  const named = remote.filter(({ name }) => devices.some((device) => device.name === name));
  const levels = [...new Set((named.length > 0 ? named : remote).flatMap(({ controlLevel }) => controlLevel ?? []))];
  for (const { name, at } of findShape(sentence.text, LEVEL)) {
    if (levels.length > 0 && !levels.some((level) => level === name.replace(' ', ''))) yield fault(check, at, `names the level ${name}`, levels.join(' or '));
  }
  if (devices.length === 0) return;
  for (const match of findMatches(forms.operatedUnder[languageOf(draft)], sentence.text)) {
    const about = deviceNamed(check, nearest(devices, match.at)?.name ?? '');
    const standards = (about?.operatedUnder ?? []).map(plainStandard);
    if (standards.length === 0 || standards.includes(plainStandard(match.value))) continue;
    yield fault(check, match.at, `has ${about?.name} operated under ${match.value}`, about?.operatedUnder.join(', ') ?? '');
  }
}

const plainStandard = (standard: string) => standard.replace(/^ETSI /, '').replaceAll(' ', '');
