import type { Section } from '../../../model/document.ts';
import type { Observation, Place, Rule } from '../../../model/finding.ts';
import { nameSection, type Passage, passagesOf } from '../../../model/running-text.ts';
import { findDates } from '../../../model/stated-date.ts';
import { dateIn, parseInstant } from '../../../model/time.ts';
import type { VersionEntry } from '../../../model/version.ts';
import type { Draft, Workspace } from '../../../model/workspace.ts';
import { followsOutline } from './outline-complete.ts';

/** What a text says of itself, in the table that identifies it and in sentences on "this version", is what front matter and register say. */
export const identificationAgrees: Rule = {
  id: 'form/identification-agrees',
  demands: 'The number, dates and address that a text gives for itself are those of its front matter.',
  basis: { standard: 'CCADB Policy', edition: '2.1', clause: '4' },
  severity: 'error',
  *check(workspace) {
    const held = new Set(
      workspace.register.entries.flatMap((entry) => (entry.kind === 'version' ? Object.values(entry.files) : [])).map(({ sha256 }) => sha256),
    );
    for (const draft of workspace.drafts) {
      const identity = identify(draft, workspace);
      if (!identity) continue;
      for (const section of draft.sections) {
        const passages = passagesOf(section).filter(({ inRevisions }) => !inRevisions);
        const rows = identifies(section, passages, draft) ? passages.flatMap((passage) => readRow(passage) ?? []) : [];
        for (const row of rows) yield* checkRow(row, identity, nameSection(section));
        // In a text that is published, a sentence is put right by an erratum or the next version.
        if (held.has(draft.sha256)) continue;
        for (const passage of passages) if (passage.kind !== 'row') yield* checkSentences(passage, identity, nameSection(section));
      }
    }
  },
};

/** What holds for a text; undefined where it is not known. */
interface Identity {
  document: string;
  version: string;
  site: string;
  days: Readonly<Record<Day, string | undefined>>;
}
type Day = 'approved' | 'effective' | 'published';

function identify({ id, frontMatter }: Draft, { config, register }: Workspace): Identity | undefined {
  if (!frontMatter) return undefined;
  const { version, approved } = frontMatter;
  const effective = parseInstant(frontMatter.effective, config.timeZone);
  const entry = register.entries.find((item): item is VersionEntry => item.kind === 'version' && item.document === id && item.version === version);
  return {
    document: id,
    version,
    site: config.site,
    days: {
      approved: approved?.on,
      effective: effective && dateIn(effective, config.timeZone),
      published: entry && dateIn(entry.published, config.timeZone),
    },
  };
}

const VERSION = /^(?:document |current )?version(?: number| no\.?)?$|^(?:versionsnummer|fassung)$/iu;
const DAYS: readonly (readonly [day: Day, label: RegExp])[] = [
  ['approved', /^(?:date of )?(?:approved|approval)(?: date| on)?$|^(?:genehmigt|genehmigung|freigabe|freigegeben)(?: am|sdatum)?$/iu],
  [
    'effective',
    /^(?:date of )?(?:effective|entry into force|in force|valid)(?: date| from| since| as of)?$|^(?:gültig|wirksam|in kraft)(?: ab| seit)?$|^inkrafttreten$/iu,
  ],
  ['published', /^(?:date of )?(?:published|publication)(?: date| on)?$|^(?:veröffentlicht|veröffentlichung)(?: am|sdatum)?$/iu],
];
const ADDRESS = /^(?:address|location|url|adresse|ort)\b.*\b(?:version|fassung)$/iu;
const NUMBER = /(?<![\p{L}\p{N}.-])v?(\d+(?:\.\d+)*)(?![\p{L}\p{N}]|\.\d|-\d)/iu;

/** A row of two cells: what is named, and its value. */
interface Row {
  name: string;
  value: string;
  at: Place;
}

function readRow({ kind, text, placeAt }: Passage): Row | undefined {
  const [label = '', value, more] = text.split(' | ');
  if (kind !== 'row' || value === undefined || more !== undefined) return undefined;
  return { name: label.replace(/[\s:]+$/, '').trim(), value: value.trim(), at: placeAt(label.length + ' | '.length) };
}

/** Whether rows of a section are about the text: section 1.2 of the outline, what stands before it, and any section of another text with a version and a day. */
function identifies({ number }: Section, passages: readonly Passage[], draft: Draft): boolean {
  if (followsOutline(draft)) return number === '' || number === '1' || /^1\.[12](?:\.|$)/.test(number);
  const names = passages.flatMap((passage) => readRow(passage)?.name ?? []);
  return names.some((name) => VERSION.test(name)) && DAYS.some(([, label]) => names.some((name) => label.test(name)));
}

function* checkRow({ name, value: seen, at }: Row, identity: Identity, where: string): Iterable<Observation> {
  if (VERSION.test(name)) {
    const number = NUMBER.exec(seen)?.[1];
    if (number !== identity.version)
      yield { message: `${where} gives another version than the front matter.`, at, seen: seen || 'nothing', expected: identity.version };
    return;
  }
  if (ADDRESS.test(name)) {
    yield* checkAddress(seen, at, identity, where);
    return;
  }
  const day = DAYS.find(([, pattern]) => pattern.test(name))?.[0];
  const expected = day && identity.days[day];
  if (!day || expected === undefined || findDates(seen).some(({ date }) => date === expected)) return;
  if (seen !== '' && findDates(seen).length === 0) return;
  yield { message: `${where} gives another day than the ${sourceOf(day)} on which this version ${MEANS[day]}.`, at, seen: seen || 'nothing', expected };
}

const MEANS: Readonly<Record<Day, string>> = { approved: 'was approved', effective: 'takes effect', published: 'was published' };
const sourceOf = (day: Day) => (day === 'published' ? 'register' : 'front matter');

/** The address of a version has its number in it. */
function* checkAddress(seen: string, at: Observation['at'], { site, document, version }: Identity, where: string): Iterable<Observation> {
  const start = `${site}/${document}/`;
  if (!seen.includes(start)) return;
  const number = seen.slice(seen.indexOf(start) + start.length).split(/[/\s]/)[0];
  if (number !== version) yield { message: `${where} gives the address of another version.`, at, seen, expected: `${start}${version}/` };
}

const THIS = '(?:this (?:version|document|edition|text)|diese (?:version|fassung)|dieses dokument)';
const SAYS: readonly (readonly [day: Day, pattern: RegExp])[] = [
  ['approved', new RegExp(`\\b(?:approved|adopted)\\b[^;]{0,30}\\b${THIS}\\b|\\b${THIS}\\b[^;]{0,60}\\b(?:approved|adopted|genehmigt|freigegeben)\\b`, 'iu')],
  ['effective', new RegExp(`\\b${THIS} (?:takes effect|is effective|enters into force|applies|tritt|gilt)\\b`, 'iu')],
];

const SPEAKS_OF_ITSELF = new RegExp(`\\b${THIS}\\b`, 'iu');

/** "The PMA approved this version on 15 December 2025." */
function* checkSentences({ text, placeAt }: Passage, { days }: Identity, where: string): Iterable<Observation> {
  if (!SPEAKS_OF_ITSELF.test(text)) return;
  for (const [words, dates] of Map.groupBy(findDates(text), ({ words }) => words)) {
    for (const [day, pattern] of SAYS) {
      const match = dates.length === 1 ? pattern.exec(words) : null;
      const expected = days[day];
      if (!match || expected === undefined || dates[0]?.date === expected) continue;
      yield {
        message: `${where} says of another day than the ${sourceOf(day)} that this version ${MEANS[day]} on it.`,
        at: placeAt(Math.max(0, text.indexOf(match[0]))),
        seen: words,
        expected,
      };
    }
  }
}
