import type { Impact } from '../model/precedence.ts';
import { columnOf } from './column-of.ts';
import type { PrecedenceState } from './precedence-page.ts';

/** Words of the page on outside rules. */
export interface PrecedenceStrings {
  title: string;
  description: string;
  lead: string;
  bound: string;
  policies: string;
  unbound: string;
  version: string;
  adopted: string;
  effective: string;
  state: string;
  assessment: string;
  states: Readonly<Record<PrecedenceState, string>>;
  impacts: Readonly<Record<Impact, string>>;
  late: string;
  due: string;
  done: string;
  tooLate: string;
  overdue: string;
  open: string;
  sections: string;
  totals: string;
  json: string;
}

const en: PrecedenceStrings = {
  title: 'Precedence',
  description: 'Versions of the rules of others that go before those of the provider, and what each means for it.',
  lead: 'The rules of the CA/Browser Forum go before those of the provider for the policies named here. Each version, from when it is in effect, and what the provider judged it to mean, in its own words. Whether it judged rightly is for assessors to say.',
  bound: 'Bound since',
  policies: 'by policy',
  unbound: 'No policy of the provider is bound to them.',
  version: 'Version',
  adopted: 'Adopted',
  effective: 'In effect from',
  state: 'State',
  assessment: 'Assessment',
  states: {
    'not-binding': 'not in effect for the provider',
    'to-assess': 'to be assessed',
    missing: 'not assessed',
    settled: 'assessed, nothing open',
    open: 'steps to come',
    overdue: 'steps overdue',
  },
  impacts: { none: 'no impact', operation: 'impact on the operation', text: 'impact on the texts' },
  late: 'assessed too late',
  due: 'due',
  done: 'done',
  tooLate: 'too late',
  overdue: 'overdue',
  open: 'to come',
  sections: 'Sections',
  totals: 'Versions',
  json: 'The versions as JSON',
};

const de: PrecedenceStrings = {
  title: 'Vorrang',
  description: 'Fassungen fremder Regeln, die denen des Anbieters vorgehen, und was jede für ihn bedeutet.',
  lead: 'Die Regeln des CA/Browser Forum gehen für die hier genannten Richtlinien denen des Anbieters vor. Jede Fassung, ab wann sie gilt, und was sie nach dem Urteil des Anbieters bedeutet, in seinen Worten. Ob er richtig geurteilt hat, sagen die Prüfenden.',
  bound: 'Gebunden seit',
  policies: 'durch Richtlinie',
  unbound: 'Keine Richtlinie des Anbieters ist an sie gebunden.',
  version: 'Fassung',
  adopted: 'Angenommen',
  effective: 'Gilt ab',
  state: 'Stand',
  assessment: 'Beurteilung',
  states: {
    'not-binding': 'gilt nicht für den Anbieter',
    'to-assess': 'zu beurteilen',
    missing: 'nicht beurteilt',
    settled: 'bewertet, nichts offen',
    open: 'Schritte stehen an',
    overdue: 'Schritte überfällig',
  },
  impacts: { none: 'keine Auswirkung', operation: 'Auswirkung auf den Betrieb', text: 'Auswirkung auf die Texte' },
  late: 'zu spät beurteilt',
  due: 'fällig',
  done: 'erledigt',
  tooLate: 'zu spät',
  overdue: 'überfällig',
  open: 'steht an',
  sections: 'Abschnitte',
  totals: 'Fassungen',
  json: 'Die Fassungen als JSON',
};

const columns: Readonly<Record<string, PrecedenceStrings>> = { en, de };

/** The words in a language; English where there is no column for it. */
export const precedenceStrings = (language: string): PrecedenceStrings => columns[columnOf(language)] ?? en;
