/** Shows of the requirements only those of a policy, state, document or standard; the choice stands in the address, so that it can be linked. */
import { strings } from './strings.ts';

const NAMES = ['policy', 'state', 'document', 'standard', 'evidence'] as const;
type Choice = Readonly<Record<(typeof NAMES)[number], string>>;

const text = strings(document.documentElement.lang).requirements;
const fields = document.querySelector<HTMLFieldSetElement>('fieldset.matrix-filter');
const tables = [...document.querySelectorAll<HTMLTableElement>('table.matrix')];
if (fields && tables.length > 0) start(fields, tables);

function start(fields: HTMLFieldSetElement, tables: readonly HTMLTableElement[]): void {
  const status = fields.querySelector('.matrix-shown');
  const asked = new URLSearchParams(location.search);
  for (const name of NAMES) {
    const field = fieldOf(fields, name);
    const value = asked.get(name) ?? '';
    if (field && [...field.options].some((option) => option.value === value)) field.value = value;
  }
  const show = () => {
    const choice = Object.fromEntries(NAMES.map((name) => [name, fieldOf(fields, name)?.value ?? ''])) as Choice;
    const counts = tables.map((table) => filter(table, choice));
    const sum = (name: 'shown' | 'all') => counts.reduce((total, count) => total + count[name], 0);
    if (status) status.textContent = text.shown(sum('shown'), sum('all'));
    return choice;
  };
  fields.hidden = false;
  fields.addEventListener('change', () => {
    const choice = show();
    const query = new URLSearchParams(NAMES.flatMap((name) => (choice[name] === '' ? [] : [[name, choice[name]]])));
    history.replaceState(history.state, '', `${location.pathname}${query.size > 0 ? `?${query}` : ''}`);
  });
  show();
}

function fieldOf(fields: HTMLFieldSetElement, name: string): HTMLSelectElement | undefined {
  const field = fields.elements.namedItem(name);
  return field instanceof HTMLSelectElement ? field : undefined;
}

/** Hides the other rows, and clauses and standards of which none is left. A row that a link names stays. */
function filter(table: HTMLTableElement, { policy, state, document: id, standard, evidence }: Choice): { shown: number; all: number } {
  const named = decodeURIComponent(location.hash.slice(1));
  let shown = 0;
  let all = 0;
  for (const body of table.tBodies) {
    const rows = [...body.rows].filter((row) => row.dataset['state'] !== undefined);
    for (const row of rows) {
      const { policies = '', documents = '' } = row.dataset;
      const isWanted =
        // None are named where it applies under all of them, or where that is undecided.
        (policy === '' || policies === '' || policies.split(' ').includes(policy)) &&
        (state === '' || (state === 'to-confirm' ? row.dataset['suspect'] !== undefined : row.dataset['state'] === state)) &&
        (id === '' || documents.split(' ').includes(id)) &&
        (evidence === '' || row.dataset['evidence'] === evidence) &&
        (standard === '' || table.dataset['standard'] === standard);
      row.hidden = !isWanted && row.id !== named;
    }
    const left = rows.filter((row) => !row.hidden).length;
    body.hidden = left === 0;
    shown += left;
    all += rows.length;
  }
  const section = table.closest<HTMLElement>('.matrix-list');
  if (section) section.hidden = shown === 0;
  return { shown, all };
}
