/** Answers "what was in force?" on the page, by the same code as the command; the question stands in the address, so that answers can be linked. */

import { columnOf } from './column-of.ts';
import { answerLookup, type LookupAnswer, type LookupData, type LookupProblem, type LookupRow, readQuery } from './lookup.ts';
import { lookupStringsIn } from './lookup-strings.ts';
import { makeElement } from './make-element.ts';
import { makeSentence } from './make-sentence.ts';

const language = columnOf(document.documentElement.lang);
const text = lookupStringsIn(language);
const form = document.querySelector<HTMLFormElement>('form[data-lookup]');
const place = document.querySelector<HTMLElement>('.answer');

if (form && place) startLookup(form, place);

function startLookup(form: HTMLFormElement, place: HTMLElement): void {
  const date = form.elements.namedItem('date') as HTMLInputElement;
  const policy = form.elements.namedItem('policy') as HTMLInputElement;
  let data: Promise<LookupData> | undefined;
  const run = async () => {
    data ??= load(form.dataset['lookup'] ?? '');
    const slow = setTimeout(() => place.replaceChildren(makeElement('p', {}, text.lookup.loading)), 300);
    try {
      const loaded = await data;
      const { at, problem } = readQuery({ date: date.value, policy: policy.value }, loaded.timeZone);
      showProblem(form, problem);
      place.replaceChildren(...(at ? describe(answerLookup(loaded, at, policy.value), policy.value.trim()) : []));
    } catch {
      data = undefined;
      place.replaceChildren(makeElement('p', { class: 'error' }, text.lookup.failed));
    } finally {
      clearTimeout(slow);
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    remember(date.value.trim(), policy.value.trim());
    void run();
  });
  const asked = new URLSearchParams(location.search);
  date.value = asked.get('date') ?? '';
  policy.value = asked.get('policy') ?? '';
  if (date.value !== '') void run();
}

async function load(address: string): Promise<LookupData> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return (await response.json()) as LookupData;
}

function remember(date: string, policy: string): void {
  const query = new URLSearchParams({ date, ...(policy && { policy }) });
  history.replaceState(history.state, '', `${location.pathname}?${query}`);
}

function showProblem(form: HTMLFormElement, problem: LookupProblem | undefined): void {
  for (const field of ['date', 'policy'] as const) {
    const input = form.elements.namedItem(field) as HTMLInputElement;
    const message = document.getElementById(`${input.id}-error`);
    const wrong = problem?.field === field;
    if (wrong) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
    if (!message) continue;
    message.hidden = !wrong;
    message.textContent = wrong ? (field === 'date' ? text.lookup.badDate(problem.typed) : text.lookup.badPolicy(problem.typed)) : '';
    if (wrong) input.focus();
  }
}

function describe(answer: LookupAnswer, policy: string): Node[] {
  const when = makeElement('strong', {}, answer.when);
  const asked = policy ? [` ${text.lookup.forPolicy} `, makeElement('code', {}, policy)] : [];
  const head = makeElement('h3', {}, `${text.lookup.on} `, when, ` (${answer.timeZone})`, ...asked);
  const none = answer.policyKnown ? text.lookup.noDocument : text.lookup.unknownPolicy;
  const rows = answer.rows.length > 0 ? makeElement('ul', { class: 'entries' }, ...answer.rows.map(describeRow)) : makeElement('p', {}, none);
  const all = answer.interval ? [makeElement('p', {}, makeElement('a', { href: answer.interval }, text.lookup.allThen))] : [];
  return [head, rows, ...all];
}

function describeRow({ document: id, title, version, next, explanation }: LookupRow): HTMLElement {
  const kind = makeElement('p', { class: 'entry-type' }, id.toUpperCase());
  const body = makeElement('div', { class: 'entry-body' }, makeElement('h4', {}, version ? makeElement('a', { href: version.href }, title) : title));
  if (version) {
    const { from, until = '' } = version;
    body.append(makeSentence(until ? text.inForce.sinceUntil : text.inForce.since, { version: versionLink(version), from, until }));
    if (!version.held) body.append(makeElement('p', { class: 'not-held' }, text.inForce.notHeld));
    if (next) body.append(makeSentence(text.inForce.next, { version: versionLink(next), from: next.from }));
  } else {
    body.append(makeElement('p', language === 'en' ? {} : { lang: 'en' }, explanation));
  }
  return makeElement('li', { class: version ? 'entry' : 'entry none' }, kind, body);
}

function versionLink({ number, href }: { number: string; href: string }) {
  return { href, label: text.lookup.version(number) };
}
