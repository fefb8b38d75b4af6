import { stateOf, type Timeline, type VersionSpan } from '../../model/in-force.ts';
import type { Matrix, MatrixRow, MatrixSubject } from '../../model/matrix.ts';
import type { Instant } from '../../model/time.ts';
import type { Sha256 } from '../../model/version.ts';
import { matrixPath, versionMatrixPath } from '../../publish/matrix.ts';
import type { Link, VersionRequirements, VersionRequirementsPage } from '../page.ts';
import { words } from '../words.ts';
import { hasMatrix, type SiteContext, versionPath } from './context.ts';
import type { Interval } from './overviews.ts';
import { countStates, countSuspect, fileLinks, listClauses } from './requirements.ts';
import { documentLink } from './text.ts';

/** What one version states of the requirements, without the rows, which are put in when the page is rendered. */
export function versionRequirementsPage(
  context: SiteContext,
  { span, subject, matrix }: { span: VersionSpan; subject: MatrixSubject; matrix: Sha256 },
  intervals: readonly Interval[],
): VersionRequirementsPage {
  const { entry } = span;
  const path = versionMatrixPath(entry);
  const timeline = context.timelines.get(entry.document) as Timeline;
  const name = nameOf(entry);
  const title = words(context.language).requirementsIn(name);
  const interval = intervals.find(({ from }) => from === span.from);
  return {
    kind: 'version-requirements',
    url: context.href(path),
    canonical: context.absolute(path),
    language: context.language,
    title,
    description: `${title}. ${context.workspace.config.name}.`,
    relations: [],
    indexed: true,
    document: documentLink(context, timeline),
    version: { href: context.href(versionPath(entry)), label: name },
    state: stateOf(span, context.workspace.now),
    from: context.when(span.from),
    until: span.until && context.when(span.until),
    together: subject.together.map((other) => showTogether(context, other)),
    interval: interval && context.href(`/in-force/${interval.name}/`),
    ...neighbours(context, timeline, span),
    overview: context.href(matrixPath()),
    files: fileLinks(context, (file) => versionMatrixPath(entry, file)),
    matrix,
    body: undefined,
  };
}

const nameOf = ({ document, version }: { document: string; version: string }) => `${document.toUpperCase()} ${version}`;

function showTogether({ href, when }: SiteContext, other: MatrixSubject['together'][number]): VersionRequirementsPage['together'][number] {
  return {
    document: other.document,
    version: { href: href(other.path), label: nameOf(other) },
    from: when(other.from as Instant),
    until: other.until === null ? undefined : when(other.until as Instant),
    matrix: other.matrix === null ? undefined : href(other.matrix),
  };
}

/** The versions before and after, where these have a matrix. */
function neighbours(context: SiteContext, { spans }: Timeline, span: VersionSpan): Pick<VersionRequirementsPage, 'previous' | 'next'> {
  const at = spans.indexOf(span);
  return { previous: link(spans[at - 1]), next: link(spans[at + 1]) };

  function link(other: VersionSpan | undefined): Link | undefined {
    return other && hasMatrix(context, other.entry) ? { href: context.href(versionMatrixPath(other.entry)), label: nameOf(other.entry) } : undefined;
  }
}

/** States that are shown row by row; of the others the page tells how many there are. */
const isShown = ({ state }: MatrixRow) => state !== 'not-decidable' && state !== 'undecided';

/** The rows of the page of a version. */
export function versionRequirements(context: SiteContext, matrix: Matrix): VersionRequirements {
  return {
    standards: matrix.standards.map(({ standard, short, edition, title, named }) => {
      const rows = matrix.requirements.filter((row) => row.standard === standard);
      return {
        id: short,
        label: `${standard} ${edition}`,
        title,
        named: named ?? false,
        counts: countStates(rows),
        clauses: listClauses(context, matrix, rows.filter(isShown)),
      };
    }),
    policies: matrix.policies,
    suspect: countSuspect(matrix.requirements),
  };
}
