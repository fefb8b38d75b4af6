import { findProofs, type JudgedEvidence, type Proofs } from '../../check/proofs.ts';
import { type Evidence, lastValidDay, PROOF_STATES } from '../../model/evidence.ts';
import type { Matrix, MatrixRow } from '../../model/matrix.ts';
import { matrixPath } from '../../publish/matrix.ts';
import { tellFault } from '../../publish/matrix-proof.ts';
import { EVIDENCE_PATH } from '../assessor-pages.ts';
import type { EvidencePage, EvidenceRow, EvidenceState, EvidenceSubject } from '../evidence-page.ts';
import { evidenceStrings } from '../evidence-strings.ts';
import type { Link } from '../page.ts';
import { documentTitle, pageBase, type SiteContext, sectionLink } from './context.ts';

export const EVIDENCE_VIEWS = ['items', 'requirements', 'sections'] as const satisfies readonly EvidencePage['view'][];

/** Address of the evidence index: its items, or by requirement, or by section. */
export const evidencePath = (view: EvidencePage['view']) => `${EVIDENCE_PATH}${view === 'items' ? '' : `${view}/`}`;

/** One view of the evidence index. */
export function evidencePage(context: SiteContext, matrix: Matrix | undefined, view: EvidencePage['view']): EvidencePage {
  const text = evidenceStrings(context.language);
  const judged = findProofs(context.workspace)?.judged ?? [];
  const rows = matrix?.requirements ?? [];
  const title = view === 'items' ? text.title : `${text.title}: ${text.views[view]}`;
  return {
    kind: 'evidence',
    ...pageBase(context, evidencePath(view), title, text.description),
    indexed: false,
    view,
    views: EVIDENCE_VIEWS.map((one) => ({ view: one, href: context.href(evidencePath(one)) })),
    items: countBy(['current', 'in-question', 'ended'], judged.map(stateOf)),
    requirements: countBy(
      PROOF_STATES,
      rows.map(({ proof }) => proof?.state ?? 'not-asked'),
    ),
    rows: view === 'items' ? judged.map((one) => showItem(context, matrix, one)) : [],
    groups: view === 'requirements' ? byRequirement(context, matrix, judged) : view === 'sections' ? bySection(context, judged) : [],
    data: context.href(`${EVIDENCE_PATH}evidence.json`),
    matrix: matrix && context.href(matrixPath()),
  };
}

const countBy = <State extends string>(states: readonly State[], all: readonly State[]) =>
  Object.fromEntries(states.map((state) => [state, all.filter((one) => one === state).length])) as Record<State, number>;

const stateOf = ({ faults, ended }: JudgedEvidence): EvidenceState => (ended ? 'ended' : faults.length > 0 ? 'in-question' : 'current');

function showItem(context: SiteContext, matrix: Matrix | undefined, one: JudgedEvidence): EvidenceRow {
  const { id, title, kind, kept, owner, verified, result, remark, certifies, covers, requirements, about } = one.item;
  return {
    ...{ id, title, kind, kept, owner, verified, result, remark, certifies, covers },
    until: lastValidDay(one.item),
    state: stateOf(one),
    faults: one.faults.map(tellFault),
    requirements: requirements.map((name) => requirementLink(context, matrix, name)),
    sections: about.map((name) => sectionLink(context, name)),
  };
}

/** To the requirement in the matrix; a clause leads to the page of its standard. */
function requirementLink({ href }: SiteContext, matrix: Matrix | undefined, name: string): Link {
  const [short, id = ''] = name.split(':');
  const standard = matrix?.standards.find((one) => one.short === short);
  if (!standard) return { href: href(matrixPath()), label: name };
  const row = matrix?.requirements.find((one) => one.standard === standard.standard && one.id === id);
  return { href: `${href(standard.path)}${row ? `#${id}` : ''}`, label: name };
}

const itemLinks = ({ href }: SiteContext, items: readonly JudgedEvidence[]): EvidenceSubject['items'] =>
  items.map((one) => ({
    href: `${href(EVIDENCE_PATH)}#${one.item.id}`,
    label: one.item.id,
    title: one.item.title,
    state: stateOf(one),
    verified: one.item.verified,
  }));

/** The requirements that ask for records, by standard, and those of others that have some. */
function byRequirement(context: SiteContext, matrix: Matrix | undefined, judged: Proofs['judged']): EvidencePage['groups'] {
  const byId = new Map(judged.map((one) => [one.item.id, one]));
  const toSubject = (path: string, { id, summary, proof }: MatrixRow): EvidenceSubject => ({
    link: { href: `${context.href(path)}#${id}`, label: id },
    text: summary,
    proof: proof?.state ?? 'not-asked',
    items: itemLinks(
      context,
      (proof?.items ?? []).flatMap((item) => byId.get(item.id) ?? []),
    ),
  });
  return (matrix?.standards ?? []).map(({ standard, edition, path }) => ({
    title: `${standard} ${edition}`,
    href: context.href(path),
    subjects: (matrix?.requirements ?? [])
      .filter((row) => row.standard === standard && row.proof && (row.proof.state !== 'not-asked' || row.proof.items.length > 0))
      .map((row) => toSubject(path, row)),
  }));
}

/** The sections that state the controls, by document. */
function bySection(context: SiteContext, judged: Proofs['judged']): EvidencePage['groups'] {
  const { workspace, timelines } = context;
  const names = [...new Set(judged.flatMap(({ item }) => item.about))].sort(compareSections);
  return [...Map.groupBy(names, (name) => name.split(' ')[0] ?? '')].map(([document, sections]) => {
    const timeline = timelines.get(document);
    return {
      title: timeline ? documentTitle(workspace, timeline) : document.toUpperCase(),
      href: context.href(`/${document}/`),
      subjects: sections.map((name) => showSection(context, name, judged)),
    };
  });
}

function showSection(context: SiteContext, name: string, judged: Proofs['judged']): EvidenceSubject {
  const age = context.workspace.evidence?.sections.get(name);
  const has = ({ about }: Evidence) => about.includes(name);
  return {
    link: sectionLink(context, name),
    text: age?.title ?? '',
    ...(age && { since: { version: age.since, from: age.from } }),
    items: itemLinks(
      context,
      judged.filter(({ item }) => has(item)),
    ),
  };
}

/** `cps 4.9.10` comes after `cps 4.9.9`. */
function compareSections(a: string, b: string): number {
  const [left = '', right = ''] = [a.split(' ')[0], b.split(' ')[0]];
  if (left !== right) return left < right ? -1 : 1;
  const [one, other] = [a, b].map((name) => (name.split(' ')[1] ?? '').split('.').map(Number)) as [number[], number[]];
  const index = one.findIndex((part, place) => part !== other[place]);
  return index < 0 ? one.length - other.length : (one[index] ?? 0) - (other[index] ?? -1);
}

/** `/evidence/evidence.json`: the index as it was judged. */
export function evidenceJson(context: SiteContext, matrix: Matrix | undefined): string {
  const { config, now, evidence } = context.workspace;
  const items = (findProofs(context.workspace)?.judged ?? []).map(({ item: { file: _, fields: __, validFor: ___, ...item }, faults, ended }) => ({
    ...item,
    validUntil: lastValidDay({ ...item, validFor: ___ }),
    ended,
    faults: faults.map(tellFault),
  }));
  const requirements = (matrix?.requirements ?? []).flatMap(({ standard, edition, id, proof }) =>
    proof ? [{ standard, edition, id, state: proof.state, items: proof.items.map((item) => item.id) }] : [],
  );
  const sections = [...(evidence?.sections ?? [])].sort(([a], [b]) => compareSections(a, b)).map(([name, age]) => ({ section: name, ...age }));
  return `${JSON.stringify({ provider: config.name, at: now, items, requirements, sections }, null, 1)}\n`;
}
