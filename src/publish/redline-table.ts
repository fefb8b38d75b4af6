import type { CellChange, ChangeKind, RowChange, TableChange } from '../model/change.ts';
import { foldUnchanged } from './fold-unchanged.ts';
import { markWords, type RedlinePage, renderInline, speak, startPlace } from './redline-inline.ts';

/** `own`: it is marked and counted by itself, not as a part of what is new or gone as a whole. */
interface Marking {
  page: RedlinePage;
  own: boolean;
}

const NO_TEXT = { text: '' };

/**
 * A table in a region that scrolls: a changed cell is one marked cell, a new row one marked row. `whole`: rows that did
 * not change are shown, too. `own`: not a part of a section that is new or gone.
 */
export function renderTable(table: TableChange, page: RedlinePage, { whole, own }: { whole: boolean; own: boolean }): string {
  const gone = table.change === 'added' || table.change === 'removed';
  const place = gone && own ? startPlace(page) : '';
  const marking = { page, own: own && !gone };
  const columns = columnsOf(table);
  const heads = table.rows.filter(({ head }) => head);
  const rows = table.rows.filter(({ head }) => !head);
  const runs = whole || gone ? [{ folded: false, items: rows }] : foldUnchanged(rows, ({ change }) => change === 'same');
  // The head first, for places are counted in the order of reading.
  const head = heads.map((row) => renderRow(row, columns, marking)).join('');
  const body = runs.map(({ folded, items }) =>
    folded ? tellRows(items.length, columns.length, page) : items.map((row) => renderRow(row, columns, marking)).join(''),
  );
  const parts = [head && `<thead>${head}</thead>`, rows.length > 0 ? `<tbody>${body.join('')}</tbody>` : ''];
  const kind = table.change === 'same' ? '' : ` ${table.change}`;
  return `<div class="table${kind}"${place} tabindex="0" role="group" aria-label="${page.words.table[table.change]}"><table>${parts.join('')}</table></div>`;
}

const tellRows = (count: number, columns: number, { words }: RedlinePage) =>
  `<tr class="unchanged"><td colspan="${columns}">${words.unchangedRows(count)}</td></tr>`;

/** On which sides a column of the shown table is: read from a row that both tables have, for it has a cell for every column. */
type Column = Readonly<Record<'before' | 'after', boolean>>;

function columnsOf({ rows }: TableChange): readonly Column[] {
  const full = rows.find(({ change }) => change === 'same' || change === 'changed');
  const toColumn = ({ before, after }: CellChange) => ({ before: before !== undefined, after: after !== undefined });
  if (full) return full.cells.map(toColumn);
  const widest = rows.reduce<readonly CellChange[]>((most, { cells }) => (cells.length > most.length ? cells : most), []);
  return widest.map(() => ({ before: true, after: true }));
}

/** A row that only one table has leaves the other one's columns empty. */
function renderRow(row: RowChange, columns: readonly Column[], { page, own }: Marking): string {
  const gone = row.change === 'added' || row.change === 'removed' ? row.change : undefined;
  const place = gone && own ? startPlace(page) : '';
  const tag = row.head ? 'th scope="col"' : 'td';
  const left = [...row.cells];
  let told = !gone || !own;
  const cells = columns.map((column) => {
    if (gone && !column[gone === 'added' ? 'after' : 'before']) return closeCell(tag, ' class="absent"', '');
    const cell = left.shift();
    if (!cell) return closeCell(tag, '', '');
    if (!gone) return renderCell(cell, tag, { page, own });
    const spoken = told ? '' : speak(gone === 'added' ? page.words.spoken.addedRow : page.words.spoken.removedRow);
    const html = markWhole(cell, gone, page, spoken);
    told ||= html !== '';
    return closeCell(tag, '', html);
  });
  const rest = left.map((cell) => renderCell(cell, tag, { page, own: own && !gone }));
  return `<tr${gone ? ` class="${gone}"` : ''}${place}>${[...cells, ...rest].join('')}</tr>`;
}

const closeCell = (tag: string, attributes: string, html: string) => `<${tag}${attributes}>${html}</${tag.slice(0, 2)}>`;

function renderCell(cell: CellChange, tag: string, { page, own }: Marking): string {
  const { change, before = NO_TEXT, after = NO_TEXT, words } = cell;
  if (change === 'same' && words.every((word) => word.before === undefined)) return closeCell(tag, '', renderInline(after, 'after', page));
  if (change === 'same' || change === 'changed') {
    const attributes = change === 'changed' ? ' class="changed"' : '';
    return closeCell(tag, attributes, markWords(words, before, after, page).join('<br>'));
  }
  const place = own ? startPlace(page) : '';
  const spoken = own ? speak(page.words.spoken[change]) : '';
  return closeCell(tag, ` class="${change}"${place}`, markWhole(cell, change, page, spoken));
}

/** What a cell says, as new or gone; nothing where it says nothing. */
function markWhole({ before, after }: CellChange, change: Exclude<ChangeKind, 'same' | 'changed'>, page: RedlinePage, spoken: string): string {
  const [text, side, tag] = change === 'added' ? ([after, 'after', 'ins'] as const) : ([before, 'before', 'del'] as const);
  return text && text.text !== '' ? `<${tag}>${spoken}${renderInline(text, side, page)}</${tag}>` : '';
}
