import { showShort } from '../check/report/words.ts';

/** What a verification proved, what it found wrong, and what it could not prove. Whole sentences. */
export interface Verification {
  /** What was verified, in one line. */
  subject: string;
  proved: string[];
  wrong: Wrong[];
  notProved: { what: string; why: string }[];
}

/** Something wrong, with the file where it was seen. */
export interface Wrong {
  file: string;
  message: string;
  seen?: string;
  expected?: string;
}

export const newVerification = (subject: string): Verification => ({ subject, proved: [], wrong: [], notProved: [] });

/** Notes `sentence` as proved where nothing was found wrong. */
export function conclude(report: Verification, wrong: readonly Wrong[], sentence: string): void {
  if (wrong.length === 0) report.proved.push(sentence);
  report.wrong.push(...wrong);
}

/** Of what is wrong this much is told; the JSON form tells all. */
const MOST_TOLD = 100;

export function verificationText({ subject, proved, wrong, notProved }: Verification): string {
  const lines = [
    showShort(subject, 1000),
    ...group(
      'Proved:',
      proved.map((sentence) => [showShort(sentence, 1000)]),
    ),
    ...group('WRONG:', wrong.slice(0, MOST_TOLD).map(describeWrong)),
    ...(wrong.length > MOST_TOLD ? [`  and ${wrong.length - MOST_TOLD} more: --json tells all.`] : []),
    ...group(
      'Not proved:',
      notProved.map(({ what, why }) => [showShort(`${what}: ${why}`, 1000)]),
    ),
    '',
    wrong.length === 0 ? 'Nothing was found wrong.' : `${wrong.length} ${wrong.length === 1 ? 'thing is' : 'things are'} wrong: do not rely on it.`,
  ];
  return `${lines.join('\n')}\n`;
}

function describeWrong({ file, message, seen, expected }: Wrong): string[] {
  const details = Object.entries({ seen, expected }).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  // Names and messages can come from anybody.
  return [`${file}: ${message}`, ...details].map((line) => showShort(line, 1000));
}

const group = (head: string, items: readonly (readonly string[])[]) =>
  items.length === 0 ? [] : ['', head, ...items.flatMap((lines) => lines.map((line, index) => `${index === 0 ? '  - ' : '      '}${line}`))];

export const verificationJson = (verification: Verification): string =>
  `${JSON.stringify({ ...verification, holds: verification.wrong.length === 0 }, null, 2)}\n`;
