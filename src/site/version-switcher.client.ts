/** Fills the list of other versions when it is opened first. Its links keep the section that is being read. */
import type { State } from '../model/in-force.ts';
import { toInstant } from '../model/time.ts';
import { currentState } from './current-state.ts';
import { headingsOf, sectionAt } from './reading-place.ts';
import { strings } from './strings.ts';

interface ListedVersion {
  version: string;
  href: string;
  /** At the time of the build. */
  state: State;
  from: string;
  until: string | null;
}

const text = strings(document.documentElement.lang);

for (const switcher of document.querySelectorAll<HTMLDetailsElement>('.switcher')) {
  let asked = false;
  switcher.addEventListener('toggle', async () => {
    if (!switcher.open || asked) return;
    asked = true;
    await fill(switcher).catch(() => {
      asked = false;
      say(switcher, text.text.failed);
    });
  });
}

async function fill(switcher: HTMLDetailsElement): Promise<void> {
  const { versions: address = '', version: shown } = switcher.dataset;
  say(switcher, text.text.loading);
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const { versions } = (await response.json()) as { versions: readonly ListedVersion[] };
  const list = document.createElement('ul');
  list.append(...versions.map((version) => item(version, version.version === shown)));
  say(switcher, '');
  switcher.querySelector('.choices')?.prepend(list);
}

function item({ version, href, state: built, from, until }: ListedVersion, shown: boolean): HTMLElement {
  const end = built === 'withdrawn' ? 'withdrawn' : 'superseded';
  const state = currentState({ from, until: until ?? undefined, end }, toInstant(new Date()));
  const row = document.createElement('li');
  const link = document.createElement('a');
  link.href = href;
  link.textContent = version;
  if (shown) link.setAttribute('aria-current', 'true');
  for (const moment of ['pointerdown', 'focus', 'click']) {
    link.addEventListener(moment, () => {
      link.hash = place();
    });
  }
  const label = document.createElement('span');
  label.className = `state ${state}`;
  label.textContent = text.states[state];
  row.append(link, ' ', label);
  return row;
}

/** The section in the address while its heading is on the screen or nothing was scrolled since; else the one being read. */
function place(): string {
  const legal = document.querySelector('.legal');
  if (!legal) return location.hash;
  const headings = headingsOf(legal);
  const named = headings.find(({ anchor }) => anchor === decodeURIComponent(location.hash.slice(1)));
  if (named && named.top >= 0 && named.top < innerHeight) return location.hash;
  return sectionAt(headings, innerHeight / 4) ?? location.hash;
}

function say(switcher: HTMLDetailsElement, message: string): void {
  const choices = switcher.querySelector('.choices');
  let status = choices?.querySelector('[role="status"]');
  if (choices && !status) {
    status = document.createElement('p');
    status.setAttribute('role', 'status');
    choices.prepend(status);
  }
  if (status) status.textContent = message;
}
