/** Shows which texts governed a certificate, and how it compares with them. Loaded when the first certificate is expected. */
import type { Observation } from '../model/finding.ts';
import { showText } from '../model/name-pattern.ts';
import { localTime, toInstant } from '../model/time.ts';
import { describeListed } from './certificate-lists.client.ts';
import {
  answerCertificate,
  type CertificateAnswer,
  type CertificateData,
  type Dropped,
  type Judging,
  questionOf,
  readDeclarations,
  readDropped,
} from './certificate-lookup.ts';
import { describeSays } from './certificate-says.client.ts';
import type { Showing } from './certificate-showing.ts';
import { certificateStrings } from './certificate-strings.ts';
import { describeAgreements, describeDeviations, describeStandards, describeTexts, describeVerdict } from './certificate-tables.client.ts';
import { columnOf } from './column-of.ts';
import { describeDoubts, describeKind, explainGoverning } from './governing-words.ts';
import { lookupStringsIn } from './lookup-strings.ts';
import { makeElement } from './make-element.ts';
import { qualificationStrings } from './qualification-words.ts';

const language = columnOf(document.documentElement.lang);
const text = certificateStrings(language);
const LONGEST = 300;
const MOST_PROBLEMS = 20;

/** What was not read, as nodes, and whether a private key is among it. */
export interface Problems {
  nodes: readonly Node[];
  isSecret: boolean;
}

/** What every answer needs. */
export interface Prepared {
  judging: Judging;
  showing: Showing;
}

/** Makes ready for the first answer. The first time that is written in a time zone takes longer than all others together. */
export function prepareAnswers(data: CertificateData): Prepared {
  const showing = showingOf(data);
  localTime(toInstant(new Date()), showing.telling.zone);
  return { judging: { declarations: readDeclarations(data), standards: data.standards, lists: data.lists }, showing };
}

/**
 * Answers for the certificates of files or pasted text, one at a time: the first one that is not of a CA, with a choice
 * where there are several. The focus goes to the answer. Gives what could not be read.
 */
export function showAnswers(contents: readonly Uint8Array[], { judging, showing }: Prepared, place: HTMLElement): Problems {
  const dropped = readDropped(contents);
  const { certificates, first } = dropped;
  if (certificates.length > 0) {
    // A status: who chooses another certificate hears what it is.
    const head = makeElement('div', { role: 'status' });
    const body = makeElement('div', { class: 'certificate-body' });
    const now = toInstant(new Date());
    const show = (index: number) => {
      const chosen = certificates[index];
      if (!chosen) return;
      const answer = answerCertificate(chosen.facts, judging, now);
      head.replaceChildren(makeElement('h2', { id: 'certificate-answer-title', tabindex: '-1' }, titleOf(answer, showing)));
      body.replaceChildren(...describeAnswer(answer, showing));
    };
    show(first);
    place.replaceChildren(...(certificates.length > 1 ? [makeChoice(dropped, show)] : []), head, body);
    place.hidden = false;
    place.scrollIntoView({ block: 'start' });
    head.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  }
  return describeProblems(dropped);
}

function showingOf({ inForce, declared, lists }: CertificateData): Showing {
  const { base, documents, timeZone } = inForce;
  const telling = {
    words: text.governing,
    provider: declared.provider,
    zone: timeZone,
    show,
    nameVersion: ({ entry }: Parameters<Showing['telling']['nameVersion']>[0]) => `${entry.document.toUpperCase()}\u00a0${entry.version}`,
  };
  return {
    text: text.answer,
    common: lookupStringsIn(language),
    telling,
    base,
    titleOf: (document) => documents[document]?.title ?? document,
    foreign,
    lists: lists && { at: lists.at, taken: lists.taken, zone: timeZone, words: qualificationStrings(language) },
  };
}

/** What stands in a certificate can be anything; signs that change how others are shown are told by their code. */
function show(content: string): string {
  const shown = showText(content.length > 4 * LONGEST ? content.slice(0, 4 * LONGEST) : content);
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST - 1)}…` : shown;
}

/** Attributes of what is said in English only. */
const foreign: Readonly<Record<string, string>> = language === 'en' ? {} : { lang: 'en' };

function makeChoice({ certificates, first }: Dropped, choose: (index: number) => void): HTMLElement {
  const select = makeElement('select', { id: 'certificate-choice' }) as HTMLSelectElement;
  select.append(...certificates.map(({ label }, index) => new Option(`${index + 1}. ${show(label)}`, String(index), index === first, index === first)));
  select.addEventListener('change', () => choose(Number(select.value)));
  return makeElement('div', { class: 'certificate-choice' }, makeElement('label', { for: select.id }, text.form.choose(certificates.length)), select);
}

function describeProblems({ certificates, problems, hasOthers }: Dropped): Problems {
  const isSecret = problems.some(({ seen = '' }) => /private key/.test(seen));
  const items = problems.slice(0, MOST_PROBLEMS).map((problem) => describeProblem(problem));
  const list = items.length > 0 ? [makeElement('ul', {}, ...items)] : [];
  const lead = certificates.length === 0 ? text.form.unreadable : items.length > 0 ? text.form.notRead(problems.length) : '';
  return {
    isSecret,
    nodes: [
      ...(lead ? [makeElement('p', certificates.length === 0 ? { class: 'error' } : {}, lead)] : []),
      ...list,
      ...(isSecret ? [makeElement('p', { class: 'error' }, text.form.secret)] : []),
      ...(hasOthers ? [makeElement('p', {}, text.form.others)] : []),
    ],
  };
}

function describeProblem({ message, expected, at }: Observation): HTMLElement {
  const line = at.start ? text.form.line(at.start.line) : '';
  return makeElement('li', {}, line, makeElement('span', foreign, show(`${message}${expected ? ` Expected: ${expected}.` : ''}`)));
}

function describeAnswer(answer: CertificateAnswer, showing: Showing): Node[] {
  const { governing } = answer;
  const isGoverned = governing.kind === 'governed';
  return [
    makeElement('p', { class: 'lead' }, isGoverned ? describeIssue(answer, showing) : explainGoverning(governing, showing.telling)),
    ...describeDoubts(governing, showing.telling).map((doubt) => makeElement('p', { class: 'notice' }, doubt)),
    ...(isGoverned ? describeVerdict(answer, showing) : []),
    ...describeTexts(answer, showing),
    ...describeDeviations(answer, showing),
    ...describeAgreements(answer, showing),
    ...describeListed(answer, showing),
    ...describeStandards(answer, showing),
    ...describeSays(answer, showing),
    makeElement('p', { class: 'hint' }, text.answer.limits),
    ...describeQuestion(answer),
  ];
}

/** What it is and when it was issued; what governed it stands in the title. */
function describeIssue({ governing: { says, at } }: CertificateAnswer, { text: words, telling }: Showing): string {
  return words.issued(describeKind(says, telling), at ? localTime(at, telling.zone) : '', telling.zone);
}

function titleOf({ governing: { kind, texts } }: CertificateAnswer, { text: words, telling }: Showing): string {
  switch (kind) {
    case 'governed':
      return words.governed([...new Set(texts.map(({ span }) => telling.nameVersion(span)))].join(', '));
    case 'not-then':
      return words.notThen;
    case 'foreign':
      return words.foreign(telling.provider);
    case 'ca':
      return words.ca;
    case 'ocsp-signer':
      return words.ocspSigner;
    case 'undated':
      return words.undated;
  }
}

/** The same question as a link that can be given away: the certificate itself is not in it. */
function describeQuestion({ governing }: CertificateAnswer): HTMLElement[] {
  const question = questionOf(governing);
  if (question === undefined) return [];
  const words = text.answer;
  const link = makeElement('a', { href: question }, words.link) as HTMLAnchorElement;
  const status = makeElement('span', { role: 'status' });
  const button = makeElement('button', { type: 'button', class: 'plain' }, words.copy);
  button.addEventListener('click', async () => {
    const isCopied = await navigator.clipboard.writeText(link.href).then(
      () => true,
      () => false,
    );
    status.textContent = isCopied ? words.copied : words.copyByHand;
  });
  return [makeElement('div', { class: 'question' }, button, link, status, makeElement('p', { class: 'hint' }, words.linkHint))];
}
