import { lineOf, swap, swapIn } from './text.ts';
import { CP, CPS, type Expected, type Fault, type Kind, PDS, PDS_DE, TERMS, type Workbench } from './workbench.ts';

const OID = '1.3.6.1.4.1.99999.1.2.';
const ALL = ['1', '2', '3', '4'];

/** Statements on policies as the texts have them: the words, what says the opposite, and where the finding stands. */
type Turn = [file: string, section: string, from: string | RegExp, to: string, key: string, digit: string];

const turned: readonly Turn[] = [
  [CP, '1.1', 'QCP-n-qscd (0.4.0.194112.1.2). A QSCD is required', 'QCP-n-qscd (0.4.0.194112.1.2). A QSCD is not required', 'qscd', '1'],
  [CP, '1.1', 'QCP-l-qscd (0.4.0.194112.1.3). A QSCD is required', 'QCP-l-qscd (0.4.0.194112.1.3). No QSCD is required', 'qscd', '2'],
  [CP, '1.1', 'OVCP) of EN 319 411-1. A QSCD is not required', 'OVCP) of EN 319 411-1. A QSCD is required', 'qscd', '4'],
  [CP, '1.4.1', 'Required. The device is held and managed by the subject', 'Not required. The device is held and managed by the subject', 'qscd', '1'],
  [CP, '1.4.1', 'Required. The QSCD is managed by ETS', 'Not required. The QSCD is managed by ETS', 'qscd', '2'],
  [CP, '1.4.1', 'The device is held and managed by the subject', 'The device is held and managed by ETS', 'qscd', '1'],
  [CP, '1.4.1', 'The QSCD is managed by ETS on behalf', 'The QSCD is managed by the subject on behalf', 'qscd', '2'],
  [
    CPS,
    '1.1',
    'The private key is generated and used in a qualified signature',
    'The private key is not generated and used in a qualified signature',
    'qscd',
    '1',
  ],
  [CPS, '1.1', 'The private key is generated and used in a qualified seal', 'The private key does not reside in a qualified seal', 'qscd', '2'],
  [CPS, '1.1', 'no QSCD is required, nor another', 'a QSCD is required, not another', 'qscd', '4'],
  [CPS, '1.2', 'required, held by the subject', 'not required, held by the subject', 'qscd', '1'],
  [CPS, '1.2', 'required, held by the subject', 'required, held by ETS', 'qscd', '1'],
  [CPS, '1.2', 'required, managed by ETS', 'required, managed by the subject', 'qscd', '2'],
  [CPS, '1.4.1', 'QSCD required | the subject, who holds', 'no QSCD required | the subject, who holds', 'qscd', '1'],
  [CPS, '1.4.1', 'QSCD required | ETS on behalf', 'no QSCD required | ETS on behalf', 'qscd', '2'],
  [CPS, '1.4.1', 'no QSCD required | the subject, in', 'QSCD required | the subject, in', 'qscd', '3'],
  [CPS, '1.4.1', 'no QSCD required | the subscriber', 'QSCD required | the subscriber', 'qscd', '4'],
  [
    CPS,
    '1.4.1',
    '99999.1.2.1 requires that the key pair is generated and used only in a QSCD',
    '99999.1.2.1 requires that the key pair is not generated and used only in a QSCD',
    'qscd',
    '1',
  ],
  [PDS, '2.2', '99999.1.2.1 requires a QSCD', '99999.1.2.1 does not require a QSCD', 'qscd', '1'],
  [PDS, '2.2', '99999.1.2.2 requires a QSCD', '99999.1.2.2 requires no QSCD', 'qscd', '2'],
  [PDS, '2.2', '99999.1.2.4 require no QSCD', '99999.1.2.4 require a QSCD', 'qscd', '4'],
  [PDS, '2.2', 'which the subject holds and manages', 'which ETS holds and manages', 'qscd', '1'],
  [PDS, '2.2', 'which ETS manages on behalf', 'which the subject manages on behalf', 'qscd', '2'],
  [PDS_DE, '2.2', '99999.1.2.1 verlangt eine QSCD', '99999.1.2.1 verlangt keine QSCD', 'qscd', '1'],
  [PDS_DE, '2.2', '99999.1.2.2 verlangt eine QSCD', '99999.1.2.2 verlangt keine QSCD', 'qscd', '2'],
  [PDS_DE, '2.2', '99999.1.2.4 verlangen keine QSCD', '99999.1.2.4 verlangen eine QSCD', 'qscd', '4'],
  [PDS_DE, '2.2', 'die der Inhaber besitzt und verwaltet', 'die ETS besitzt und verwaltet', 'qscd', '1'],
  [PDS_DE, '2.2', 'die ETS im Namen der juristischen Person verwaltet', 'die die juristische Person im Namen von ETS verwaltet', 'qscd', '2'],
  [TERMS, '2.2', '99999.1.2.1 requires a QSCD', '99999.1.2.1 does not require a QSCD', 'qscd', '1'],
  [TERMS, '2.2', '99999.1.2.2 requires a QSCD', '99999.1.2.2 requires no QSCD', 'qscd', '2'],
  [TERMS, '2.2', '99999.1.2.4 require no QSCD', '99999.1.2.4 require a QSCD', 'qscd', '4'],
  [TERMS, '2.2', 'which the subject holds and manages', 'which ETS holds and manages', 'qscd', '1'],
  [TERMS, '2.2', 'which ETS manages on behalf', 'which the subject manages on behalf', 'qscd', '2'],
];

/** Statements turned into their opposite: told in the text and in the front matter. */
export function turnedKinds(bench: Workbench): Kind[] {
  const textOf = (file: string) => bench.texts.get(file) ?? '';
  const place = 'the sentence or row, and the key of the front matter';
  const faultOf = ([file, section, from, to, key, digit]: Turn): Fault => {
    const { text, line } = swapIn(textOf(file), section, from, to);
    const lines = text.split('\n');
    const start = lines.indexOf(`  - oid: ${OID}${digit}`);
    const keyLine = lines.findIndex((content, index) => index >= start && content.startsWith(`    ${key}:`)) + 1;
    const rules: Expected['rules'] = ['completeness/statement-present'];
    return {
      name: `${file} ${section}: ${to}`,
      file,
      text,
      expected: [
        { rules, file, line },
        { rules, file, line: keyLine },
      ],
    };
  };
  const qualified: Turn[] = [
    ...ALL.map((digit): Turn => [CP, '1.1', new RegExp(`(?<=99999\\.1\\.2\\.${digit} \\([^)]*\\)\\s+)are(?=\\s+EU)`, 'u'), 'are not', 'qualified', digit]),
    ...ALL.map(
      (digit): Turn => [
        CPS,
        '1.1',
        new RegExp(`(?<=99999\\.1\\.2\\.${digit}:\\*\\* Certificates issued under this policy )are`, 'u'),
        'are not issued as',
        'qualified',
        digit,
      ],
    ),
    [PDS, '2.1', 'is an EU qualified certificate', 'is not an EU qualified certificate', 'qualified', '1'],
    [PDS_DE, '2.1', 'ist ein qualifiziertes EU-Zertifikat', 'ist kein qualifiziertes EU-Zertifikat', 'qualified', '1'],
    [TERMS, '2.1', 'is an EU qualified certificate', 'is no EU qualified certificate', 'qualified', '1'],
  ];
  return [
    { kind: 'QSCD claim turned round in the text', place, faults: turned.map(faultOf) },
    { kind: 'EU-qualified statement negated', place, faults: qualified.map(faultOf) },
    { kind: 'EU-qualified statement deleted', place: 'the sentence on the policy, or the heading of the section', faults: deleted(bench) },
    { kind: 'Regulation not named with the EU-qualified statement', place: 'the statement', faults: unnamed(bench) },
  ];
}

function deleted(bench: Workbench): Fault[] {
  const rules: Expected['rules'] = ['completeness/statement-present'];
  const textOf = (file: string) => bench.texts.get(file) ?? '';
  return [
    ...ALL.map((digit): Fault => {
      const { text, line } = swapIn(
        textOf(CPS),
        '1.1',
        new RegExp(`(?<=99999\\.1\\.2\\.${digit}:\\*\\* )Certificates issued under this policy are EU qualified certificates[^.]*\\.`, 'u'),
        'This policy is one of ETS.',
      );
      return { name: `${CPS} policy ${digit}`, file: CPS, text, expected: [{ rules, file: CPS, line }] };
    }),
    ...ALL.map((digit): Fault => {
      const { text, line } = swapIn(
        textOf(CP),
        '1.1',
        new RegExp(`Certificates issued under policy 1[\\d.]*\\.2\\.${digit} \\([^)]*\\)\\s+are\\s+EU\\s+qualified\\s+certificates`, 'u'),
        `Policy ${OID}${digit} is`,
      );
      return { name: `${CP} policy ${digit}`, file: CP, text, expected: [{ rules, file: CP, line }] };
    }),
    ...[PDS, PDS_DE, TERMS].map((file): Fault => {
      const { text } = swapIn(textOf(file), '2.1', /\n(?:Every certificate|Jedes von ETS)[^:]*:\n/u, '\n');
      return { name: file, file, text, expected: [{ rules, file, line: lineOf(text, `| ${OID}1 |`) }] };
    }),
  ];
}

function unnamed(bench: Workbench): Fault[] {
  const rules: Expected['rules'] = ['completeness/statement-present'];
  const textOf = (file: string) => bench.texts.get(file) ?? '';
  return [PDS, PDS_DE].map((file): Fault => {
    const { text } = swap(
      textOf(file),
      /(?:under Regulation \(EU\)\sNo 910\/2014 as amended by|im Sinne der\sVerordnung \(EU\) Nr\. 910\/2014 in der Fassung der)/u,
      'and',
    );
    return { name: file, file, text, expected: [{ rules, file, line: lineOf(text, file === PDS ? 'is an EU qualified' : 'ist ein qualifiziertes') }] };
  });
}
