/** What trusted lists say of a certificate: in a line, and with its reasons. */
import type { CertificateAnswer } from './certificate-lookup.ts';
import type { Showing } from './certificate-showing.ts';
import { makeElement } from './make-element.ts';
import { explainLists, listReasons, nameInstant } from './qualification-words.ts';

/** Id of the heading of the section. */
export const LISTS_TITLE = 'lists-title';

/** Whether it was and is qualified, in one line; undefined where the lists give no answer, or nobody claims that it is. */
export function judgeByLists(
  { listed, governing: { says } }: CertificateAnswer,
  { lists }: Showing,
): { found: { severity: string }[]; words: string } | undefined {
  if (listed?.kind !== 'answered' || !lists) return undefined;
  const { list, answer } = listed;
  const when = nameInstant(lists.at, lists);
  if (answer.confirmed !== 'none') return { found: [], words: lists.words.confirmed(list.country, when) };
  return says.qualified === 'eu' ? { found: [{ severity: 'warning' }], words: lists.words.unconfirmed(list.country, when) } : undefined;
}

/** A section with the answer at issuance and at the date of the lists, by which list, and the reasons, folded. */
export function describeListed({ listed }: CertificateAnswer, { lists, telling, foreign }: Showing): HTMLElement[] {
  if (!listed || !lists) return [];
  const { words } = lists;
  const [first = '', ...others] = explainLists(listed, lists, words);
  const isRefused = listed.kind === 'refused';
  return [
    makeElement(
      'section',
      { class: 'by-lists' },
      makeElement('h3', { id: LISTS_TITLE }, words.title),
      makeElement('p', {}, first),
      ...others.map((sentence) => makeElement('p', isRefused ? foreign : {}, telling.show(sentence))),
      makeElement('p', { class: 'hint' }, words.limits),
      ...describeReasons({ listed }, { lists, telling, foreign }),
    ),
  ];
}

function describeReasons(
  { listed }: Pick<CertificateAnswer, 'listed'>,
  { lists, telling, foreign }: Pick<Showing, 'lists' | 'telling' | 'foreign'>,
): HTMLElement[] {
  if (listed?.kind !== 'answered' || !lists) return [];
  const { words } = lists;
  const { atIssuance, atCheck } = listed.answer;
  const steps = (found: typeof atCheck) => makeElement('ul', foreign, ...listReasons(found).map((step) => makeElement('li', {}, telling.show(step))));
  return [
    makeElement(
      'details',
      {},
      makeElement('summary', {}, words.reasons),
      makeElement('h4', {}, words.atIssuance),
      steps(atIssuance),
      makeElement('h4', {}, words.atCheck(nameInstant(lists.at, lists))),
      steps(atCheck),
    ),
  ];
}
