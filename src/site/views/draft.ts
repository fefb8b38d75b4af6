import type { ElementContent } from 'hast';
import type { CheckResult } from '../../check/run.ts';
import type { Section } from '../../model/document.ts';
import type { Finding } from '../../model/finding.ts';
import type { Draft } from '../../model/workspace.ts';
import { renderHtml } from '../../publish/html.ts';
import type { DraftPage, DraftsPage, FindingRow } from '../page.ts';
import { words } from '../words.ts';
import { languageName, type SiteContext } from './context.ts';

/** Path of a draft on the author's own machine. */
export const draftPath = (draft: Draft) => `/dev/${draft.id}/${draft.language}/`;

/** A text of the work tree, each finding under the heading of the section in which it is. */
export function draftPage(context: SiteContext, draft: Draft, { findings }: CheckResult): DraftPage {
  const own = findings.filter((finding) => finding.at.file === draft.file);
  const bySection = Map.groupBy(own, (finding) => sectionOf(draft, finding));
  const version = draft.frontMatter?.version;
  return {
    ...pageBase(context, draftPath(draft), `${draft.title}${version ? ` ${version}` : ''}`, draft.language),
    kind: 'draft',
    document: { id: draft.id, title: draft.title, type: draft.type, href: context.href(`/${draft.id}/`) },
    version,
    file: draft.file,
    findings: own.map((finding) => findingRow(finding, sectionOf(draft, finding))),
    body: renderHtml(draft, words(draft.language), { remarks: (section) => (bySection.get(section) ?? []).map(toRemark) }),
  };
}

/** The author's first page: all texts of the work tree, and the findings in other files. */
export function draftsPage(context: SiteContext, { findings, rules }: CheckResult): DraftsPage {
  const { drafts, register } = context.workspace;
  const files = new Set(drafts.map((draft) => draft.file));
  const count = (draft: Draft, severity: string) => findings.filter((finding) => finding.at.file === draft.file && finding.severity === severity).length;
  return {
    ...pageBase(context, '/dev/', 'Work tree', 'en'),
    kind: 'drafts',
    drafts: drafts.map((draft) => ({
      href: context.href(draftPath(draft)),
      label: `${draft.title} (${languageName(draft.language)})`,
      file: draft.file,
      version: draft.frontMatter?.version,
      registered: register.entries.some((entry) => entry.kind === 'version' && entry.files[draft.language]?.sha256 === draft.sha256),
      errors: count(draft, 'error'),
      warnings: count(draft, 'warning'),
    })),
    findings: findings.filter((finding) => !files.has(finding.at.file)).map((finding) => findingRow(finding, undefined)),
    rules,
  };
}

function pageBase(context: SiteContext, path: string, title: string, language: string) {
  return { url: context.href(path), canonical: context.absolute(path), language, title, description: title, relations: [], indexed: false };
}

/** The last section that begins on or before the finding's line; undefined for the front matter. */
function sectionOf({ sections }: Draft, { at }: Finding): Section | undefined {
  const line = at.start?.line ?? 0;
  return sections.findLast((section) => section.heading && (section.place.start?.line ?? 0) <= line);
}

function findingRow(finding: Finding, section: Section | undefined): FindingRow {
  const { rule, severity, message, seen, expected, advice, basis, at } = finding;
  return {
    rule,
    severity,
    message,
    seen,
    expected,
    advice,
    basis: [basis.standard, basis.edition, basis.clause].filter(Boolean).join(' '),
    place: [at.file, at.start?.line, at.start?.column].filter((part) => part !== undefined).join(':'),
    section: section && { href: `#${section.anchor}`, label: section.number || section.title },
  };
}

function toRemark({ severity, message, seen, expected, rule }: Finding): ElementContent {
  const line = (value: string): ElementContent => ({ type: 'element', tagName: 'p', properties: {}, children: [{ type: 'text', value }] });
  const details = [seen !== undefined && `Seen: ${seen}`, expected !== undefined && `Expected: ${expected}`].filter((text) => text !== false);
  return {
    type: 'element',
    tagName: 'div',
    properties: { className: ['finding', `is-${severity}`], role: 'note', lang: 'en' },
    children: [line(`${severity}: ${message} (${rule})`), ...details.map(line)],
  };
}
