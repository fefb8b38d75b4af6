import { chapterOf, lineOf, swapIn } from './text.ts';
import { CP, CPS, type Expected, type Fault, type Kind, PDS, PDS_DE, TERMS, TEXTS, type Workbench } from './workbench.ts';

const OID = '1.3.6.1.4.1.99999.1.2.';
const QSCD = ['1', '2'];
const ALL = ['1', '2', '3', '4'];
const SIGNED: readonly [digit: string, etsi: string][] = [
  ['1', '0.4.0.194112.1.2'],
  ['2', '0.4.0.194112.1.3'],
  ['3', '0.4.0.194112.1.0'],
  ['4', '0.4.0.194112.1.5'],
];

/** What goes wrong with policies: their identifiers, and what front matter and text say of them. */
export function policyKinds(bench: Workbench): Kind[] {
  const textOf = (file: string) => bench.texts.get(file) ?? '';
  /** The line of a key of one policy in the front matter. */
  const keyLine = (text: string, digit: string, key: string) => {
    const lines = text.split('\n');
    const from = lines.indexOf(`  - oid: ${OID}${digit}`);
    return lines.findIndex((line, index) => index >= from && line.trimStart().startsWith(`${key}:`)) + 1;
  };
  const editKey = (file: string, digit: string, key: string, from: string, to: string) => {
    const lines = textOf(file).split('\n');
    const at = keyLine(textOf(file), digit, key) - 1;
    const line = lines[at] ?? '';
    return { line: at + 1, isThere: line.includes(from), text: lines.with(at, line.replace(from, to)).join('\n') };
  };
  const fault = (name: string, file: string, text: string, rules: Expected['rules'], ...lines: number[]): Fault => ({
    name: `${file}: ${name}`,
    file,
    text,
    expected: lines.map((line) => ({ rules, file, line })),
  });
  const keyFaults = (digits: readonly string[], key: string, from: string, to: string, rules: Expected['rules'], files: readonly string[] = TEXTS) =>
    files.flatMap((file) =>
      digits.flatMap((digit) => {
        const { text, line, isThere } = editKey(file, digit, key, from, to);
        return isThere ? [fault(`${from} → ${to} for policy ${digit}`, file, text, rules, line)] : [];
      }),
    );
  const statement: Expected['rules'] = ['completeness/statement-present'];
  const oids: Expected['rules'] = ['form/oids-agree'];
  return [
    {
      kind: 'QSCD claim swapped in the front matter: required',
      place: 'the key qscd',
      faults: [
        ...keyFaults(QSCD, 'qscd', 'required: true', 'required: false', statement),
        ...keyFaults(['3', '4'], 'qscd', 'required: false', 'required: true', statement),
      ],
    },
    {
      kind: 'QSCD claim swapped in the front matter: managedBy',
      place: 'the key qscd',
      faults: [
        ...keyFaults(['1'], 'qscd', 'managedBy: subject', 'managedBy: tsp', statement),
        ...keyFaults(['2'], 'qscd', 'managedBy: tsp', 'managedBy: subject', statement),
      ],
    },
    {
      kind: 'statement pointed to where it does not stand',
      place: 'the section that is named, or its sentence on the policy',
      faults: [...TEXTS].flatMap((file) =>
        ['1', '4'].map((digit) => {
          const section = file === CP || file === CPS ? '1.5.1' : '2.3';
          const { text } = editKey(
            file,
            digit,
            'qualified',
            /"[\d.]+"/.exec(textOf(file).split('\n')[keyLine(textOf(file), digit, 'qualified') - 1] ?? '')?.[0] ?? '',
            `"${section}"`,
          );
          return fault(`qualified.statement of policy ${digit}`, file, text, statement, chapterOf(text, section).line);
        }),
      ),
    },
    {
      kind: 'statement pointed to in a section that does not exist',
      place: 'the key qualified',
      faults: keyFaults(['2'], 'qualified', 'statement: "', 'statement: "9.9', statement),
    },
    {
      kind: 'digit of an OID changed in the front matter',
      place: 'a place where the text has the old one, or lacks the new one',
      faults: TEXTS.flatMap((file) =>
        ALL.map((digit): Fault => {
          const { text, line } = editKey(file, digit, '- oid', `2.${digit}`, `2.${Number(digit) + 4}`);
          const first = file === CP || file === CPS ? chapterOf(text, '1.2').line : line;
          return fault(`policy ${digit}`, file, text, oids, first);
        }),
      ),
    },
    {
      kind: 'digit of an OID changed in the text',
      place: 'the identifier',
      faults: [
        ...[CP, CPS].flatMap((file) => ['1.1', '1.2', '1.4.1', '7.1.6'].map((section) => [file, section] as const)),
        ...[PDS, PDS_DE, TERMS].flatMap((file) => ['2.1', '2.2'].map((section) => [file, section] as const)),
      ].flatMap(([file, section]) =>
        ALL.flatMap((digit) => {
          const { text, line } = swapIn(textOf(file), section, `${OID}${digit}`, `${OID}${Number(digit) + 4}`);
          return [fault(`policy ${digit} in section ${section}`, file, text, oids, line)];
        }),
      ),
    },
    {
      kind: 'OIDs of two policies swapped in a table',
      place: 'the row',
      faults: [
        [CP, '1.2'],
        [CPS, '1.2'],
        [CP, '7.1.6'],
        [CPS, '7.1.6'],
        [PDS, '2.1'],
        [PDS_DE, '2.1'],
        [TERMS, '2.1'],
      ].map(([file = '', section = '']) => {
        const { text, line } = swapIn(textOf(file), section, new RegExp(`(?<=\\| )${OID}2(?= \\|)`, 'u'), `${OID}3`);
        return fault(`section ${section}`, file, text, oids, line);
      }),
    },
    {
      kind: 'OID of an ETSI policy changed',
      place: 'the identifier',
      faults: [
        ...[CP, CPS].flatMap((file) => ['1.1', '1.2', '7.1.6'].map((section) => [file, section] as const)),
        ...[PDS, PDS_DE, TERMS].map((file) => [file, '2.1'] as const),
      ].flatMap(([file, section], index) => {
        const [digit = '', etsi = ''] = SIGNED[index % SIGNED.length] ?? [];
        const { text, line } = swapIn(textOf(file), section, etsi, '0.4.0.194112.1.4');
        return [fault(`policy ${digit} in section ${section}`, file, text, oids, line)];
      }),
    },
    {
      kind: 'OID mangled: a space in it',
      place: 'the identifier',
      faults: [CP, CPS].flatMap((file) =>
        ALL.map((digit) => {
          const { text, line } = swapIn(textOf(file), '7.1.6', `${OID}${digit}`, `1.3.6.1.4.1.99999.1.2. ${digit}`);
          return fault(`policy ${digit}`, file, text, oids, line);
        }),
      ),
    },
    {
      kind: 'policy conforms to another ETSI policy',
      place: 'the row of section 1.2 or of the table of policies',
      faults: TEXTS.map((file) => {
        const { text } = editKey(file, '3', 'conformsTo', 'QCP-n', 'QCP-l');
        return fault('policy 3', file, text, oids, lineOf(text, `| ${OID}3 | Qualifi`));
      }),
    },
    {
      kind: 'policy dropped from the front matter',
      place: 'the identifier in the text, or the list of policies of the other language',
      faults: [PDS, PDS_DE].map((file) => {
        const text = textOf(file).replace(/ {2}- oid: 1\.3\.6\.1\.4\.1\.99999\.1\.2\.4\n(?: {4}.*\n)+/, '');
        const line = lineOf(textOf(PDS_DE), 'policies:') + 1;
        return {
          name: file,
          file,
          text,
          expected: [{ rules: ['form/languages-agree'], file: PDS_DE, line: file === PDS ? lineOf(textOf(PDS_DE), `- oid: ${OID}4`) : line }],
        };
      }),
    },
  ];
}
