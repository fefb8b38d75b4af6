import { columnOf } from './column-of.ts';
import type { DeployedStrings } from './deployed-strings.ts';
import type { LookupStrings } from './lookup-strings.ts';
import type { PolicyStrings } from './policy-strings.ts';
import type { RequirementStrings } from './requirement-strings.ts';
import type { SectionStrings } from './section-strings.ts';
import { de } from './strings-de.ts';
import { en } from './strings-en.ts';
import type { TrustedListStrings } from './trusted-list-strings.ts';

/**
 * Words of the interface that the pages and their scripts print. Titles and what the text renderer adds stand in
 * `words.ts`. Sentences are whole; a name in braces stands for a time or a link, see `sentence.ts`.
 */
export interface Strings {
  states: LookupStrings['states'];
  frame: {
    skip: string;
    documents: string;
    site: string;
    home: string;
    inForce: string;
    policies: string;
    certificates: string;
    notices: string;
    requirements: string;
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
    certificates: string;
    allNotices: string;
    noNextChange: string;
    staleLink: string;
    nextChange: string;
    stale: string;
  };
  lookup: LookupStrings['lookup'];

  inForce: LookupStrings['inForce'];

  text: {
    version: string;
    contents: string;
    facts: string;
    published: string;
    approved: string;
    changes: string;
    note: string;
    languages: string;
    profiles: string;
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
    comparison: string;
    whatChanged: string;
    compareVersions: string;
    requirements: string;
    statedRequirements: string;
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
    declarations: string;
    declarationsNote: string;
    profiles: string;
    compare: string;
    sections: string;
    notice: string;
    document: string;
    withdrawn: string;
  };
  section: SectionStrings;
  requirements: RequirementStrings;
  policies: PolicyStrings;
  certificates: DeployedStrings;
  trustedLists: TrustedListStrings;
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
  compare: {
    lead: string;
    history: string;
    from: string;
    to: string;
    swap: string;
    language: string;
    submit: string;
    option(version: string, about: string): string;
    inForceFrom(date: string): string;
    notHeld: string;
    keptAsFile: string;
    withoutScript: string;
    notices: string;
    notice(version: string, before: string): string;
    onlyVersion: string;
    title(from: string, to: string): string;
    loading(from: string, to: string): string;
    announced(places: number, sections: number): string;
    nothing: string;
    identical: string;
    notLoaded: string;
    notCompared: string;
    retry: string;
    tooFew: string;
    noVersions: string;
    unknown(typed: string): string;
    noText(version: string, why: string): string;
    sameVersion(version: string): string;
    noLanguage(shared: readonly string[]): string;
    noSection(number: string): string;
    itsNotice: string;
    onlyPlaced(sections: number): string;
    onlyDeclared: string;
  };
  notice: {
    eyebrow: string;
    facts: string;
    published: string;
    inForce: string;
    period: string;
    days(days: number): string;
    comparedWith: string;
    version: string;
    authors: string;
    significance: string;
    kinds: Readonly<Record<'editorial' | 'minor' | 'material', string>>;
    declarations: string;
    sections: string;
    text: string;
    read: string;
    other: string;
    all: string;
    plain: string;
    data: string;
    seen: string;
    reasons(count: number): string;
    changed: string;
  };
  notices: {
    lead: string;
    subscribe: string;
    atom: string;
    json: string;
    calendar: string;
    kinds: Readonly<Record<'version' | 'withdrawal' | 'rescheduling' | 'erratum', string>>;
    from: string;
    newDate: string;
    withdrawn: string;
    counts(sections: number, added: number, removed: number): string;
    declarations(count: number): string;
    none: string;
  };
  changes: {
    bar: string;
    previous: string;
    next: string;
    keys: string;
    count(changes: number): string;
    position(change: number, changes: number): string;
    noFurther: string;
    noEarlier: string;
  };
  notFound: { lead: string; hint: string };
  noText: {
    lead: string;
    continuedBy: string;
    next: string;
  };
}

export { columnOf };

const columns: Readonly<Record<string, Strings>> = { en, de };

/** The words in a language; English where there is no column for it. */
export function strings(language: string): Strings {
  return columns[columnOf(language)] ?? en;
}
