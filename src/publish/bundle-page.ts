import type { BundledVersion, BundleEvidence, BundleHead, BundleStatements, Statement, StatementPlace } from '../model/bundle.ts';
import { slug } from '../model/heading.ts';
import { type Instant, localTime } from '../model/time.ts';
import { BUNDLE_STYLE } from './bundle-style.ts';
import { escapeHtml } from './escape-html.ts';

/** What the first page of a bundle says: what its manifest does, and what is in its other files. */
export interface BundlePageSource {
  head: BundleHead;
  statements: BundleStatements;
  evidence: BundleEvidence | undefined;
  /** The files that belong to no version, with what each is. */
  others: readonly { path: string; says: string }[];
}

type Day = (instant: string) => string;

/**
 * `index.html`: which text stated a requirement on a day, and who proved it, in tables. It asks nobody for anything and
 * runs nothing, so that it opens from a disk.
 */
export function writeBundleIndex({ head, statements, evidence, others }: BundlePageSource): string {
  const { provider, period } = head;
  const day: Day = (instant) => localTime(instant as Instant, head.timeZone);
  const title = `${provider}: what was in force from ${period.from} to ${period.to}`;
  const standards = groupByStandard(statements.statements);
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p>${escapeHtml(head.says)}</p>`,
    factsOf(head),
    contentsOf(standards, evidence !== undefined),
    '<h2 id="in-force">What was in force when</h2>',
    `<p>A day begins at midnight in ${escapeHtml(head.timeZone)}. The day in the column “until” no longer belongs to the interval.</p>`,
    intervalTable(head, day),
    '<h2 id="versions">Versions</h2>',
    ...head.versions.map((version) => describeVersion(version, day)),
    '<h2 id="requirements">Which text stated a requirement on a day</h2>',
    `<p class="note">${escapeHtml(statements.note)}</p>`,
    '<p>Find the requirement, then the row whose interval holds the day. On a day that no row holds, no text in force stated it.</p>',
    ...[...standards].map(([standard, list]) => statementTable(standard, list, evidence, day)),
    ...(evidence ? ['<h2 id="evidence">Evidence</h2>', evidenceTable(evidence)] : []),
    '<h2 id="files">Other files</h2>',
    fileTable(others),
    '<h2 id="left-out">What is not in this bundle</h2>',
    `<ul>${head.leftOut.map(({ what, why }) => `<li>${escapeHtml(what)}: ${escapeHtml(why)}</li>`).join('')}</ul>`,
  ];
  return page(title, 'en', '', body.join('\n'));
}

/** A text for reading, with what it is above it. `html` is what the renderer of texts made. */
export function writeBundleText(head: Pick<BundleHead, 'provider' | 'timeZone'>, version: BundledVersion, language: string, html: string): string {
  const { document, title, from, until, errata } = version;
  const day: Day = (instant) => localTime(instant as Instant, head.timeZone);
  const text = version.texts.find((candidate) => candidate.language === language);
  const name = `${document.toUpperCase()} ${version.version}`;
  const rows: [string, string][] = [
    ['Provider', escapeHtml(head.provider)],
    ['In force', escapeHtml(`from ${day(from)}${until ? ` until ${day(until)}` : ', and nothing published ends it'} (${head.timeZone})`)],
    ['Source', `<a href="${escapeHtml(fileName(text?.source))}" type="text/markdown">${escapeHtml(fileName(text?.source))}</a>`],
    ['SHA-256 of the source', `<code>${escapeHtml(text?.sha256 ?? '')}</code>`],
    ...errata.map(({ number, section, text: words }): [string, string] => [
      `Erratum ${number}`,
      escapeHtml(`${section ? `Section ${section}: ` : ''}${words}`),
    ]),
  ];
  const header = `<header lang="en"><p><a href="../../../index.html">All that was in force in the period</a></p>${list(rows)}</header>`;
  return page(`${name}: ${title}`, language, 'text', `${header}\n<h1>${escapeHtml(title)}</h1>\n${html}`);
}

const fileName = (path = '') => path.split('/').at(-1) ?? '';

function page(title: string, language: string, kind: string, body: string): string {
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${escapeHtml(title)}</title>
<style>
${BUNDLE_STYLE}
</style>
</head>
<body${kind ? ` class="${kind}"` : ''}>
<a class="skip" href="#content" lang="en">To the content</a>
<main id="content">
${body}
</main>
</body>
</html>
`;
}

const list = (rows: readonly (readonly [string, string])[]) =>
  `<dl>${rows.map(([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${value}</dd>`).join('')}</dl>`;

const table = (caption: string, columns: readonly string[], body: string) =>
  `<div class="table" tabindex="0" role="group" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption><thead><tr>${columns
    .map((column) => `<th scope="col">${escapeHtml(column)}</th>`)
    .join('')}</tr></thead>${body}</table></div>`;

const link = (href: string, text: string) => `<a href="${escapeHtml(href.split('/').map(encodeStep).join('/'))}">${escapeHtml(text)}</a>`;
/** A step of an address; the fragment behind the last one stays one. */
const encodeStep = (step: string) => step.split('#').map(encodeURIComponent).join('#');

function factsOf(head: BundleHead): string {
  const { register } = head;
  return list([
    ['Provider', escapeHtml(head.provider)],
    ['Site', escapeHtml(head.site)],
    ['Period', escapeHtml(`${head.period.from} to ${head.period.to}, both days in it (${head.timeZone})`)],
    ['Made for', head.audience === 'assessor' ? 'assessors: not to be published' : 'the public'],
    [
      'Register',
      `${link(register.path, register.path)}, ${register.entries} entries; digest of the last one <code>${escapeHtml(register.last ?? 'none')}</code>`,
    ],
    ['Made by', `Cartulary ${escapeHtml(head.release)}`],
    ['To verify it', '<code>cartulary verify</code> and the name of the bundle; its files alone: <code>sha256sum -c SHA256SUMS</code>'],
  ]);
}

function contentsOf(standards: ReadonlyMap<string, readonly Statement[]>, evidence: boolean): string {
  const items = [
    link('#in-force', 'What was in force when'),
    link('#versions', 'Versions'),
    `${link('#requirements', 'Which text stated a requirement on a day')}<ul>${[...standards.keys()].map((standard) => `<li>${link(`#${slug(standard)}`, standard)}</li>`).join('')}</ul>`,
    ...(evidence ? [link('#evidence', 'Evidence')] : []),
    link('#files', 'Other files'),
    link('#left-out', 'What is not in this bundle'),
  ];
  return `<nav aria-label="Contents"><ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul></nav>`;
}

const versionId = ({ document, version }: { document: string; version: string }) => `${document}-${version}`;

function intervalTable({ versions, intervals }: BundleHead, day: Day): string {
  const documents = [...new Set(intervals.flatMap(({ inForce }) => Object.keys(inForce)))];
  const known = new Set(versions.map(versionId));
  const show = (document: string, version: string | null | undefined) => {
    if (!version) return 'none';
    return known.has(versionId({ document, version })) ? link(`#${versionId({ document, version })}`, version) : escapeHtml(version);
  };
  const rows = intervals.map(
    ({ from, until, inForce }) =>
      `<tr><th scope="row" class="day">${escapeHtml(day(from))}</th><td class="day">${escapeHtml(day(until))}</td>${documents.map((document) => `<td>${show(document, inForce[document])}</td>`).join('')}</tr>`,
  );
  return table('Versions in force', ['From', 'Until', ...documents.map((document) => document.toUpperCase())], `<tbody>${rows.join('\n')}</tbody>`);
}

function describeVersion(version: BundledVersion, day: Day): string {
  const { document, title, from, until, texts, profiles, notices, matrix, errata } = version;
  const rows: [string, string][] = [
    ['Title', escapeHtml(title)],
    ['Published', escapeHtml(day(version.published))],
    ['In force', escapeHtml(`from ${day(from)}${until ? ` until ${day(until)}` : ', and nothing published ends it'}`)],
    ...texts.map(({ language, source, page: html, sha256, blob }): [string, string] => [
      `Text (${language})`,
      `${html ? `${link(html, 'to read')}, ` : ''}${link(source, fileName(source))}; SHA-256 <code>${sha256}</code>${blob ? `; git blob <code>${blob}</code>` : ''}`,
    ]),
    ...(texts.length === 0 ? [['Text', 'not held: the version is known by name only'] as [string, string]] : []),
    ...notices.map(({ language, text, json }): [string, string] => [`Notice (${language})`, `${link(text, 'text')}, ${link(json, 'JSON')}`]),
    ...(matrix ? [['Requirement matrix', `${link(matrix.xlsx, 'XLSX')}, ${link(matrix.csv, 'CSV')}, ${link(matrix.json, 'JSON')}`] as [string, string]] : []),
    ...profiles.map(({ id, source, sha256 }): [string, string] => ['Profile', `${link(source, id)}; SHA-256 <code>${sha256}</code>`]),
    ...errata.map(({ number, section, published, text }): [string, string] => [
      `Erratum ${number}`,
      escapeHtml(`${day(published)}${section ? `, Section ${section}` : ''}: ${text}`),
    ]),
  ];
  return `<h3 id="${escapeHtml(versionId(version))}">${escapeHtml(`${document.toUpperCase()} ${version.version}`)}</h3>${list(rows)}`;
}

function groupByStandard(statements: readonly Statement[]): ReadonlyMap<string, readonly Statement[]> {
  const groups = new Map<string, Statement[]>();
  for (const statement of statements) groups.set(statement.standard, [...(groups.get(statement.standard) ?? []), statement]);
  return groups;
}

function statementTable(standard: string, statements: readonly Statement[], evidence: BundleEvidence | undefined, day: Day): string {
  const open = statements.filter(({ stated, excluded }) => stated.length + excluded.length === 0);
  const shown = statements.filter((statement) => !open.includes(statement));
  const columns = ['Requirement', 'From', 'Until', 'Version', 'Section', ...(evidence ? ['Evidence'] : [])];
  const note =
    open.length > 0
      ? `<p>No section of a text of this period is marked to state ${escapeHtml(open.map(({ id }) => id).join(', '))}: some need no text, others are shown by certificates or by records of the operation.</p>`
      : '';
  const rows = shown.map((statement) => statementRows(statement, evidence, day));
  return `<h3 id="${slug(standard)}">${escapeHtml(standard)}</h3>\n${shown.length > 0 ? table(`Requirements of ${standard}`, columns, rows.join('\n')) : ''}${note}`;
}

/** The requirement as marks name it, which is also its address on the page: `411-1.CSS-6.3.10-12`. */
const statementId = ({ short, id }: Statement) => `${short}.${id}`;

function statementRows(statement: Statement, evidence: BundleEvidence | undefined, day: Day): string {
  const { stated, excluded, id, clause, summary } = statement;
  const rows = [...stated.map((place) => ({ place, reason: undefined })), ...excluded.map((place) => ({ place, reason: place.reason }))];
  const span = rows.length > 1 ? ` rowspan="${rows.length}"` : '';
  const first = `<th scope="rowgroup"${span}>${escapeHtml(id)}<br><small>${escapeHtml(`clause ${clause}`)}</small><br><small>${escapeHtml(summary)}</small></th>`;
  const proof = evidence ? `<td${span}>${tellEvidence(statement, evidence)}</td>` : '';
  const cells = rows.map(({ place, reason }, index) => `<tr>${index === 0 ? first : ''}${placeCells(place, reason, day)}${index === 0 ? proof : ''}</tr>`);
  return `<tbody id="${escapeHtml(statementId(statement))}">${cells.join('\n')}</tbody>`;
}

/** Who answers for the proof, and when somebody looked at it last; the items themselves have a table of their own. */
function tellEvidence({ evidence: naming, evidenceOfSections }: Statement, { items }: BundleEvidence): string {
  const show = (id: string) => {
    const item = items.find((candidate) => candidate.id === id);
    return `${link(`#${id}`, id)}${item ? escapeHtml(` (${item.owner}, verified on ${item.verified}: ${item.result})`) : ''}`;
  };
  if (naming.length > 0) return naming.map(show).join('<br>');
  return evidenceOfSections.length > 0 ? `on these sections:<br>${evidenceOfSections.map(show).join('<br>')}` : 'none';
}

/** What stands behind a section whose text had no marks yet. */
function tellMarked({ document, marked }: StatementPlace): string {
  if (!marked) return '';
  const words = marked.wording === 'same' ? 'the same words as' : 'other words than';
  return `<br><small>no marks yet; ${words} the section that ${escapeHtml(`${document.toUpperCase()} ${marked.version}`)} marks</small>`;
}

function placeCells(place: StatementPlace, reason: string | undefined, day: Day): string {
  const { document, version, from, until, section, title, page: file, anchor } = place;
  const name = `${section} ${title}`.trim();
  const where = link(`${file}${anchor ? `#${anchor}` : ''}`, name);
  return `<td class="day">${escapeHtml(day(from))}</td><td class="day">${until ? escapeHtml(day(until)) : 'open'}</td><td class="day">${link(`#${versionId({ document, version })}`, `${document.toUpperCase()} ${version}`)}</td><td>${where}${tellMarked(place)}${reason === undefined ? '' : `<br>excluded: ${escapeHtml(reason)}`}</td>`;
}

function evidenceTable({ items }: BundleEvidence): string {
  const rows = items.map(({ id, title, kind, kept, owner, verified, result, remark, lastValidDay, covers, requirements }) => {
    const cells = [
      `${escapeHtml(title)}<br><small>${escapeHtml(kind)}${covers ? escapeHtml(`, covers ${covers.from} to ${covers.to}`) : ''}</small>`,
      escapeHtml(owner),
      escapeHtml(verified),
      escapeHtml(`${result}${remark ? `: ${remark}` : ''}`),
      escapeHtml(lastValidDay),
      escapeHtml(kept),
      escapeHtml(requirements.join(' ')),
    ];
    return `<tr id="${escapeHtml(id)}"><th scope="row">${escapeHtml(id)}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return table(
    'Items of evidence',
    ['Item', 'What it is', 'Owner', 'Verified on', 'Result', 'Counts until', 'Kept', 'Requirements'],
    `<tbody>${rows.join('\n')}</tbody>`,
  );
}

function fileTable(files: readonly { path: string; says: string }[]): string {
  const rows = files.map(({ path, says }) => `<tr><th scope="row">${link(path, path)}</th><td>${escapeHtml(says)}</td></tr>`);
  return table('Files', ['File', 'What it is'], `<tbody>${rows.join('\n')}</tbody>`);
}
