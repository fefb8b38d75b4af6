import type { Policy } from '../../model/document.ts';
import { inForce, stateOf, type Timeline, type VersionSpan } from '../../model/in-force.ts';
import { wordsIn } from '../../model/profile.ts';
import { boundProfiles } from '../../model/profile-binding.ts';
import type { VersionEntry, VersionFile, WithdrawalEntry } from '../../model/version.ts';
import { policiesOf } from '../../model/workspace.ts';
import { versionMatrixPath } from '../../publish/matrix.ts';
import { profilePath } from '../../publish/published-text.ts';
import { isMarkdown as isMarkdownPath } from '../../read/files.ts';
import type { Link, NoTextPage, PolicyRow, TextPage } from '../page.ts';
import { type SourceText, sourceText } from '../source-text.ts';
import { documentTitle, documentType, factsOf, hasMatrix, languageName, type SiteContext, versionLanguages, versionLink, versionPath } from './context.ts';

/** A text page without its body, and the file from which the body is rendered, where there is one. */
export interface TextView {
  page: TextPage;
  file: SourceText | undefined;
}

/** The page of one version in one language, at its own address or at the document's. */
export function textPage(context: SiteContext, timeline: Timeline, span: VersionSpan, language: string | undefined, atDocument: boolean): TextView {
  const { workspace, href, when } = context;
  const { entry } = span;
  const languages = versionLanguages(entry, workspace.config.languages);
  const primary = language === languages[0];
  const permanent = versionPath(entry, primary ? undefined : language);
  const path = atDocument ? `/${entry.document}/${primary || !language ? '' : `${language}/`}` : permanent;
  const facts = factsOf(workspace, entry, language);
  const front = facts?.frontMatter;
  const document = documentLink(context, timeline, facts?.title);
  const file = language === undefined ? undefined : entry.files[language];
  const neighbours = neighboursOf(timeline, span);
  const page: TextPage = {
    kind: 'text',
    url: href(path),
    canonical: context.absolute(permanent),
    language: language ?? context.language,
    title: `${document.title} ${entry.version}`,
    description: front?.changes ?? `${document.title}, version ${entry.version}, ${workspace.config.name}.`,
    relations: relations(context, timeline, span, neighbours),
    indexed: true,
    document,
    version: entry.version,
    atDocument,
    permanent: context.absolute(permanent),
    state: stateOf(span, workspace.now),
    from: when(span.from),
    until: span.until && when(span.until),
    published: when(entry.published),
    approved: front?.approved,
    changes: front?.changes,
    note: entry.note,
    reschedulings: span.reschedulings.map((move, index) => ({
      from: when(span.reschedulings[index - 1]?.rescheduled ?? entry.effective),
      to: when(move.rescheduled),
      published: when(move.published),
      reason: move.reason,
    })),
    errata: span.errata.map((erratum) => ({
      number: erratum.erratum,
      section: erratum.section === undefined ? undefined : { href: `#${erratum.section}`, label: erratum.section },
      text: erratum.text,
      published: when(erratum.published),
    })),
    previous: neighbours.previous && versionLink(context, neighbours.previous),
    next: neighbours.next && versionLink(context, neighbours.next),
    withdrawn: span.endedBy && 'withdrawal' in span.endedBy ? withdrawalOf(context, span.endedBy.withdrawal) : undefined,
    languages: languages.map((name, index) => ({
      language: name,
      label: languageName(name),
      href: href(atDocument ? `/${entry.document}/${index > 0 ? `${name}/` : ''}` : versionPath(entry, index > 0 ? name : undefined)),
      current: name === language,
    })),
    files: languages.map((name) => fileLink(context, span, name)),
    policies: policiesOf(workspace, entry).length > 0 ? (front?.policies ?? []).map((policy) => policyRow(context, policy, '')) : [],
    profiles: listProfiles(context, entry, language ?? context.language),
    notice: href(`${permanent}changes/`),
    compare: href(`/${entry.document}/compare/`),
    requirements: hasMatrix(context, entry) ? href(versionMatrixPath(entry)) : undefined,
    history: href(`/${entry.document}/history/`),
    timemap: href(`/${entry.document}/timemap`),
    versions: href(`/api/v1/documents/${entry.document}.json`),
    body: undefined,
  };
  return { page, file: file && isMarkdown(file) ? sourceText(context, entry, file) : undefined };
}

/** The profiles that a version states. */
function listProfiles({ workspace, href }: SiteContext, entry: VersionEntry, language: string): TextPage['profiles'] {
  return Object.entries(boundProfiles(workspace.register, entry)).map(([id, { sha256 }]) => ({
    href: href(profilePath(entry, id)),
    label: wordsIn(workspace.boundProfiles.get(sha256)?.title ?? id, language),
  }));
}

/** The page at a document's address while no version is in force. */
export function noTextPage(context: SiteContext, timeline: Timeline, explanation: string): NoTextPage {
  const { workspace, href } = context;
  const answer = inForce(workspace.register, timeline.document, workspace.now);
  const continuedBy = answer.reason?.kind === 'withdrawn' ? answer.reason.withdrawal.continuedBy : undefined;
  const document = documentLink(context, timeline);
  const path = `/${timeline.document}/`;
  return {
    kind: 'no-text',
    url: href(path),
    canonical: context.absolute(path),
    language: context.language,
    title: document.title,
    description: explanation,
    relations: [{ rel: 'version-history', href: href(`${path}history/`) }],
    indexed: true,
    document,
    reason: explanation,
    continuedBy: continuedBy === undefined ? undefined : { href: href(`/${continuedBy}/`), label: continuedBy },
    next: answer.next && versionLink(context, answer.next),
    history: href(`${path}history/`),
  };
}

export const isMarkdown = (file: VersionFile) => isMarkdownPath(file.path);

/** Path of the file of a version as it can be downloaded; its name says what it is. */
export function sourcePath(document: string, version: string, language: string, file: VersionFile): string {
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(file.path)?.[0].toLowerCase() ?? '';
  return `/${document}/${version}/${document}-${version}.${language}${ending}`;
}

/** A document for a page's head line; `title` where the text in hand has its own. */
export function documentLink(context: SiteContext, timeline: Timeline, title?: string): TextPage['document'] {
  const { workspace, href } = context;
  return {
    id: timeline.document,
    title: title ?? documentTitle(workspace, timeline),
    type: documentType(workspace, timeline),
    href: href(`/${timeline.document}/`),
  };
}

/** What a text says of one of its policies; section links lead into `page` (empty: the page itself). */
export function policyRow(context: SiteContext, policy: Policy, page: string): PolicyRow {
  const section = (number: string | undefined): Link | undefined => (number === undefined ? undefined : { href: `${page}#${number}`, label: number });
  return {
    oid: policy.oid,
    href: context.href(`/policies/${policy.oid}/`),
    name: policy.name,
    conformsTo: policy.conformsTo,
    qualified: section(policy.qualified?.statement),
    qscd: policy.qscd && { required: policy.qscd.required, managedBy: policy.qscd.managedBy, statement: section(policy.qscd.statement) },
  };
}

/** A withdrawal for people. */
export function withdrawalOf({ when, href }: SiteContext, { withdrawn, reason, continuedBy }: WithdrawalEntry) {
  return { at: when(withdrawn), reason, continuedBy: continuedBy === undefined ? undefined : { href: href(`/${continuedBy}/`), label: continuedBy } };
}

function neighboursOf({ spans }: Timeline, span: VersionSpan) {
  const index = spans.indexOf(span);
  return { previous: spans[index - 1], next: spans[index + 1] };
}

function fileLink({ href }: SiteContext, { entry }: VersionSpan, language: string): TextPage['files'][number] {
  const file = entry.files[language] as VersionFile;
  const path = sourcePath(entry.document, entry.version, language, file);
  const type = isMarkdown(file) ? 'markdown' : /\.pdf$/i.test(file.path) ? 'pdf' : 'other';
  return { href: href(path), label: path.split('/').at(-1) ?? path, language, sha256: file.sha256, blob: file.blob, type };
}

/** RFC 5829 (versions), RFC 7089 (time) and languages. */
function relations(
  { href, workspace }: SiteContext,
  { document }: Timeline,
  span: VersionSpan,
  { previous, next }: ReturnType<typeof neighboursOf>,
): TextPage['relations'] {
  const others = versionLanguages(span.entry, workspace.config.languages);
  return [
    { rel: 'latest-version', href: href(`/${document}/`) },
    { rel: 'version-history', href: href(`/${document}/history/`) },
    ...(previous ? [{ rel: 'predecessor-version', href: href(versionPath(previous.entry)) }] : []),
    ...(next ? [{ rel: 'successor-version', href: href(versionPath(next.entry)) }] : []),
    { rel: 'original timegate', href: href(`/${document}/`) },
    { rel: 'timemap', href: href(`/${document}/timemap`), type: 'application/link-format' },
    ...(others.length > 1
      ? others.map((language, index) => ({ rel: 'alternate', hreflang: language, href: href(versionPath(span.entry, index > 0 ? language : undefined)) }))
      : []),
  ];
}
