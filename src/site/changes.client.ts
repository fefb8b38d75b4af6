/**
 * Leads from change to change by buttons and keys: `startChangeNavigation` in a part of the page that holds a change bar
 * and a redline. What bears `data-changes` when the page is loaded is started by itself.
 */
import { strings } from './strings.ts';

const text = strings(document.documentElement.lang).changes;

interface Walk {
  bar: HTMLElement;
  /** In the order of reading. */
  changes: readonly HTMLElement[];
  /** Index of the change that was last gone to. */
  last: number | undefined;
}

let walk: Walk | undefined;

addEventListener('keydown', (event) => {
  const step = stepOf(event);
  if (!step || !walk || !isShown(walk.bar)) return;
  event.preventDefault();
  go(walk, step);
});
addEventListener('hashchange', followLink);
for (const root of document.querySelectorAll<HTMLElement>('[data-changes]')) startChangeNavigation(root);

/** Begins with what is in `root` now; to be called again when it holds another redline. One part of a page is led through at a time. */
export function startChangeNavigation(root: HTMLElement): void {
  const bar = root.querySelector<HTMLElement>('.change-bar');
  if (!bar) return;
  const changes = [...root.querySelectorAll<HTMLElement>('[data-change]')];
  walk = { bar, changes, last: undefined };
  // What is said while it is hidden is not read out.
  say(bar, text.count(changes.length));
  bar.hidden = changes.length === 0;
  followLink();
  if (bar.dataset['started'] !== undefined) return;
  bar.dataset['started'] = '';
  for (const [name, step] of [['previous', -1] as const, ['next', 1] as const]) {
    bar.querySelector(`.${name}`)?.addEventListener('click', () => walk && go(walk, step));
  }
}

/**
 * Keys with a modifier, which nobody presses by speaking or slipping (WCAG 2.1.4), and which screen readers leave to the
 * page; not those with arrows, by which some of them read sentences. In a field all keys belong to the field.
 */
function stepOf(event: KeyboardEvent): -1 | 1 | undefined {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.getModifierState('AltGraph')) return undefined;
  if (event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]')) return undefined;
  // With Alt a Mac makes other characters of letters: there the place of the key counts.
  const key = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace(/^Key/, '').toLowerCase();
  return key === 'n' ? 1 : key === 'p' ? -1 : undefined;
}

const isShown = (bar: HTMLElement) => bar.isConnected && bar.getClientRects().length > 0;

function go(current: Walk, step: -1 | 1): void {
  const { changes, bar } = current;
  const from = placeOf(current);
  const wanted = step > 0 ? Math.floor(from) + 1 : Math.ceil(from) - 1;
  const index = Math.min(changes.length - 1, Math.max(0, wanted));
  const change = changes[index];
  if (!change) return;
  current.last = index;
  show(change);
  say(bar, [text.position(index + 1, changes.length), ...(index === wanted ? [] : [step > 0 ? text.noFurther : text.noEarlier])].join('. '));
}

/** Index of the change where the reader is: the last one while it can be seen, else half-way between those above and below. */
function placeOf({ changes, last, bar }: Walk): number {
  const shown = last === undefined ? undefined : changes[last]?.getBoundingClientRect();
  if (last !== undefined && shown && shown.bottom > 0 && shown.top < innerHeight) return last;
  const edge = bar.getBoundingClientRect().bottom;
  // Changes come from top to bottom; only few are measured, for one that was never in view has to be laid out first.
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle]?.getBoundingClientRect().top ?? 0) < edge) low = middle + 1;
    else high = middle;
  }
  return low - 0.5;
}

/** Scrolls to a change and goes on reading there. */
function show(change: HTMLElement): void {
  for (let fold = change.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
  if (!change.hasAttribute('tabindex')) change.tabIndex = -1;
  change.focus({ preventScroll: true });
  change.scrollIntoView({ block: change.offsetHeight < innerHeight / 2 ? 'center' : 'start', inline: 'nearest' });
}

/** A link of the list of changes led to one: the way goes on from there. */
function followLink(): void {
  const target = document.getElementById(location.hash.slice(1));
  const index = target && walk ? walk.changes.indexOf(target) : -1;
  if (!walk || index < 0) return;
  walk.last = index;
  say(walk.bar, text.position(index + 1, walk.changes.length));
}

function say(bar: HTMLElement, message: string): void {
  const status = bar.querySelector('.position');
  if (status && status.textContent !== message) status.textContent = message;
}
