import { chapterOf, swapIn } from './text.ts';
import { CP, CPS, type Expected, type Fault, type Kind, PDS, PDS_DE, TERMS, type Workbench } from './workbench.ts';

const content: Expected['rules'] = ['completeness/content-stated'];

type Swap = [file: string, section: string, from: string | RegExp, to: string, told?: string];

/** What goes wrong with statements that a requirement wants in so many words. Where nothing of them is left, the heading is the place. */
export function statementKinds(bench: Workbench): Kind[] {
  const make = (swaps: readonly Swap[]): Fault[] =>
    swaps.map(([file, section, from, to, told]) => {
      const { text, line } = swapIn(bench.texts.get(file) ?? '', section, from, to);
      const at = told === undefined ? line : chapterOf(text, told).line;
      return { name: `${file} ${section}: ${to || `without ${from}`}`, file, text, expected: [{ rules: content, file, line: at }] };
    });
  return [
    { kind: 'time limit of a revocation removed', place: 'the heading of the section on it', faults: make(LIMITS) },
    { kind: 'statement on status after expiry, compromise or end removed', place: 'the heading of the section on it', faults: make(STATUS) },
    { kind: 'statement that is wanted negated', place: 'the statement', faults: make(NEGATED) },
    { kind: 'precedence of the CA/Browser Forum requirements turned round', place: 'the statement', faults: make(PRECEDENCE) },
  ];
}

const LIMITS: readonly Swap[] = [
  [PDS, '1.2', 'within 24 hours of receipt', 'in a timely manner after receipt', '1'],
  [PDS_DE, '1.2', 'binnen 24 Stunden ab Eingang', 'zeitnah nach Eingang', '1'],
];

const STATUS: readonly Swap[] = [
  [
    TERMS,
    '6.3',
    /Revoked certificates stay on the CRL[\s\S]*?until at least 10 years\nafter the certificate of the CA has expired\./u,
    'CRL and OCSP serve valid certificates.',
    '6.3',
  ],
  [TERMS, '6.3', /If the key of a CA is compromised,[\s\S]*?of the CPS\)\./u, '', '6.3'],
];

const NEGATED: readonly Swap[] = [
  [
    CPS,
    '4.9.1',
    'Revocation is final: a revoked certificate is never made valid again',
    'Revocation is not final: a revoked certificate is made valid again on request',
  ],
  [CPS, '4.9.1', 'a revoked certificate is never made valid again', 'a revoked certificate can be made valid again'],
];

const PRECEDENCE: readonly Swap[] = [
  [CP, '1.1', 'the Baseline Requirements prevail for these certificates', 'this CP prevails over the Baseline Requirements'],
  [CPS, '1.1', 'the Baseline Requirements take precedence for website', 'this CPS takes precedence over the Baseline Requirements for website'],
];
