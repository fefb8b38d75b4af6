import type { State } from '../model/in-force.ts';
import { de } from './strings-de.ts';
import { en } from './strings-en.ts';

/**
 * Words of the interface that the pages and their scripts print. Titles and what the text renderer adds stand in
 * `words.ts`. Sentences are whole; a name in braces stands for a time or a link, see `sentence.ts`.
 */
export interface Strings {
  states: Readonly<Record<State, string>>;
  frame: {
    skip: string;
    documents: string;
    site: string;
    home: string;
    inForce: string;
    policies: string;
    search: string;
    api: string;
    /** Before the name of the time zone. */
    times: string;
  };
  home: {
    eyebrow: string;
    inForceNow: string;
    document: string;
    latest: string;
    noNextChange: string;
    staleLink: string;
    nextChange: string;
    stale: string;
  };
  lookup: {
    title: string;
    introduction: string;
    date: string;
    policy: string;
    policyHint: string;
    submit: string;
    withoutScriptHere: string;
    withoutScriptLink: string;
    on: string;
    forPolicy: string;
    allThen: string;
    noDocument: string;
    unknownPolicy: string;
    loading: string;
    failed: string;
    badDate(typed: string): string;
    badPolicy(typed: string): string;
    dateHint: string;
    withoutScript: string;
  };
  inForce: {
    byYear: string;
    versions: string;
    nothing: string;
    notHeld: string;
    previousInterval: string;
    nextInterval: string;
    intervals: string;
    intervalNote: string;
    allIntervals: string;
    since: string;
    sinceUntil: string;
    next: string;
    interval: string;
    openInterval: string;
  };
  text: {
    version: string;
    contents: string;
    facts: string;
    published: string;
    approved: string;
    changes: string;
    note: string;
    languages: string;
    permanent: string;
    sha256: string;
    blob: string;
    download: string;
    policies: string;
    rescheduled: string;
    errata: string;
    erratumNote: string;
    previous: string;
    next: string;
    neighbours: string;
    otherVersions: string;
    allVersions: string;
    notHeld: string;
    notHeldNote: string;
    text: string;
    printed: string;
    loading: string;
    failed: string;
    approvedBy: string;
    effective: string;
    from: string;
    fromUntil: string;
    rescheduledFrom: string;
    erratum: string;
    erratumTo: string;
    keptAsPdf: string;
    keptAsFile: string;
  };
  banner: {
    draft: string;
    never: string;
    inForceNow: string;
    notYet: string;
    inForce: string;
    inForceUntil: string;
    inForceThen: string;
    superseded: string;
    supersededBy: string;
    newerHere: string;
    withdrawn: string;
    continuedBy: string;
  };
  history: {
    lead: string;
    versions: string;
    timeline: string;
    timelineNote: string;
    version: string;
    state: string;
    published: string;
    from: string;
    until: string;
    changes: string;
    texts: string;
    errata(count: number): string;
    nameOnly: string;
    withdrawals: string;
    document: string;
    withdrawn: string;
  };
  policies: {
    lead: string;
    policy: string;
    oid: string;
    conformsTo: string;
    qualified: string;
    qscd: string;
    documents: string;
    required: string;
    notRequired: string;
    managedBySubject: string;
    managedByTsp: string;
    notStated: string;
    inForce: string;
    noLonger: string;
    versions: string;
    none: string;
    all: string;
    stated: string;
  };
  search: {
    lead: string;
    label: string;
    submit: string;
    older: string;
    withoutScript: string;
    results: string;
    none(query: string): string;
    count(found: number, query: string): string;
    moreSections(count: number): string;
    loading: string;
    failed: string;
    more: string;
  };
  notFound: { lead: string; hint: string };
  noText: {
    lead: string;
    continuedBy: string;
    next: string;
  };
}

const columns: Readonly<Record<string, Strings>> = { en, de };

/** The words in a language; English where there is no column for it. */
export function strings(language: string): Strings {
  return columns[columnOf(language)] ?? en;
}

/** The language in which `strings` answers, for the `lang` attribute. */
export function columnOf(language: string): string {
  const name = language.split('-')[0] ?? '';
  return Object.hasOwn(columns, name) ? name : 'en';
}
