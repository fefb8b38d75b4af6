/** How a certificate compares: the texts that governed it, fields that differ and agree, and what the standards say. */
import type { CertificateFinding } from '../check/certificate/certificate-finding.ts';
import { collectDeviations, type GoverningDeviation, type GoverningText } from '../model/governing.ts';
import { fieldName } from '../model/profile-field-names.ts';
import { localTime } from '../model/time.ts';
import type { VersionEntry } from '../model/version.ts';
import { judgeByLists, LISTS_TITLE } from './certificate-lists.client.ts';
import type { CertificateAnswer, StatedAgreement } from './certificate-lookup.ts';
import { addressOf, type Showing } from './certificate-showing.ts';
import { makeElement } from './make-element.ts';
import { makeSentence } from './make-sentence.ts';

/** Whether it keeps to the texts and to the standards, in one line each, by a sign and in words that lead to the details. */
export function describeVerdict(answer: CertificateAnswer, showing: Showing): HTMLElement[] {
  const { governing, judgement } = answer;
  const { text, telling } = showing;
  const deviations = collectDeviations(governing);
  const lines = [deviations.length > 0 ? makeVerdict(deviations, text.differs(deviations.length), 'deviations-title') : makeVerdict([], telling.words.agrees)];
  if (judgement?.judged) {
    const [errors, warnings] = (['error', 'warning'] as const).map((severity) => judgement.findings.filter((finding) => finding.severity === severity));
    const grave = [...(errors ?? []), ...(warnings ?? [])];
    const words = text.findings(errors?.length ?? 0, warnings?.length ?? 0);
    lines.push(grave.length > 0 ? makeVerdict(grave, words, 'standards-title') : makeVerdict([], text.clean));
  }
  const listed = judgeByLists(answer, showing);
  if (listed) lines.push(makeVerdict(listed.found, listed.words, LISTS_TITLE));
  return [makeElement('ul', { class: 'verdict' }, ...lines)];
}

function makeVerdict(found: readonly { severity: string }[], words: string, details?: string): HTMLElement {
  const worst = found.some(({ severity }) => severity === 'error') ? 'error' : found.length > 0 ? 'warning' : 'nothing';
  const line = details === undefined ? words : makeElement('a', { href: `#${details}` }, words);
  return makeElement('li', { class: worst }, makeElement('span', {}, line));
}

/** The texts in force then, one entry for each version, with the sections that state what holds. */
export function describeTexts({ governing: { texts } }: CertificateAnswer, showing: Showing): HTMLElement[] {
  if (texts.length === 0) return [];
  const byVersion = Map.groupBy(texts, ({ span }) => span.entry);
  const entries = [...byVersion].map(([entry, listed]) => describeVersion(entry, listed, showing));
  return [makeElement('section', {}, makeElement('h3', {}, showing.text.texts), makeElement('ul', { class: 'entries' }, ...entries))];
}

function describeVersion(entry: VersionEntry, listed: readonly GoverningText[], showing: Showing): HTMLElement {
  const { common, telling, titleOf } = showing;
  const href = addressOf(showing, entry);
  const [first] = listed;
  const when = (instant: GoverningText['span']['from'] | undefined) => (instant ? { instant, text: localTime(instant, telling.zone) } : '');
  const { span, stateNow } = first as GoverningText;
  const version = { href, label: common.lookup.version(entry.version) };
  const line = makeSentence(span.until ? common.inForce.sinceUntil : common.inForce.since, { version, from: when(span.from), until: when(span.until) });
  line.append(' ', makeElement('span', { class: `state ${stateNow}` }, common.states[stateNow]));
  const body = makeElement('div', { class: 'entry-body' }, makeElement('h4', {}, makeElement('a', { href }, titleOf(entry.document))), line);
  if (Object.keys(entry.files).length === 0) body.append(makeElement('p', { class: 'not-held' }, common.inForce.notHeld));
  body.append(...listed.map((text) => describePlaces(text, showing)));
  return makeElement('li', { class: 'entry' }, makeElement('p', { class: 'entry-type' }, entry.document.toUpperCase()), body);
}

function describePlaces({ span, policy, sections, profile }: GoverningText, showing: Showing): HTMLElement {
  const { text, telling } = showing;
  const link = (name: string, section: string | undefined) =>
    section === undefined
      ? []
      : [makeElement('span', { class: 'nowrap' }, `${name} `, makeElement('a', { href: addressOf(showing, span.entry, section) }, section))];
  const places = [...link(text.qualified, sections.qualified), ...link(text.qscd, sections.qscd), ...link(text.profile, sections.profile)];
  const note = profile.kind === 'not-declared' && sections.profile ? ` (${text.noProfile})` : '';
  const name = makeElement('p', {}, telling.show(policy.name), ' ', makeElement('code', {}, policy.oid));
  if (places.length > 0) name.append(makeElement('br'), `${text.statedIn} `, ...places.flatMap((place, index) => (index > 0 ? [', ', place] : [place])), note);
  return name;
}

/** The fields that are otherwise than declared, errors first. */
export function describeDeviations({ governing }: CertificateAnswer, showing: Showing): HTMLElement[] {
  const deviations = collectDeviations(governing);
  if (deviations.length === 0) return [];
  const rows = deviations.map((deviation) => makeDeviation(deviation, showing));
  return [
    makeElement(
      'section',
      { class: 'deviations' },
      makeElement('h3', { id: 'deviations-title' }, showing.text.deviations),
      makeTable('deviations-title', rows, showing),
    ),
  ];
}

interface Row {
  field: readonly (Node | string)[];
  seen: readonly (Node | string)[];
  expected: readonly (Node | string)[];
  stated: readonly (Node | string)[];
}

function makeDeviation({ severity, kind, field, at, seen, expected, requirement, stated }: GoverningDeviation, showing: Showing): Row {
  const { text, telling } = showing;
  const [shownSeen, shownExpected] = [kind === 'absent' ? text.absent : telling.show(seen), kind === 'present' ? text.absent : telling.show(expected)];
  const warning = severity === 'warning' ? [makeElement('span', { class: 'severity' }, text.warning), ' '] : [];
  return {
    field: [...warning, fieldName(field ?? fieldOf(at), languageOf(showing)), ' ', makePath(at, showing)],
    seen: [inEnglish(shownSeen, showing)],
    expected: [inEnglish(shownExpected, showing), ...(requirement ? [' ', makeElement('code', { class: 'requirement' }, requirement)] : [])],
    stated: placeLinks(stated, showing),
  };
}

/** The field of a profile that a path lies in. */
const fieldOf = (at: string): string => /^tbsCertificate\.((?:extensions\.)?\w+)/.exec(at)?.[1] ?? at;

const languageOf = ({ foreign }: Showing): string => (foreign['lang'] ? document.documentElement.lang : 'en');
const inEnglish = (words: string, { foreign }: Showing): HTMLElement => makeElement('span', { ...foreign, dir: 'auto' }, words);

/** Long paths break after their points. */
function makePath(at: string, { telling }: Showing): HTMLElement {
  const parts = telling.show(at.replace(/^tbsCertificate\./, '')).split(/(?<=\.)/);
  return makeElement('code', { class: 'path' }, ...parts.flatMap((part) => [part, makeElement('wbr')]));
}

const placeLinks = (stated: GoverningDeviation['stated'], showing: Showing): (Node | string)[] =>
  stated.flatMap(({ span, section }, index) => [...(index > 0 ? [', '] : []), placeLink(span.entry, section, showing)]);

function placeLink(entry: VersionEntry, section: string | undefined, showing: Showing): HTMLElement {
  const name = `${entry.document.toUpperCase()} ${entry.version}`;
  return makeElement('a', { href: addressOf(showing, entry, section), class: 'nowrap' }, section === undefined ? name : `${name}, ${section}`);
}

/** A table that a phone shows as blocks of lines; its cells keep their roles by attributes. */
function makeTable(labelledBy: string, rows: readonly Row[], { text }: Showing): HTMLElement {
  const names = { field: text.field, seen: text.seen, expected: text.expected, stated: text.stated };
  const columns = Object.keys(names) as (keyof Row)[];
  const head = makeElement('tr', { role: 'row' }, ...columns.map((column) => makeElement('th', { role: 'columnheader', scope: 'col' }, names[column])));
  const body = rows.map((row) =>
    makeElement(
      'tr',
      { role: 'row' },
      ...columns.map((column) =>
        column === 'field'
          ? makeElement('th', { role: 'rowheader', scope: 'row' }, ...row.field)
          : makeElement('td', { role: 'cell', 'data-label': names[column] }, ...row[column]),
      ),
    ),
  );
  const parts = [makeElement('thead', { role: 'rowgroup' }, head), makeElement('tbody', { role: 'rowgroup' }, ...body)];
  return makeElement('div', { class: 'table' }, makeElement('table', { class: 'fields', role: 'table', 'aria-labelledby': labelledBy }, ...parts));
}

/** The fields that are as declared, folded. */
export function describeAgreements({ agreements }: CertificateAnswer, showing: Showing): HTMLElement[] {
  if (agreements.length === 0) return [];
  const rows = agreements.map((agreement) => makeAgreement(agreement, showing));
  const title = makeElement('summary', { id: 'agreements-title' }, showing.text.agreements(agreements.length));
  return [makeElement('details', { class: 'agreements' }, title, makeTable('agreements-title', rows, showing))];
}

function makeAgreement({ field, seen, expected, presence, stated }: StatedAgreement, showing: Showing): Row {
  const { text, telling } = showing;
  return {
    field: [fieldName(field, languageOf(showing)), ' ', makePath(field, showing)],
    seen: [seen === undefined ? text.absent : inEnglish(telling.show(seen), showing)],
    expected: [...(presence === 'optional' ? [`${text.optional}: `] : []), inEnglish(telling.show(expected), showing)],
    stated: placeLinks(stated, showing),
  };
}

/** What the standards of ETSI say of it: errors and warnings open, notes folded. */
export function describeStandards({ judgement, summaries }: CertificateAnswer, showing: Showing): HTMLElement[] {
  if (!judgement) return [];
  const { text } = showing;
  const title = makeElement('h3', { id: 'standards-title' }, text.standards);
  if (!judgement.judged) return [makeElement('section', {}, title, makeElement('p', {}, text.notJudged))];
  const { claim, judgedBy, findings } = judgement;
  const younger = judgedBy.filter(({ publishedLater }) => publishedLater).length;
  const grave = ['error', 'warning'].flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  const notes = findings.filter(({ severity }) => severity === 'info');
  const list = (items: readonly CertificateFinding[]) =>
    makeElement('ul', { class: 'standard-findings' }, ...items.map((finding) => describeFinding(finding, summaries.get(finding.requirement), showing)));
  const lead = [grave.length === 0 && text.clean, text.judgedAs(claim.policy), younger > 0 && text.younger(younger)].filter(Boolean).join(' ');
  return [
    makeElement(
      'section',
      { class: 'standards' },
      title,
      makeElement('p', {}, lead),
      ...(grave.length > 0 ? [list(grave)] : []),
      ...(notes.length > 0 ? [makeElement('details', {}, makeElement('summary', {}, text.notes(notes.length)), list(notes))] : []),
    ),
  ];
}

function describeFinding(finding: CertificateFinding, summary: string | undefined, showing: Showing): HTMLElement {
  const { basis, severity, at, seen, expected, because } = finding;
  const { text, telling, foreign } = showing;
  const pair = (term: string, value: Node) => makeElement('div', {}, makeElement('dt', {}, term), makeElement('dd', { dir: 'auto' }, value));
  const head = [
    makeElement('span', { class: 'severity' }, text.severities[severity]),
    ' ',
    makeElement('code', {}, basis.clause ?? ''),
    ' ',
    makeElement('span', { class: 'hint' }, [basis.standard, basis.edition].filter(Boolean).join(' ')),
  ];
  return makeElement(
    'li',
    { class: severity },
    makeElement('p', { class: 'finding-head' }, ...head),
    makeElement('p', foreign, [summary, because && `(${because})`].filter(Boolean).join(' ')),
    makeElement(
      'dl',
      {},
      pair(text.field, makePath(at, showing)),
      pair(text.seen, inEnglish(telling.show(seen), showing)),
      pair(text.asked, inEnglish(telling.show(expected), showing)),
    ),
  );
}
