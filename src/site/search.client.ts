/** Searches the texts with Pagefind, which is loaded when the first search is made; older versions when they are asked for. */
import { readExcerpt } from './excerpt.ts';
import { makeElement } from './make-element.ts';
import { strings } from './strings.ts';

/** A section of a text in which the words were found. */
interface FoundSection {
  title: string;
  excerpt: string;
  anchor?: { id: string };
  weighted_locations?: readonly { weight: number }[];
}

/** A text in which the words were found, with its sections in the order of the text. */
interface FoundText {
  url: string;
  excerpt: string;
  meta: Readonly<Record<string, string>>;
  sub_results: readonly FoundSection[];
}

/** The part of Pagefind's interface that is used here. */
interface Pagefind {
  options(options: Readonly<Record<string, unknown>>): Promise<void>;
  mergeIndex(bundle: string, options?: Readonly<Record<string, unknown>>): Promise<void>;
  search(words: string): Promise<{ results: readonly { data(): Promise<FoundText> }[] }>;
}

/** Texts that are shown at once, and sections of each. */
const AT_ONCE = 10;
const MOST_SECTIONS = 6;
const text = strings(document.documentElement.lang).search;
const form = document.querySelector<HTMLFormElement>('form.search');
const status = document.querySelector('.result-count');
const list = document.querySelector('.results ol');
const more = document.querySelector<HTMLButtonElement>('.more');
let pagefind: Promise<Pagefind> | undefined;
/** The merging of the older texts, once it has begun. */
let merging: Promise<void> | undefined;
let latest = 0;

if (form && status && list && more) {
  const words = form.elements.namedItem('q') as HTMLInputElement;
  const older = form.elements.namedItem('older') as HTMLInputElement;
  const run = () => search(form, words.value.trim(), older.checked, { status, list, more });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const query = new URLSearchParams({ q: words.value.trim(), ...(older.checked && { older: 'yes' }) });
    history.replaceState(history.state, '', `${location.pathname}?${query}`);
    void run();
  });
  older.addEventListener('change', () => words.value.trim() && form.requestSubmit());
  const asked = new URLSearchParams(location.search);
  // What somebody has typed or ticked before this ran stays.
  words.value ||= asked.get('q') ?? '';
  older.checked ||= asked.get('older') === 'yes';
  if (words.value !== '') void run();
}

interface Places {
  status: Element;
  list: Element;
  more: HTMLButtonElement;
}

async function search(form: HTMLFormElement, words: string, older: boolean, { status, list, more }: Places): Promise<void> {
  latest += 1;
  const turn = latest;
  list.replaceChildren();
  more.hidden = true;
  if (words === '') {
    status.textContent = '';
    return;
  }
  status.textContent = text.loading;
  const fail = () => {
    if (turn === latest) status.textContent = text.failed;
  };
  try {
    const found = await ask(form, words, older);
    if (turn !== latest) return;
    status.textContent = found.length > 0 ? text.count(found.length, words) : text.none(words);
    const urls = new Set<string>();
    let shown = 0;
    const show = async () => {
      const part = found.slice(shown, shown + AT_ONCE);
      shown += part.length;
      const texts = await Promise.all(part.map((result) => result.data()));
      if (turn !== latest) return;
      // A text in force stands in the index of the history too.
      list.append(...texts.filter(({ url }) => !urls.has(url) && urls.add(url)).map(describe));
      more.hidden = shown >= found.length;
    };
    let last = show();
    // One part after the other, however fast the button is pressed: each is shown once, in its order.
    more.onclick = () => {
      last = last.then(show);
      last.catch(fail);
    };
    await last;
  } catch {
    fail();
  }
}

async function ask(form: HTMLFormElement, words: string, older: boolean) {
  const { bundle = '', history: listing = '' } = form.dataset;
  pagefind ??= load(bundle).catch((error: unknown) => {
    pagefind = undefined;
    throw error;
  });
  if (!older && merging) {
    // An index that was merged in cannot be taken out again.
    pagefind = load(bundle, String(latest));
    merging = undefined;
  }
  const engine = await pagefind;
  if (older) {
    merging ??= mergeOlder(engine, listing);
    await merging;
  }
  return (await engine.search(words)).results;
}

/** Each `turn` is an instance of its own, with only the index over what is in force in it. */
async function load(bundle: string, turn = ''): Promise<Pagefind> {
  const address = `${bundle}pagefind.js${turn && `?${turn}`}`;
  const engine: Pagefind = await import(/* @vite-ignore */ address);
  await engine.options({ baseUrl: '/', excerptLength: 40 });
  return engine;
}

async function mergeOlder(engine: Pagefind, listing: string): Promise<void> {
  const response = await fetch(listing);
  if (!response.ok) throw new Error(`${listing}: ${response.status}`);
  const { bundles } = (await response.json()) as { bundles: readonly string[] };
  for (const bundle of bundles) await engine.mergeIndex(bundle, { baseUrl: '/' });
}

/** A text with the sections in which the words weigh most. */
function describe({ url, meta, sub_results: sections }: FoundText): HTMLElement {
  const best = sections.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, MOST_SECTIONS);
  const title = makeElement('h2', {}, makeElement('a', { href: url }, meta['title'] ?? url));
  const rest = sections.length - best.length;
  const note = rest > 0 ? [makeElement('p', { class: 'hint' }, text.moreSections(rest))] : [];
  return makeElement('li', {}, title, makeElement('ul', {}, ...best.map((section) => describeSection(url, section))), ...note);
}

function describeSection(url: string, { title, anchor, excerpt }: FoundSection): HTMLElement {
  const link = makeElement('a', { href: anchor ? `${url}#${anchor.id}` : url }, title);
  const parts = readExcerpt(excerpt).map((part) => (part.marked ? makeElement('mark', {}, part.text) : part.text));
  return makeElement('li', {}, makeElement('h3', {}, link), makeElement('p', { class: 'excerpt' }, ...parts));
}

const weightOf = ({ weighted_locations: places = [] }: FoundSection) => places.reduce((sum, { weight }) => sum + weight, 0);
