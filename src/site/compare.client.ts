/** Compares any two versions on the page; the question stands in the address, so that answers can be linked. */
import { toInstant } from '../model/time.ts';
import { startChangeNavigation } from './changes.client.ts';
import { type Choice, chooseVersions, isNotice, type Problem, type Question, readChoice, readQuestion, writeQuestion } from './compare.ts';
import type { ComparableVersion } from './compare-page.ts';
import type { Answer } from './compare-texts.ts';
import type { CompareReply, CompareTask } from './compare-worker.client.ts';
import { makeElement } from './make-element.ts';
import { strings } from './strings.ts';

/** HTML that is put in at once, in characters, so that the page can answer in between. */
const SLICE = 20_000;
const text = strings(document.documentElement.lang).compare;
const form = document.querySelector<HTMLFormElement>('form.compare');
const status = document.querySelector<HTMLElement>('.compare-status');
const place = document.querySelector<HTMLElement>('.compare-answer');
let thread: { worker: Worker; busy: boolean } | undefined;
let latest = 0;

if (form && status && place) start(form, status, place);

function start(form: HTMLFormElement, status: HTMLElement, place: HTMLElement): void {
  const versions = JSON.parse(form.dataset['versions'] ?? '[]') as readonly ComparableVersion[];
  const asked = readQuestion(location.search);
  const chosen = chooseVersions(versions, asked, toInstant(new Date()));
  if (!chosen) {
    say(status, text.tooFew);
    return;
  }
  const field = (name: string) => form.elements.namedItem(name) as HTMLSelectElement | null;
  const run = (question: Question, section: string) => {
    const { choice, problem } = readChoice(versions, question);
    if (choice) void compare(choice, isNotice(versions, choice), section, status, place);
    else refuse(problem, status, place);
    return choice;
  };
  setFields(form, chosen, asked.language ?? readChoice(versions, { from: chosen[0], to: chosen[1], language: undefined }).choice?.language);
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const choice = run({ from: field('from')?.value, to: field('to')?.value, language: field('lang')?.value }, '');
    if (choice) history.replaceState(history.state, '', `${location.pathname}${writeQuestion(choice)}`);
  });
  form.querySelector('.swap')?.addEventListener('click', () => setFields(form, [field('to')?.value ?? '', field('from')?.value ?? ''], field('lang')?.value));
  if (asked.from === undefined && asked.to === undefined) return;
  run({ from: asked.from ?? chosen[0], to: asked.to ?? chosen[1], language: asked.language }, decode(location.hash.slice(1)));
}

function setFields(form: HTMLFormElement, [from, to]: readonly [string, string], language: string | undefined): void {
  for (const [name, value] of Object.entries({ from, to, lang: language })) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLSelectElement && [...field.options].some((option) => option.value === value)) field.value = value ?? '';
  }
}

/** Compares, and shows the answer unless another one was asked for meanwhile. */
async function compare(choice: Choice, notice: boolean, section: string, status: HTMLElement, place: HTMLElement): Promise<void> {
  latest += 1;
  const turn = latest;
  place.hidden = true;
  say(status, text.loading(choice.from.version, choice.to.version));
  const reply = await ask(choice, notice);
  if (turn !== latest) return;
  if (!reply.answer) return fail(reply.failed, () => compare(choice, notice, section, status, place), status);
  if (!(await show(choice, notice, reply.answer, place, () => turn === latest))) return;
  const found = section === '' || goTo(section, place);
  say(status, [summarise(reply.answer), ...(found ? [] : [text.noSection(section)])].join(' '));
}

/** One thread answers one question after another; while it is busy with one that no longer counts, a new one takes its place. */
function ask({ from, to, language }: Choice, notice: boolean): Promise<CompareReply> {
  const [before, after] = [from, to].map(({ texts }) => texts.find((each) => each.language === language));
  const task: CompareTask = { before: before?.data ?? '', after: after?.data ?? '', context: { before: before?.page ?? '', after: after?.page ?? '', notice } };
  if (thread?.busy) stop();
  const current = thread ?? { worker: new Worker(new URL('./compare-worker.client.ts', import.meta.url), { type: 'module' }), busy: false };
  thread = current;
  current.busy = true;
  return new Promise((resolve) => {
    current.worker.onmessage = ({ data }: MessageEvent<CompareReply>) => {
      current.busy = false;
      resolve(data);
    };
    current.worker.onerror = ({ message }) => {
      if (thread === current) stop();
      resolve({ failed: 'not-loaded', message });
    };
    current.worker.postMessage(task);
  });
}

function stop(): void {
  thread?.worker.terminate();
  thread = undefined;
}

/** Puts an answer into the page, piece by piece. False where it was given up, because another one is wanted. */
async function show(choice: Choice, notice: boolean, answer: Answer, place: HTMLElement, wanted: () => boolean): Promise<boolean> {
  const { from, to, language } = choice;
  const [title, summary, body] = ['h2', '.compare-summary', '.compare-text'].map((name) => place.querySelector<HTMLElement>(name));
  if (!title || !summary || !body) return false;
  place.hidden = false;
  place.setAttribute('aria-busy', 'true');
  title.textContent = text.title(from.version, to.version);
  for (const part of [summary, body]) part.lang = language;
  summary.replaceChildren(...describe(answer, language), toFragment(answer.list));
  const link = to.texts.find((each) => each.language === language)?.notice;
  if (notice && link) summary.prepend(makeElement('p', {}, makeElement('a', { href: link }, strings(language).compare.itsNotice)));
  body.replaceChildren();
  for (const slice of slicesOf(answer.parts)) {
    body.append(toFragment(slice));
    await new Promise((resolve) => setTimeout(resolve));
    if (!wanted()) return false;
  }
  place.removeAttribute('aria-busy');
  startChangeNavigation(place);
  return true;
}

function slicesOf(parts: readonly string[]): string[] {
  const slices: string[] = [];
  for (const part of parts) {
    const last = slices.at(-1);
    if (last === undefined || last.length + part.length > SLICE) slices.push(part);
    else slices[slices.length - 1] = last + part;
  }
  return slices;
}

/** The one place where HTML is put in: that of `publish/redline`, which writes all words of the texts as text, never as markup. */
function toFragment(html: string): DocumentFragment {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}

/** How far the change reaches and what declarations differ, in the language of the texts, as the notice says it. */
function describe({ significance, declarations, sections }: Answer, language: string): HTMLElement[] {
  const words = strings(language).notice;
  const list = (lines: readonly string[]) => makeElement('ul', {}, ...lines.map((line) => makeElement('li', {}, line)));
  const told = declarations.length > 0 ? [makeElement('h3', {}, words.declarations), list(declarations)] : [];
  if (sections === 0 && told.length === 0) return [];
  const { kind, sentence, reasons } = significance;
  const seen = makeElement('summary', {}, `${words.seen} (${words.reasons(reasons.length)})`);
  return [
    makeElement('h3', {}, words.significance),
    makeElement('p', {}, makeElement('span', { class: `reach ${kind}` }, words.kinds[kind]), ` ${sentence}`),
    ...(reasons.length > 0 ? [makeElement('details', {}, seen, list(reasons))] : []),
    ...told,
    ...(sections > 0 ? [makeElement('h3', {}, words.sections)] : []),
  ];
}

function summarise({ identical, counts, sections, declarations }: Answer): string {
  if (identical) return text.identical;
  if (sections > 0) return counts.places > 0 ? text.announced(counts.places, sections) : text.onlyPlaced(sections);
  return declarations.length > 0 ? text.onlyDeclared : text.nothing;
}

/** Scrolls to a section of the answer, or to what was removed under that number, and goes on reading there. False where it is not in it. */
function goTo(anchor: string, place: HTMLElement): boolean {
  const find = (id: string) => place.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
  const target = find(anchor) ?? find(`removed-${anchor}`);
  if (!target) return false;
  if (!target.hasAttribute('tabindex')) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  target.scrollIntoView();
  return true;
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function refuse(problem: Problem, status: HTMLElement, place: HTMLElement): void {
  latest += 1;
  place.hidden = true;
  say(status, explain(problem), 'error');
}

function explain(problem: Problem): string {
  switch (problem.kind) {
    case 'no-versions':
      return text.noVersions;
    case 'unknown':
      return text.unknown(problem.typed);
    case 'no-text':
      return text.noText(problem.version.version, problem.version.missing === 'not-held' ? text.notHeld : text.keptAsFile);
    case 'same-version':
      return text.sameVersion(problem.version);
    case 'no-language':
      return text.noLanguage(
        problem.shared.map((language) => new Intl.DisplayNames([language], { type: 'language', fallback: 'code' }).of(language) ?? language),
      );
  }
}

function fail(failed: 'not-loaded' | 'not-compared', again: () => Promise<void>, status: HTMLElement): void {
  say(status, failed === 'not-loaded' ? text.notLoaded : text.notCompared, 'error');
  if (failed === 'not-compared') return;
  const retry = makeElement('button', { type: 'button' }, text.retry);
  retry.addEventListener('click', () => void again());
  status.append(retry);
}

function say(status: HTMLElement, message: string, kind = ''): void {
  status.replaceChildren(makeElement('p', kind ? { class: kind } : {}, message));
}
