import { pointsOf, swapIn } from './text.ts';
import { CPS, type Fault, PDS, PDS_DE, TERMS, type Workbench } from './workbench.ts';

const WORDED: readonly (readonly [file: string, section: string, from: string, to: string])[] = [
  [TERMS, '5.1', 'uses key and certificate only as section', 'may use key and certificate only as section'],
  [PDS, '4.1', 'uses key and certificate only for', 'may use key and certificate only for'],
  [PDS, '5.1', 'checks the status at the time', 'should check the status at the time'],
  [PDS, '1.2', 'within 24 hours of receipt', 'within 12 hours of receipt'],
  [PDS_DE, '4.1', 'beantragt sofort den Widerruf, wenn', 'muss sofort den Widerruf beantragen, wenn'],
  [PDS_DE, '4.1', 'hält privaten Schlüssel und Aktivierungsdaten geheim', 'hat privaten Schlüssel und Aktivierungsdaten geheim zu halten'],
  [CPS, '9.6.3', 'where it is another person, undertakes:', 'where it is another person, is obliged:'],
  [CPS, '4.9.13', 'ETS does not offer certificate suspension', 'ETS offers no certificate suspension'],
  [CPS, '1.4.1', 'QSCD required | the subject, who holds', 'QSCD mandatory | the subject, who holds'],
  [CPS, '4.9.1', 'Revocation is final: a revoked certificate is never made valid again', 'Revocation cannot be undone'],
];

/** Changes after which a text says the same, or says it elsewhere. */
export function harmlessChanges(bench: Workbench): Pick<Fault, 'name' | 'file' | 'text'>[] {
  const textOf = (file: string) => bench.texts.get(file) ?? '';
  // Section 5.2 of the terms says it once more.
  const point = pointsOf(textOf(TERMS), '5.1').find(({ text }) => text.startsWith('- makes the subject'));
  const lines = textOf(TERMS).split('\n');
  return [
    ...WORDED.map(([file, section, from, to]) => ({ name: `${file} ${section}: ${to}`, file, text: swapIn(textOf(file), section, from, to).text })),
    { name: `${TERMS} without "makes the subject"`, file: TERMS, text: lines.toSpliced((point?.line ?? 1) - 1, 1).join('\n') },
  ];
}
