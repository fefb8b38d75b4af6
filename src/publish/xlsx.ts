import { writeZip } from './zip.ts';

/** One cell: text, which no spreadsheet takes for a formula, or text that leads to an address. */
export type Cell = string | { text: string; href: string };

/** One sheet of a workbook. The first row is its head, which stays in view. */
export interface Sheet {
  name: string;
  /** Whether the head carries filters. */
  filters?: boolean;
  /** Widths of the columns, in characters. */
  widths: readonly number[];
  rows: readonly (readonly Cell[])[];
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** What a cell can hold at most. */
const MOST_CHARACTERS = 32_767;

/** A workbook (ECMA-376, Office Open XML) as bytes; the same sheets give the same bytes. */
export function writeXlsx(sheets: readonly Sheet[]): Uint8Array {
  const names = nameSheets(sheets);
  const parts: Record<string, string> = {
    '[Content_Types].xml': contentTypes(sheets),
    '_rels/.rels': relationships([{ type: `${OFFICE}/officeDocument`, target: 'xl/workbook.xml' }]),
    'xl/workbook.xml': workbook(sheets, names),
    'xl/_rels/workbook.xml.rels': relationships([
      ...sheets.map((_, index) => ({ type: `${OFFICE}/worksheet`, target: `worksheets/sheet${index + 1}.xml` })),
      { type: `${OFFICE}/styles`, target: 'styles.xml' },
    ]),
    'xl/styles.xml': STYLES,
  };
  for (const [index, sheet] of sheets.entries()) {
    const links = listLinks(sheet);
    parts[`xl/worksheets/sheet${index + 1}.xml`] = worksheet(sheet, links);
    if (links.length > 0) {
      const targets = links.map(({ href }) => ({ type: `${OFFICE}/hyperlink`, target: href, external: true }));
      parts[`xl/worksheets/_rels/sheet${index + 1}.xml.rels`] = relationships(targets);
    }
  }
  const encoder = new TextEncoder();
  return writeZip(Object.entries(parts).map(([path, text]) => [path, encoder.encode(text)]));
}

/** Names as the format allows them: at most 31 characters, none of : \ / ? * [ ], each once. */
function nameSheets(sheets: readonly Sheet[]): string[] {
  const taken = new Set<string>();
  return sheets.map(({ name }, index) => {
    const plain =
      name
        .replace(/[:\\/?*[\]']/g, ' ')
        .slice(0, 31)
        .trim() || `Sheet ${index + 1}`;
    const free = taken.has(plain.toLowerCase()) ? `${plain.slice(0, 26)} (${index + 1})` : plain;
    taken.add(free.toLowerCase());
    return free;
  });
}

function contentTypes(sheets: readonly Sheet[]): string {
  const override = (part: string, type: string) => `<Override PartName="${part}" ContentType="${TYPE}.${type}+xml"/>`;
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('/xl/workbook.xml', 'sheet.main')}${sheets.map((_, index) => override(`/xl/worksheets/sheet${index + 1}.xml`, 'worksheet')).join('')}${override('/xl/styles.xml', 'styles')}</Types>`;
}

function relationships(items: readonly { type: string; target: string; external?: boolean }[]): string {
  const links = items.map(
    ({ type, target, external }, index) =>
      `<Relationship Id="r${index + 1}" Type="${type}" Target="${toXml(target)}"${external ? ' TargetMode="External"' : ''}/>`,
  );
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${links.join('')}</Relationships>`;
}

function workbook(sheets: readonly Sheet[], names: readonly string[]): string {
  const list = names.map((name, index) => `<sheet name="${toXml(name)}" sheetId="${index + 1}" r:id="r${index + 1}"/>`).join('');
  // What a filter covers is also a hidden name, or a spreadsheet takes the file for damaged.
  const filters = sheets.flatMap((sheet, index) =>
    hasFilter(sheet)
      ? [
          `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">'${toXml(names[index] ?? '')}'!${absolute(rangeOf(sheet))}</definedName>`,
        ]
      : [],
  );
  const defined = filters.length > 0 ? `<definedNames>${filters.join('')}</definedNames>` : '';
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${list}</sheets>${defined}</workbook>`;
}

/** Styles by number: 0 plain and wrapped, 1 head, 2 link. */
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="3"><font><sz val="10"/><name val="Arial"/></font><font><b/><sz val="10"/><name val="Arial"/></font><font><u/><sz val="10"/><color rgb="FF184A86"/><name val="Arial"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF2F4F4"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">${[0, 1, 2].map((font) => `<xf numFmtId="49" fontId="${font}" fillId="${font === 1 ? 2 : 0}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`).join('')}</cellXfs></styleSheet>`;

interface CellLink {
  at: string;
  href: string;
}

function listLinks({ rows }: Sheet): CellLink[] {
  return rows.flatMap((cells, row) => cells.flatMap((cell, column) => (typeof cell === 'string' ? [] : [{ at: nameCell(column, row), href: cell.href }])));
}

function worksheet(sheet: Sheet, links: readonly CellLink[]): string {
  const columns = sheet.widths.map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('');
  const rows = sheet.rows.map((cells, row) => `<row r="${row + 1}">${cells.map((cell, column) => writeCell(cell, column, row)).join('')}</row>`).join('');
  const filter = hasFilter(sheet) ? `<autoFilter ref="${rangeOf(sheet)}"/>` : '';
  const hyperlinks = links.map(({ at }, index) => `<hyperlink ref="${at}" r:id="r${index + 1}"/>`).join('');
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  return `${HEAD}<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><cols>${columns}</cols><sheetData>${rows}</sheetData>${filter}${hyperlinks ? `<hyperlinks>${hyperlinks}</hyperlinks>` : ''}</worksheet>`;
}

function writeCell(cell: Cell, column: number, row: number): string {
  const text = typeof cell === 'string' ? cell : cell.text;
  if (text === '') return '';
  const style = row === 0 ? 1 : typeof cell === 'string' ? 0 : 2;
  return `<c r="${nameCell(column, row)}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${toXml(cut(text))}</t></is></c>`;
}

const hasFilter = ({ filters, rows }: Sheet) => filters === true && rows.length > 1;
const rangeOf = ({ rows, widths }: Sheet) => `A1:${nameCell(widths.length - 1, rows.length - 1)}`;
const absolute = (range: string) => range.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
const nameCell = (column: number, row: number) => `${nameColumn(column)}${row + 1}`;
const nameColumn = (column: number): string => `${column >= 26 ? nameColumn(Math.floor(column / 26) - 1) : ''}${String.fromCharCode(65 + (column % 26))}`;

/** Not in the middle of a character. */
const cut = (text: string) => (text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 2).replace(/[\uD800-\uDBFF]$/, '')}…` : text);

/** Text for XML 1.0, without the characters that it cannot hold. */
function toXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
