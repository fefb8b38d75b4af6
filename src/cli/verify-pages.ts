import {
  BUNDLE_EVIDENCE,
  BUNDLE_INDEX,
  BUNDLE_STATEMENTS,
  type BundledVersion,
  BundleEvidence,
  type BundleManifest,
  BundleStatements,
  type Statement,
  type StatementPlace,
} from '../model/bundle.ts';
import type { Section } from '../model/document.ts';
import { readMark } from '../model/mark.ts';
import { readWording } from '../model/marked-section.ts';
import { plural } from '../model/plural.ts';
import type { Profile } from '../model/profile.ts';
import { includeProfiles, skimInclusions } from '../model/profile-markdown.ts';
import { remakeIndex } from '../publish/bundle.ts';
import { writeBundleText } from '../publish/bundle-page.ts';
import { findEvidence, names } from '../publish/bundle-statements.ts';
import { renderHtml } from '../publish/html.ts';
import { readFrontMatter } from '../read/front-matter.ts';
import { parseProfile } from '../read/profiles.ts';
import { words } from '../site/words.ts';
import { readSections } from './bundle-follow.ts';
import { type BundleFiles, readJson } from './verify-digests.ts';
import { conclude, type Verification, type Wrong } from './verify-report.ts';

/** The sections of each source of a bundle, parsed once. */
type Sources = (source: string) => readonly Section[];

/** What a bundle says for people and machines, against the texts and data from which it follows. */
export function verifyPages(files: BundleFiles, manifest: BundleManifest, release: string, report: Verification): void {
  const parsed = new Map<string, readonly Section[]>();
  const sources: Sources = (source) => {
    const bytes = files.get(source);
    const known = parsed.get(source) ?? (bytes ? readSections(bytes, source) : []);
    parsed.set(source, known);
    return known;
  };
  const wrong: Wrong[] = [];
  const statements = readJson(files, BUNDLE_STATEMENTS, BundleStatements, wrong);
  const evidence = readJson(files, BUNDLE_EVIDENCE, BundleEvidence, wrong);
  if (statements) verifyStatements(statements, manifest, sources, evidence, wrong, report);
  report.wrong.push(...(statements ? [] : wrong));
  if (manifest.release !== release) {
    const why = `the bundle was made by Cartulary ${manifest.release}, this is ${release}, which may write them otherwise`;
    report.notProved.push({ what: 'That the pages say what the sources do', why });
    return;
  }
  if (statements && manifest) verifyIndex(files, remakeIndex(manifest, statements, evidence), report);
  verifyTextPages(files, manifest, sources, report);
}

/** Each place that is said to state a requirement: its interval, its section, and the mark in the text. */
function verifyStatements(
  { statements }: BundleStatements,
  manifest: BundleManifest,
  sources: Sources,
  evidence: BundleEvidence | undefined,
  wrong: Wrong[],
  report: Verification,
): void {
  const versions = new Map(manifest.versions.map((version) => [`${version.document} ${version.version}`, version]));
  let count = 0;
  for (const statement of statements) {
    for (const place of [...statement.stated, ...statement.excluded]) {
      count += 1;
      const problem = judgePlace(statement, place, { version: versions.get(`${place.document} ${place.version}`), manifest, sources });
      if (problem)
        wrong.push({
          file: BUNDLE_STATEMENTS,
          message: `${statement.short}:${statement.id} in ${place.document} ${place.version}, ${place.section || place.title}: ${problem}`,
        });
    }
    const { evidence: ids, evidenceOfSections } = findEvidence(statement, evidence?.items ?? []);
    if (String(ids) !== String(statement.evidence) || String(evidenceOfSections) !== String(statement.evidenceOfSections))
      wrong.push({ file: BUNDLE_STATEMENTS, message: `${statement.short}:${statement.id} does not name the evidence that is about it.` });
  }
  conclude(
    report,
    wrong,
    `${plural(count, 'statement')} on ${plural(statements.length, 'requirement')} are borne out by marks in the sources, in sections that are there, in versions that were in force.`,
  );
}

interface Judging {
  version: BundledVersion | undefined;
  manifest: BundleManifest;
  sources: Sources;
}

function judgePlace(statement: Statement, place: StatementPlace, { version, manifest, sources }: Judging): string | undefined {
  const text = version?.texts.find(({ language }) => language === place.language);
  if (!version || !text) return 'the bundle has no such text.';
  if (version.from !== place.from || version.until !== place.until || text.sha256 !== place.sha256 || text.page !== place.page)
    return 'interval, digest or page are not those of the version.';
  const sections = sources(text.source);
  const own = sections.findIndex(({ anchor }) => anchor === place.anchor);
  if (own < 0 || sections[own]?.number !== place.section || sections[own]?.title !== place.title) return 'the text has no such section.';
  const { marked } = place;
  if (!marked) return bears(sections[own], statement) ? undefined : 'the section does not bear the mark.';
  const other = [...manifest.marking, ...manifest.versions.flatMap(toMarking)].find(
    (one) => one.document === place.document && one.version === marked.version && one.language === place.language,
  );
  const later = other ? sources(other.source) : [];
  const at = later.findIndex(({ anchor }) => anchor === marked.anchor);
  if (at < 0 || !bears(later[at], statement)) return `no section ${marked.anchor} of ${marked.version} bears the mark.`;
  const isSame = readWording(sections, own) === readWording(later, at);
  return isSame === (marked.wording === 'same')
    ? undefined
    : `that it has ${marked.wording === 'same' ? 'the same' : 'other'} words than in ${marked.version} is not so.`;
}

const toMarking = ({ document, version, texts }: BundledVersion) => texts.map(({ language, source }) => ({ document, version, language, source }));

const bears = (section: Section | undefined, statement: Statement) =>
  section?.marks.some((mark) => readMark(mark).targets.some(({ text }) => names(text, statement))) ?? false;

function verifyIndex(files: BundleFiles, expected: string, report: Verification): void {
  const bytes = files.get(BUNDLE_INDEX);
  const wrong: Wrong[] =
    bytes && Buffer.from(bytes).toString('utf8') !== expected
      ? [{ file: BUNDLE_INDEX, message: 'The page does not say what manifest.json, statements.json and the evidence do.' }]
      : [];
  if (bytes) conclude(report, wrong, `${BUNDLE_INDEX} says what the data of the bundle do, and nothing else.`);
}

/** The pages for reading, made anew from the sources. */
function verifyTextPages(files: BundleFiles, manifest: BundleManifest, sources: Sources, report: Verification): void {
  const wrong: Wrong[] = [];
  let count = 0;
  for (const version of manifest.versions) {
    for (const { language, source, page } of version.texts) {
      const bytes = page === null ? undefined : files.get(page);
      const text = files.get(source);
      if (page === null || !bytes || !text) continue;
      count += 1;
      const sections = includeProfiles(sources(source), listIncluded(text, version, files), language);
      const { html } = renderHtml({ sections } as Parameters<typeof renderHtml>[0], words(language), { profileHref: (id) => `profiles/${id}.yaml` });
      if (Buffer.from(bytes).toString('utf8') !== writeBundleText(manifest, version, language, html))
        wrong.push({ file: page, message: `The page does not say what ${source} does.` });
    }
  }
  conclude(report, wrong, `${plural(count, 'page')} of texts say what the sources do: they were made anew and are the same.`);
}

function listIncluded(text: Uint8Array, { profiles }: BundledVersion, files: BundleFiles): readonly Profile[] {
  const { body } = readFrontMatter(Buffer.from(text).toString('utf8'), '');
  return skimInclusions(body).flatMap((id) => {
    const source = profiles.find((profile) => profile.id === id)?.source;
    const bytes = source === undefined ? undefined : files.get(source);
    return bytes && source ? parseProfile(Buffer.from(bytes).toString('utf8'), id, source).profiles : [];
  });
}
