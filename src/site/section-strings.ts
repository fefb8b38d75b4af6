import type { SectionHappening } from './section-page.ts';

/** Words of the pages of one section through all versions, and of the list of sections. */
export interface SectionStrings {
  lead: string;
  documentLead: string;
  all: string;
  versions: string;
  newestFirst: string;
  unchanged: string;
  gone: string;
  inForceFrom: string;
  partOf: string;
  happened: Readonly<Record<SectionHappening['kind'], string>>;
  notice: string;
  counts(added: number, removed: number): string;
  names: string;
  elsewhere: string;
  inVersions(from: string, to: string): string;
  nowElsewhere: string;
  section: string;
  changes: string;
  last: string;
  never: string;
  changed(count: number): string;
  standing: string;
  noLonger: string;
  noLongerNote: string;
}

const en: SectionStrings = {
  lead: 'One section through all versions, newest first: what each version changed in it, under whatever number it stood.',
  documentLead: 'How often each section changed, and when last. A number leads to the section in all versions, with what each of them changed.',
  all: 'All sections',
  versions: 'All versions and timeline',
  newestFirst: 'Versions that changed it, newest first',
  unchanged: 'Unchanged since version {version}.',
  gone: 'No longer in the text since version {version}.',
  inForceFrom: 'in force from {from}',
  partOf: 'then a part of {section}',
  happened: {
    first: 'in the first text that can be compared',
    added: 'new',
    again: 'in the text again',
    removed: 'removed',
    reworded: 'reworded',
    renumbered: 'renumbered (was {was})',
    retitled: 'retitled (was “{was}”)',
    moved: 'moved',
    'split-off': '{section} split off',
    'split-from': 'split from {section}',
    took: '{section} merged into it',
    'merged-into': 'merged into {section}',
  },
  notice: 'What changed, in the notice',
  counts: (added, removed) => `${added} ${added === 1 ? 'word' : 'words'} added, ${removed} removed`,
  names: 'Other numbers and titles',
  elsewhere: 'Other sections that bore this number',
  inVersions: (from, to) => (from === to ? `in version ${from}` : `in versions ${from} to ${to}`),
  nowElsewhere: '{section}, {versions}',
  section: 'Section',
  changes: 'Changed',
  last: 'Last changed',
  never: 'never',
  changed: (count) => (count === 1 ? 'once' : `${count} times`),
  standing: 'Sections of the newest text',
  noLonger: 'Numbers that the newest text does not have',
  noLongerNote: 'The section was removed or merged into another, or has another number now.',
};

const de: SectionStrings = {
  lead: 'Ein Abschnitt in allen Versionen, neueste zuerst: was jede Version an ihm geändert hat, unter welcher Nummer er auch stand.',
  documentLead:
    'Wie oft sich jeder Abschnitt geändert hat und wann zuletzt. Eine Nummer führt zum Abschnitt in allen Versionen und zu dem, was jede davon geändert hat.',
  all: 'Alle Abschnitte',
  versions: 'Alle Versionen und Zeitleiste',
  newestFirst: 'Versionen mit Änderungen, neueste zuerst',
  unchanged: 'Unverändert seit Version {version}.',
  gone: 'Seit Version {version} nicht mehr im Text.',
  inForceFrom: 'gültig ab {from}',
  partOf: 'damals Teil von {section}',
  happened: {
    first: 'im ersten Text, der sich vergleichen lässt',
    added: 'neu',
    again: 'wieder im Text',
    removed: 'entfallen',
    reworded: 'Wortlaut geändert',
    renumbered: 'umnummeriert (bisher {was})',
    retitled: 'Überschrift geändert (bisher „{was}“)',
    moved: 'verschoben',
    'split-off': '{section} abgeteilt',
    'split-from': 'abgeteilt von {section}',
    took: '{section} hier aufgenommen',
    'merged-into': 'in {section} aufgegangen',
  },
  notice: 'Was sich geändert hat, in der Mitteilung',
  counts: (added, removed) => `${added} ${added === 1 ? 'Wort kam' : 'Wörter kamen'} hinzu, ${removed} ${removed === 1 ? 'entfiel' : 'entfielen'}`,
  names: 'Andere Nummern und Überschriften',
  elsewhere: 'Andere Abschnitte, die diese Nummer trugen',
  inVersions: (from, to) => (from === to ? `in Version ${from}` : `in den Versionen ${from} bis ${to}`),
  nowElsewhere: '{section}, {versions}',
  section: 'Abschnitt',
  changes: 'Geändert',
  last: 'Zuletzt geändert',
  never: 'nie',
  changed: (count) => (count === 1 ? 'einmal' : `${count}-mal`),
  standing: 'Abschnitte des neuesten Textes',
  noLonger: 'Nummern, die der neueste Text nicht hat',
  noLongerNote: 'Der Abschnitt ist entfallen, in einem anderen aufgegangen oder trägt heute eine andere Nummer.',
};

export const sectionStrings = { en, de } as const;
