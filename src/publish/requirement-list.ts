import type { Applicability, Governed, Traced, Undecided } from '../model/applicability.ts';
import { PRACTICES, type PracticeName } from '../model/practice.ts';
import { clauseTitle } from '../model/requirement.ts';
import { toCsv } from './csv.ts';

/** What applies to the certificates of one policy, as it is listed for people and programs. */
export interface RequirementList {
  governed: Governed;
  applicability: Applicability;
}

/** The lists as a page of text: counts, each requirement with its reasons, and the practices that have to be declared. */
export function printRequirements(lists: readonly RequirementList[]): string {
  const parts = lists.map(({ governed, applicability }) =>
    [
      printHead(governed, applicability),
      ...printStandards(applicability.applicable),
      ...printUndecided(applicability.undecided),
      ...printSwitchedOff(applicability),
    ].join('\n\n'),
  );
  return `${[...parts, 'This lists what the standards ask for. It says nothing about whether any of it is met.'].join('\n\n')}\n`;
}

const nameOf = ({ oid, conformsTo }: Governed) => `${conformsTo ?? 'no reference policy'}${oid ? `, certificates under ${oid}` : ''}`;

function printHead(governed: Governed, { applicable, undecided, switchedOff }: Applicability): string {
  const parts = [`${applicable.length} requirements apply`];
  if (undecided.length > 0) parts.push(`${undecided.length} depend on practices that are not declared`);
  if (switchedOff.length > 0) parts.push(`${switchedOff.length} switched off by others`);
  return `${nameOf(governed)}: ${parts.join(', ')}.`;
}

function printStandards(items: readonly Traced[]): string[] {
  const standards = [...new Set(items.map(({ catalogue }) => catalogue))];
  return standards.map((catalogue) => {
    const own = items.filter((item) => item.catalogue === catalogue);
    return [`${catalogue.standard} ${catalogue.edition}: ${own.length}`, ...own.map(printItem)].join('\n');
  });
}

function printItem({ requirement: { id, kind, summary }, because }: Traced): string {
  return [`  ${id}  ${kind}: ${summary}`, ...because.map(({ words }, index) => `    ${index === 0 ? 'because' : '    and'} ${words}`)].join('\n');
}

/** Undecided requirements by the practice that has to be declared. */
function printUndecided(items: readonly Undecided[]): string[] {
  if (items.length === 0) return [];
  const lines = missingPractices(items).map((name) => {
    const ids = items.filter(({ missing }) => missing.includes(name)).map(({ catalogue, requirement }) => `${catalogue.short}:${requirement.id}`);
    return `  ${explainPractice(name)}\n    ${ids.join(' ')}`;
  });
  return [`Not decided: declare in cartulary.yaml, under practices\n${lines.join('\n')}`];
}

/** The practices that undecided requirements wait for, in the order of the vocabulary. */
export function missingPractices(items: readonly Undecided[]): PracticeName[] {
  const missing = new Set(items.flatMap((item) => item.missing));
  return [...PRACTICES.values()].map(({ name }) => name).filter((name) => missing.has(name));
}

/** `status: which status services run for the certificates of subjects (some of crl, ocsp; [] for none)` */
export function explainPractice(name: PracticeName): string {
  const practice = PRACTICES.get(name);
  if (!practice) return name;
  const { values, several, means } = practice;
  const choices = several ? `some of ${values.join(', ')}; [] for none` : values.join(' or ');
  return `${name}: ${means} (${choices})`;
}

function printSwitchedOff({ switchedOff }: Applicability): string[] {
  if (switchedOff.length === 0) return [];
  return [
    [
      'Switched off',
      ...switchedOff.map(({ catalogue, requirement, because }) => `  ${catalogue.short}:${requirement.id}  ${because.at(-1)?.words ?? ''}`),
    ].join('\n'),
  ];
}

/** The lists for programs. */
export function requirementsJson(lists: readonly RequirementList[]): string {
  const rows = lists.map(({ governed, applicability: { applicable, undecided, switchedOff } }) => ({
    policy: governed.conformsTo ?? null,
    oid: governed.oid ?? null,
    applicable: applicable.map(toRow),
    undecided: undecided.map((item) => ({ ...toRow(item), missing: item.missing })),
    switchedOff: switchedOff.map(toRow),
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}

function toRow({ catalogue, requirement, because }: Traced) {
  const { id, clause, kind, level, summary, evidence, documents, rfc3647 } = requirement;
  const title = clauseTitle(catalogue, requirement);
  return {
    standard: catalogue.standard,
    edition: catalogue.edition,
    id,
    clause,
    title,
    kind,
    level,
    summary,
    evidence,
    documents,
    rfc3647,
    because: because.map(({ words }) => words),
  };
}

const COLUMNS = [
  'policy',
  'oid',
  'state',
  'standard',
  'edition',
  'id',
  'clause',
  'title',
  'kind',
  'level',
  'summary',
  'evidence',
  'documents',
  'rfc3647',
  'because',
  'missing',
];

/** The lists as one table (RFC 4180), with lines ended by CRLF. */
export function requirementsCsv(lists: readonly RequirementList[]): string {
  const rows = lists.flatMap(({ governed, applicability: { applicable, undecided, switchedOff } }) =>
    [
      ...applicable.map((item) => ({ state: 'applies', ...toRow(item) })),
      ...undecided.map((item) => ({ state: 'undecided', ...toRow(item), missing: item.missing })),
      ...switchedOff.map((item) => ({ state: 'switched off', ...toRow(item) })),
    ].map((row): Record<string, unknown> => ({ policy: governed.conformsTo, oid: governed.oid, ...row })),
  );
  return toCsv([COLUMNS, ...rows.map((row) => COLUMNS.map((column) => toCell(row[column])))]);
}

const toCell = (value: unknown) => (Array.isArray(value) ? value.join(value.some((part) => String(part).includes(' ')) ? '; ' : ' ') : String(value ?? ''));
