import { slug } from '../model/heading.ts';
import type { Matrix, MatrixPlace, MatrixRow } from '../model/matrix.ts';
import { MATRIX_STATES, type MatrixState, STATE_MEANINGS } from '../model/matrix-state.ts';
import { tellSuspicion } from '../model/suspect.ts';
import { type Instant, localTime } from '../model/time.ts';
import { toCsv } from './csv.ts';
import { hasProofs, PROOF_COLUMNS, proofCells } from './matrix-proof.ts';
import { type Cell, type Sheet, writeXlsx } from './xlsx.ts';

/** Address of the requirement matrix, or of one of its files. */
export const matrixPath = (file = '') => `/requirements/${file}`;

/** Address of the requirement matrix of one version, or of one of its files: `/cps/2.1/requirements/`. */
export const versionMatrixPath = ({ document, version }: Pick<MatrixPlace, 'document' | 'version'>, file = '') =>
  `/${document}/${version}/requirements/${file}`;

/** Address of one standard's part of the matrix: `/requirements/en-319-411-2/`, whatever the edition. */
export const standardPath = (standard: string) => matrixPath(`${slug(standard.replace(/^ETSI /, ''))}/`);

/** What the matrix says, and what it does not. */
export const MATRIX_NOTE =
  'This matrix says where the published texts in force state something on a requirement, by the marks that their authors set. It is no judgement whether a requirement is fulfilled: that is for those who assess. The requirements are described in our own words; the standards alone are authoritative.';

/** The same of the matrix of one version. */
export const versionNote = ({ document, version }: Pick<MatrixPlace, 'document' | 'version'>) =>
  `This matrix says where ${document.toUpperCase()} ${version} states something on a requirement, by the marks that its authors set, and which other document in force together with it does where it does not. The editions are those to which its text says that it was written, else those in use; conditions are decided by the practices declared when this file was made. It is no judgement whether a requirement is fulfilled: that is for those who assess. The requirements are described in our own words; the standards alone are authoritative.`;

/** The states in words. */
const STATE_WORDS: Readonly<Record<MatrixState, string>> = {
  stated: 'stated',
  excluded: 'excluded',
  elsewhere: 'in another document',
  'no-text': 'no text found',
  'not-decidable': 'not decidable from the text',
  undecided: 'applicability not declared',
};

/** Kinds of proof in words. */
const EVIDENCE_WORDS = { document: 'text', profile: 'certificates and lists', operation: 'records of the operation' } as const;

/** `/requirements/matrix.json`. */
export const matrixJson = (matrix: Matrix): string => `${JSON.stringify(matrix, null, 1)}\n`;

const COLUMNS = [
  'Standard',
  'Edition',
  'Clause',
  'ID',
  'Requirement (in our own words)',
  'Kind',
  'Policies',
  'Applies because',
  'State',
  'Stated in',
  'Address',
  'Since version',
  'Since',
  'To be confirmed',
  'Excluded because',
  'Evidence',
] as const;

/** `/requirements/matrix.csv`: one line for each requirement; what a cell has several of is separated by a semicolon. */
export function matrixCsv(matrix: Matrix): string {
  const proved = hasProofs(matrix);
  const rows = matrix.requirements.map((row) => {
    const places = listPlaces(row);
    const begun = listBegun(row);
    const policies = row.policies.map((oid) => `${nameOf(matrix, oid)} (${oid})`);
    return [
      row.standard,
      row.edition,
      row.clause,
      row.id,
      row.summary,
      row.kind,
      policies.join('; '),
      tellReasons(matrix, row).join('; '),
      STATE_WORDS[row.state],
      places.map(namePlace).join('; '),
      places.map((place) => addressOf(matrix, place)).join('; '),
      begun.map(nameBeginning).join('; '),
      begun.map(({ since }) => dayOf(matrix, since.from)).join('; '),
      tellSuspects(row).join('; '),
      listExclusions(row).join('; '),
      row.evidence.map((kind) => EVIDENCE_WORDS[kind]).join('; '),
      ...(proved ? proofCells(row).map((cell) => cell.join('; ')) : []),
    ];
  });
  return toCsv([[...COLUMNS, ...(proved ? PROOF_COLUMNS.map(([name]) => name) : [])], ...rows]);
}

/**
 * `/requirements/matrix.xlsx`: a sheet for each standard with a line for each requirement, a column for each policy, and a
 * column left free, as assessors know it from the checklists of ETSI TR 119 411-4.
 */
export function matrixXlsx(matrix: Matrix): Uint8Array {
  return writeXlsx([aboutSheet(matrix), ...matrix.standards.map((standard) => standardSheet(matrix, standard))]);
}

function aboutSheet(matrix: Matrix): Sheet {
  const texts = matrix.texts.map(({ document, version, language, path }) => [
    { text: `${document.toUpperCase()} ${version} (${language})`, href: `${matrix.site}${path}` },
    'Text that was looked at',
  ]);
  const policies = matrix.policies.map(({ oid, name, conformsTo }) => [`${conformsTo} (${oid})`, name]);
  const standards = matrix.standards.map(({ standard, edition, title, path }) => [{ text: `${standard} ${edition}`, href: `${matrix.site}${path}` }, title]);
  const states = MATRIX_STATES.filter((state) => matrix.subject || state !== 'elsewhere').map((state) => [STATE_WORDS[state], STATE_MEANINGS[state]]);
  const { document, version } = matrix.subject ?? {};
  const name = document ? `Requirement matrix of ${document.toUpperCase()} ${version}` : 'Requirement matrix';
  return {
    name: 'About',
    widths: [40, 110],
    rows: [[name, matrix.provider], ['', matrix.note], ...states, ...standards, ...policies, ...texts],
  };
}

function standardSheet(matrix: Matrix, { standard, edition }: Matrix['standards'][number]): Sheet {
  const rows = matrix.requirements.filter((row) => row.standard === standard);
  const head = [
    ['ID', 18],
    ['Clause', 10],
    ['Requirement (in our own words)', 60],
    ['Kind', 8],
    ...matrix.policies.map(({ oid, conformsTo }) => [`${conformsTo}\n${oid}`, 14] as const),
    ['Applies because', 45],
    ['State', 18],
    ['Stated in', 30],
    ['Since', 20],
    ['To be confirmed', 35],
    ['Excluded because', 35],
    ['Evidence', 18],
    ...(hasProofs(matrix) ? PROOF_COLUMNS : []),
    ['Notes of the assessor', 40],
  ] as const;
  return {
    name: `${standard.replace(/^ETSI /, '')} ${edition}`,
    filters: true,
    widths: head.map(([, width]) => width),
    rows: [head.map(([name]) => name), ...rows.map((row) => sheetRow(matrix, row))],
  };
}

function sheetRow(matrix: Matrix, row: MatrixRow): Cell[] {
  const places = listPlaces(row);
  const [first] = places;
  const names = places.map(namePlace).join('\n');
  return [
    row.id,
    row.clause,
    row.summary,
    row.kind,
    ...matrix.policies.map(({ oid }) => (row.policies.includes(oid) ? 'x' : '')),
    tellReasons(matrix, row).join('\n'),
    STATE_WORDS[row.state],
    first ? { text: names, href: addressOf(matrix, first) } : '',
    listBegun(row)
      .map((place) => `${nameBeginning(place)}, ${dayOf(matrix, place.since.from)}`)
      .join('\n'),
    tellSuspects(row).join('\n'),
    listExclusions(row).join('\n'),
    row.evidence.map((kind) => EVIDENCE_WORDS[kind]).join('\n'),
    ...(hasProofs(matrix) ? proofCells(row).map((cell) => cell.join('\n')) : []),
    '',
  ];
}

/** The places by which a requirement has its state: those that state it, else those that exclude it, else those of other documents. */
export const listPlaces = ({ stated, excluded, elsewhere = [] }: MatrixRow): readonly MatrixPlace[] =>
  stated.length > 0 ? stated : excluded.length > 0 ? excluded : elsewhere;

const listExclusions = ({ excluded, elsewhere = [] }: MatrixRow) => [...excluded, ...elsewhere].flatMap(({ reason }) => reason ?? []);

/** `4.9.1 Circumstances for revocation` */
export const nameSection = ({ section, title }: MatrixPlace) => `${section} ${title}`.trim();

/** `CPS 2.1, 4.9.1 Circumstances for revocation` */
export const namePlace = (place: MatrixPlace) => `${place.document.toUpperCase()} ${place.version}, ${nameSection(place)}`;

/** Since when each document has said so, told by one of its places; two only where its languages differ. */
export function listBegun(row: MatrixRow): readonly MatrixPlace[] {
  const places = listPlaces(row);
  return places.filter(
    ({ document, since }, index) => places.findIndex((other) => other.document === document && other.since.version === since.version) === index,
  );
}

/** `CPS 1.1` */
export const nameBeginning = ({ document, since }: MatrixPlace) => `${document.toUpperCase()} ${since.version}`;

/** Which places of a requirement its authors have to read again, and why: `CPS 2.4, 4.9.1: another text since 2.4`. */
function tellSuspects({ stated }: MatrixRow): string[] {
  return stated.flatMap(({ suspect, document, version, language, section, title }) => {
    if (!suspect) return [];
    const place = `${document.toUpperCase()} ${version} (${language}), ${section || title}`;
    return [`${place}: ${tellSuspicion(suspect).join(', ')}; set or confirmed for the last time in ${suspect.base}`];
  });
}

const dayOf = ({ timeZone }: Matrix, instant: string) => localTime(instant as Instant, timeZone);
const addressOf = ({ site }: Matrix, { path }: MatrixPlace) => `${site}${path}`;
const nameOf = ({ policies }: Matrix, oid: string) => policies.find((policy) => policy.oid === oid)?.conformsTo ?? oid;

/** Why a requirement applies; policies are named where they lead to it in different ways. */
function tellReasons(matrix: Matrix, { because, missing }: MatrixRow): string[] {
  const told = because.flatMap(({ policies, reasons }) => {
    const names = because.length > 1 ? `${policies.map((oid) => nameOf(matrix, oid)).join(', ')}: ` : '';
    return reasons.length > 0 ? [`${names}${reasons.join(', and ')}`] : because.length > 1 ? [`${names}by itself`] : [];
  });
  return missing.length > 0 ? [...told, `not declared: ${missing.join(', ')}`] : told;
}
