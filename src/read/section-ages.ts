import type { TextFacts } from '../model/document.ts';
import type { Evidence, EvidenceIndex, SectionAge } from '../model/evidence.ts';
import { inForce, readTimelines, type VersionSpan } from '../model/in-force.ts';
import { readMark, resolveTarget } from '../model/mark.ts';
import { listMarkedSections, readWording } from '../model/marked-section.ts';
import { includedProfiles } from '../model/profile-binding.ts';
import { includeProfiles } from '../model/profile-markdown.ts';
import type { Catalogue } from '../model/requirement.ts';
import { dateIn, type Instant } from '../model/time.ts';
import { type Sha256, versionLanguages } from '../model/version.ts';
import type { Workspace } from '../model/workspace.ts';
import { isMarkdown } from './files.ts';
import { readFrontMatter } from './front-matter.ts';
import { readPublishedBytes, type Source } from './published.ts';

/** With what the texts in force, and those before them, are read. */
export interface AgeSource {
  source: Source;
  facts: ReadonlyMap<Sha256, TextFacts>;
  /** The profiles that versions state, which their texts may include. */
  boundProfiles: Workspace['boundProfiles'];
  catalogues: readonly Catalogue[];
  now: Instant;
}

type Sections = Parameters<typeof listMarkedSections>[0];

/** A text in force, with those before it, the newest first. */
interface Way {
  document: string;
  span: VersionSpan;
  sections: Sections;
  earlier: readonly VersionSpan[];
}

/**
 * Since when the sections that items are about have had the text that they have in force. A section is the same as in the
 * version before where that one has its words, under whatever number. Texts are read only as far back as that needs.
 */
export async function readSectionAges(from: AgeSource, items: readonly Evidence[]): Promise<EvidenceIndex> {
  const ways = (await Promise.all([...readTimelines(from.source.register).keys()].map((document) => readWay(document, from)))).filter(
    (way) => way !== undefined,
  );
  const complete = items.map((item) => (item.sections ? item : { ...item, about: findMarked(item, ways, from.catalogues) }));
  const wanted = new Set(complete.flatMap(({ about }) => about));
  const ages = await Promise.all(ways.map((way) => followBack(way, wanted, from)));
  return { items: complete, sections: new Map(ages.flat()) };
}

async function readWay(document: string, from: AgeSource): Promise<Way | undefined> {
  const { register } = from.source;
  const span = inForce(register, document, from.now).version;
  const sections = span && (await readSections(span, from));
  if (!span || !sections) return undefined;
  const spans = readTimelines(register).get(document)?.spans ?? [];
  const earlier = spans.slice(0, spans.indexOf(span)).filter(({ from: begin, until }) => begin !== until);
  return { document, span, sections, earlier: earlier.toReversed() };
}

/** The sections in force that are marked to state a requirement of an item. */
function findMarked({ requirements }: Evidence, ways: readonly Way[], catalogues: readonly Catalogue[]): string[] {
  const keysOf = (text: string) =>
    readMark({ kind: 'meets', text } as Parameters<typeof readMark>[0]).targets.flatMap((target) => {
      const { catalogue, requirements: named } = resolveTarget(target, catalogues);
      return named.map(({ id }) => `${catalogue?.short}:${id}`);
    });
  const own = new Set(keysOf(requirements.join(' ')));
  return ways.flatMap(({ document, sections }) =>
    listMarkedSections(sections)
      .filter(
        ({ number, substance, marks }) =>
          number !== '' && substance && marks.some(({ kind, text }) => kind === 'meets' && keysOf(text).some((key) => own.has(key))),
      )
      .map(({ number }) => `${document} ${number}`),
  );
}

async function followBack({ document, span, sections, earlier }: Way, wanted: ReadonlySet<string>, from: AgeSource): Promise<[string, SectionAge][]> {
  const { timeZone } = from.source.config;
  const open = new Map(
    sections.flatMap(({ number, title }, index) => (wanted.has(`${document} ${number}`) ? [[number, { title, wording: readWording(sections, index) }]] : [])),
  );
  const ages: [string, SectionAge][] = [];
  let since = span;
  const settle = (number: string) => {
    const { title = '' } = open.get(number) ?? {};
    ages.push([`${document} ${number}`, { version: span.entry.version, since: since.entry.version, title, from: dateIn(since.from, timeZone) }]);
    open.delete(number);
  };
  for (const before of earlier) {
    if (open.size === 0) break;
    const older = await readSections(before, from);
    if (!older) break;
    const words = new Set(older.map((_, index) => readWording(older, index)));
    for (const [number, { wording }] of open) if (!words.has(wording)) settle(number);
    since = before;
  }
  for (const number of [...open.keys()]) settle(number);
  return ages;
}

/** The text of a version in the language of its own address; undefined where it is not held, or no Markdown. */
export async function readSections({ entry }: VersionSpan, from: AgeSource): Promise<Sections | undefined> {
  const [language] = versionLanguages(entry, from.source.config.languages);
  const file = language === undefined ? undefined : entry.files[language];
  if (language === undefined || !file || !isMarkdown(file.path)) return undefined;
  const bytes = (await readPublishedBytes(from.source, [file])).get(file.sha256);
  if (!bytes) return undefined;
  const { readMarkdown } = await import('./markdown.ts');
  const { body, bodyLine } = readFrontMatter(Buffer.from(bytes).toString('utf8'), file.path);
  const { sections } = readMarkdown(body, file.path, bodyLine);
  return includeProfiles(sections, includedProfiles({ ...from, register: from.source.register }, entry, file), language);
}
