/** Takes certificates that are dropped, chosen or pasted, and shows which texts governed them. They are read here and sent nowhere. */
import { certificateStrings } from './certificate-strings.ts';
import { makeElement } from './make-element.ts';

/** As much as the reader takes. */
const MOST_OCTETS = 70_000_000;
const text = certificateStrings(document.documentElement.lang).form;
const form = document.querySelector<HTMLFormElement>('.certificate-lookup form');
const place = document.querySelector<HTMLElement>('.certificate-answer');

type Tools = typeof import('./certificate-answer.client.ts');
type Data = Parameters<Tools['prepareAnswers']>[0];
/** Shows the answers for files; gives what could not be read. */
type Show = (contents: readonly Uint8Array[], place: HTMLElement) => ReturnType<Tools['showAnswers']>;

let loading: Promise<Show> | undefined;
let latest = 0;

if (form && place) start(form, place);

function start(form: HTMLFormElement, place: HTMLElement): void {
  const file = form.elements.namedItem('file') as HTMLInputElement;
  const paste = form.elements.namedItem('paste') as HTMLTextAreaElement;
  form.hidden = false;
  const run = (files: readonly Blob[]) => void answer(files, form, place);
  const pasted = () => run(paste.value.trim() === '' ? [] : [new Blob([paste.value])]);
  file.addEventListener('change', () => file.files && file.files.length > 0 && run([...file.files]));
  paste.addEventListener('paste', () => setTimeout(pasted));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    pasted();
  });
  listenForDrops(form, run);
  // Early enough to answer at once, and even where the network is gone by then; late enough to keep nobody waiting.
  const prepare = () => void load(form).catch(() => undefined);
  form.addEventListener('focusin', prepare, { once: true });
  if ('requestIdleCallback' in window) requestIdleCallback(prepare, { timeout: 400 });
  else setTimeout(prepare, 500);
}

/** The whole page takes a drop: a browser would otherwise leave it and show the file. */
function listenForDrops(form: HTMLFormElement, run: (files: readonly Blob[]) => void): void {
  const isWanted = ({ dataTransfer }: DragEvent) => dataTransfer?.types.some((type) => type === 'Files' || type === 'text/plain') ?? false;
  const mark = (isOver: boolean) => form.classList.toggle('is-over', isOver);
  document.addEventListener('dragover', (event) => {
    if (!isWanted(event) || isForField(event)) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener('dragleave', (event) => !event.relatedTarget && mark(false));
  document.addEventListener('drop', (event) => {
    mark(false);
    if (!isWanted(event) || isForField(event)) return;
    event.preventDefault();
    const { files, words } = { files: [...(event.dataTransfer?.files ?? [])], words: event.dataTransfer?.getData('text/plain') ?? '' };
    run(files.length > 0 ? files : [new Blob([words])]);
  });
}

/** Fields take a drop of text themselves, and of files only the one that chooses them: from any other the browser would leave the page. */
function isForField({ target, dataTransfer }: DragEvent): boolean {
  if (target instanceof HTMLInputElement && target.type === 'file') return true;
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  return isField && !dataTransfer?.types.includes('Files');
}

/** What reads and judges certificates, and the data for it: all from this site. */
function load(form: HTMLFormElement): Promise<Show> {
  const { inForce = '', declared = '', standards = '', lists } = form.dataset;
  loading ??= Promise.all([
    import('./certificate-answer.client.ts'),
    loadJson(inForce),
    loadJson(declared),
    loadJson(standards),
    lists === undefined ? undefined : loadJson(lists),
  ])
    .then(([tools, ...data]): Show => {
      const prepared = tools.prepareAnswers({ inForce: data[0], declared: data[1], standards: data[2], lists: data[3] } as Data);
      return (contents, place) => tools.showAnswers(contents, prepared, place);
    })
    .catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

async function loadJson(address: string): Promise<unknown> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

/** Reads and answers, unless another question came meanwhile. */
async function answer(files: readonly Blob[], form: HTMLFormElement, place: HTMLElement): Promise<void> {
  latest += 1;
  const turn = latest;
  place.hidden = true;
  place.replaceChildren();
  if (files.length === 0) return tell(form, text.nothing);
  if (files.reduce((sum, { size }) => sum + size, 0) > MOST_OCTETS) return tell(form, text.tooLarge(MOST_OCTETS / 1_000_000));
  form.setAttribute('aria-busy', 'true');
  const slow = setTimeout(() => say(form, makeElement('p', {}, text.loading)), 200);
  const loaded = await Promise.all([load(form), ...files.map((file) => file.arrayBuffer())]).catch(() => undefined);
  clearTimeout(slow);
  if (turn !== latest) return;
  form.removeAttribute('aria-busy');
  if (!loaded) return tell(form, text.failed);
  const [show, ...contents] = loaded;
  try {
    const { nodes, isSecret } = show(
      contents.map((content) => new Uint8Array(content)),
      place,
    );
    say(form, ...nodes);
    if (place.hidden) reveal(form);
    if (isSecret) form.reset();
  } catch (error) {
    tell(form, text.broken);
    throw error;
  }
}

function tell(form: HTMLFormElement, message: string): void {
  say(form, makeElement('p', { class: 'error' }, message));
  reveal(form);
}

const statusOf = (form: HTMLFormElement) => form.querySelector('.certificate-status');
const say = (form: HTMLFormElement, ...nodes: readonly Node[]): void => statusOf(form)?.replaceChildren(...nodes);
const reveal = (form: HTMLFormElement): void => statusOf(form)?.scrollIntoView({ block: 'nearest' });
