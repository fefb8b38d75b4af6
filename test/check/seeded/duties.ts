import { bodyOf, chapterOf, chaptersOf, dropLines, lineOf, marksOf, pointsOf, swapIn } from './text.ts';
import { CP, CPS, type Expected, type Fault, type Kind, PDS, PDS_DE, TERMS, type Workbench } from './workbench.ts';

const RULES: Expected['rules'] = ['completeness/content-stated'];

/** The duties of subscribers, point by point: where they stand, and the heading at which a missing one is told. */
const LISTS: readonly { file: string; section: string; told: string; twice: readonly string[] }[] = [
  // What is in brackets stands a second time in the same chapter.
  { file: TERMS, section: '5.1', told: '5', twice: ['keeps the private key', 'makes the subject'] },
  { file: PDS, section: '4.1', told: '4', twice: [] },
  { file: PDS_DE, section: '4.1', told: '4', twice: [] },
];

const EN = { gives: 'give', uses: 'use', generates: 'generate', keeps: 'keep', stops: 'stop', requests: 'request', passes: 'pass', makes: 'make' };
const DE: Readonly<Record<string, string>> = {
  'macht wahre und vollständige Angaben und': 'kann wahre und vollständige Angaben machen und',
  'erzeugt eigene Schlüssel nur': 'kann eigene Schlüssel erzeugen, etwa',
  'hält privaten Schlüssel und Aktivierungsdaten geheim': 'kann privaten Schlüssel und Aktivierungsdaten geheim halten',
  'beantragt sofort den Widerruf': 'kann sofort den Widerruf beantragen',
  'verwendet den Schlüssel endgültig nicht mehr': 'sollte den Schlüssel endgültig nicht mehr verwenden',
  'überbindet diese Pflichten dem Inhaber': 'kann diese Pflichten dem Inhaber überbinden',
};

/** What goes wrong with the obligations of EN 319 411-1 and 411-2, clause 6.3.5. */
export function dutyKinds(bench: Workbench): Kind[] {
  const textOf = (file: string) => bench.texts.get(file) ?? '';
  const fault = (name: string, file: string, text: string, ...lines: number[]): Fault => ({
    name: `${file}: ${name}`,
    file,
    text,
    expected: lines.map((line) => ({ rules: RULES, file, line })),
  });
  const points = LISTS.flatMap((list) =>
    pointsOf(textOf(list.file), list.section)
      .filter(({ text }) => !list.twice.some((words) => text.includes(words)))
      .map((point) => ({ ...list, ...point })),
  );
  const weaken =
    (modal: string) =>
    (point: (typeof points)[number]): Fault[] => {
      const [, verb = ''] = /^- (\w+)/.exec(point.text) ?? [];
      const plain = EN[verb as keyof typeof EN];
      // "May use the key only for …" still forbids the rest.
      if (plain === undefined || (modal === 'may' && point.text.includes(' only '))) return [];
      const lines = textOf(point.file).split('\n');
      return [
        fault(point.text, point.file, lines.with(point.line - 1, (lines[point.line - 1] ?? '').replace(verb, `${modal} ${plain}`)).join('\n'), point.line),
      ];
    };
  return [
    {
      kind: 'duty of subscribers deleted',
      place: 'the heading of the chapter on duties',
      faults: points.map(({ file, told, line, end, text }) => fault(text, file, dropLines(textOf(file), line, end), chapterOf(textOf(file), told).line)),
    },
    { kind: 'duty of subscribers weakened to "may"', place: 'the point of the list', faults: points.flatMap(weaken('may')) },
    { kind: 'duty of subscribers weakened to "should"', place: 'the point of the list', faults: points.flatMap(weaken('should')) },
    {
      kind: 'duty of subscribers weakened in German',
      place: 'the point of the list',
      faults: Object.entries(DE).map(([from, to]) => {
        const { text, line } = swapIn(textOf(PDS_DE), '4.1', from, to);
        return fault(to, PDS_DE, text, line);
      }),
    },
    { kind: 'words that bind a list of duties weakened', place: 'each point of the list that a requirement wants', faults: bindings(bench) },
    {
      kind: 'duty of the provider weakened to "may" in a marked section of the CP',
      place: 'the first mark of the section, which has to be confirmed',
      faults: marked(bench),
    },
    { kind: 'duty of subscribers negated', place: 'the statement', faults: negated(bench, SUBSCRIBERS) },
    { kind: 'duty of relying parties weakened, negated or deleted', place: 'the statement, or the heading of the chapter', faults: relying(bench) },
  ];
}

type Swap = [file: string, section: string, from: string, to: string];

/** A statement that is turned is found where it stands. */
function negated(bench: Workbench, swaps: readonly Swap[]): Fault[] {
  return swaps.map(([file, section, from, to]) => {
    const { text, line } = swapIn(bench.texts.get(file) ?? '', section, from, to);
    return { name: `${file} ${section}: ${to}`, file, text, expected: [{ rules: RULES, file, line }] };
  });
}

const SUBSCRIBERS: readonly Swap[] = [
  [TERMS, '5.1', 'gives true and complete information', 'does not give true and complete information'],
  [TERMS, '5.1', 'stops using the key for good', 'never stops using the key for good'],
  [TERMS, '5.1', 'requests revocation in the cases', 'does not request revocation in the cases'],
  [TERMS, '5.4', 'and with no other device', 'and with any other device'],
  [PDS, '4.1', 'gives true and complete information', 'gives no true and complete information'],
  [PDS, '4.1', 'stops using the key for good', 'does not stop using the key for good'],
  [PDS, '4.1', 'requests revocation at once', 'does not request revocation at once'],
  [PDS_DE, '4.1', 'macht wahre und vollständige Angaben', 'macht nicht wahre und vollständige Angaben'],
  [PDS_DE, '4.1', 'beantragt sofort den Widerruf', 'beantragt nicht den Widerruf'],
  [PDS_DE, '4.1', 'Aktivierungsdaten geheim', 'Aktivierungsdaten nicht geheim'],
  [CPS, '9.6.3', 'to give true and complete data', 'not to give true and complete data'],
  [CPS, '9.6.3', 'to stop using the key at once', 'not to stop using the key at once'],
  [CP, '9.6.3', 'stop using the key when it is compromised', 'not stop using the key when it is compromised'],
];

/**
 * Duties that no pattern knows. The mark remembers the text for which it was set; sections whose text is another in the
 * new version anyhow are left out.
 */
function marked(bench: Workbench): Fault[] {
  const cp = bench.texts.get(CP) ?? '';
  return chaptersOf(cp).flatMap((chapter): Fault[] => {
    const mark = marksOf(cp).find(({ chapter: { number } }) => number === chapter.number);
    if (!mark || ['1.2', '2.2'].includes(chapter.number) || !/\bshall\b/u.test(bodyOf(cp, chapter))) return [];
    const { text } = swapIn(cp, chapter.number, /\bshall\b/u, 'may');
    return [
      { name: `${CP} ${chapter.number}`, file: CP, text, whole: true, expected: [{ rules: ['completeness/mark-confirmed'], file: CP, line: mark.line }] },
    ];
  });
}

/** One word before a list binds all of its points. */
function bindings(bench: Workbench): Fault[] {
  const swaps: readonly [...Swap, points: readonly string[]][] = [
    [CPS, '9.6.3', 'where it is another person, undertakes:', 'where it is another person, may:', ['- to give true', '- to generate keys', '- to stop using']],
    [CPS, '9.6.3', 'where it is another person, undertakes:', 'where it is another person, is free:', ['- to give true', '- to stop using']],
    [CP, '4.5.1', 'Subscribers and subjects shall', 'Subscribers and subjects may', ['- keep the private key', '- request revocation']],
    [CP, '4.5.1', 'Subscribers and subjects shall', 'Subscribers and subjects should', ['- use key and certificate only', '- keep the private key']],
    [CP, '9.6.3', 'as far as it can, undertake to', 'as far as it can, may', ['- give true and complete', '- stop using the key']],
    [CP, '9.6.3', 'as far as it can, undertake to', 'as far as it can, should', ['- give true and complete', '- stop using the key']],
    [PDS, '4.1', 'The subscriber:', 'The subscriber may:', ['- gives true', '- stops using']],
    [TERMS, '5.1', 'The subscriber:', 'The subscriber can:', ['- gives true', '- stops using']],
    [PDS_DE, '4.1', 'Der Zertifikatsnehmer', 'Der Zertifikatsnehmer kann', ['- macht wahre', '- beantragt sofort']],
  ];
  return swaps.map(([file, section, from, to, points]) => {
    const { text } = swapIn(bench.texts.get(file) ?? '', section, from, to);
    const lines = text.split('\n');
    const { line: start } = chapterOf(text, section);
    const find = (point: string) => lines.findIndex((line, index) => index >= start && line.startsWith(point)) + 1;
    return { name: `${file} ${section}: ${to}`, file, text, expected: points.map((point) => ({ rules: RULES, file, line: find(point) })) };
  });
}

const RELYING: readonly Swap[] = [
  [PDS, '5.1', 'checks the status at the time', 'may check the status at the time'],
  [PDS, '5.1', 'checks the status at the time', 'does not check the status at the time'],
  [PDS, '5.1', 'heeds the usage and limits', 'may heed the usage and limits'],
  [PDS, '5.1', 'takes any other precaution', 'can take any other precaution'],
  [PDS_DE, '5.1', 'prüft er den Status', 'kann er den Status prüfen,'],
  [PDS_DE, '5.1', 'beachtet er Verwendung und Grenzen', 'kann er Verwendung und Grenzen beachten'],
  [PDS_DE, '5.1', 'prüft er den Status', 'prüft er nicht den Status'],
  [CPS, '4.5.2', 'check the current status by CRL or OCSP', 'not check the current status by CRL or OCSP'],
];

function relying(bench: Workbench): Fault[] {
  const textOf = (file: string) => bench.texts.get(file) ?? '';
  const { text: terms } = swapIn(textOf(TERMS), '8', 'Relying parties are advised to validate', 'Relying parties are free to validate');
  const dropped = [
    ...[PDS, PDS_DE].flatMap((file) => pointsOf(textOf(file), '5.1').map((point) => ({ file, told: '5', ...point }))),
    ...pointsOf(textOf(CPS), '4.5.2')
      .filter(({ text }) => /trusted list of|observe|precautions/.test(text))
      .map((point) => ({ file: CPS, told: '4.5.2', ...point })),
  ];
  return [
    ...negated(bench, RELYING),
    {
      name: `${TERMS} 8: are free to`,
      file: TERMS,
      text: terms,
      expected: [{ rules: RULES, file: TERMS, line: lineOf(terms, 'check the status at the time') }],
    },
    ...dropped.map(
      ({ file, told, line, end, text }): Fault => ({
        name: `${file} without ${text}`,
        file,
        text: dropLines(textOf(file), line, end),
        expected: [{ rules: RULES, file, line: chapterOf(textOf(file), told).line }],
      }),
    ),
  ];
}
