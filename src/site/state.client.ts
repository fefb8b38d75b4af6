/**
 * Keeps states true after the build: of all states that a page prints for a version, shows the one that holds by the
 * visitor's clock, notices that were printed for a later day when that day has come, and the present day on time axes.
 */
import { toInstant } from '../model/time.ts';
import { currentState } from './current-state.ts';

const now = toInstant(new Date());

for (const element of document.querySelectorAll<HTMLElement>('.states')) {
  const { from, until, end } = element.dataset;
  if (!from) continue;
  const state = currentState({ from, until, end: end === 'withdrawn' ? 'withdrawn' : 'superseded' }, now);
  const printed = [...element.querySelectorAll<HTMLElement>('[data-state]')];
  // A clock that is wrong by years can name a state that was over at the build and is not printed.
  if (printed.some((option) => option.dataset['state'] === state)) for (const option of printed) option.hidden = option.dataset['state'] !== state;
}

for (const notice of document.querySelectorAll<HTMLElement>('[data-show-from]')) {
  const from = notice.dataset['showFrom'];
  if (from && from <= now) notice.hidden = false;
}

for (const axis of document.querySelectorAll<SVGElement>('svg[data-start]')) {
  const { start, stop } = axis.dataset;
  const share = (Date.parse(now) - Number(start)) / (Number(stop) - Number(start));
  const line = axis.querySelector('.today');
  if (!line || !(share >= 0 && share <= 1)) continue;
  for (const end of ['x1', 'x2']) line.setAttribute(end, `${share * 100}%`);
  line.classList.add('placed');
}
