import type { Draft, DraftRow } from './draft-profile.ts';
import type { ProfileValue } from './profile.ts';

/** The widest line of comments. */
const WIDTH = 120;

/** A draft as the text of `content/profiles/<id>.yaml`, in the order and style of profiles written by hand, with what was seen as comments. */
export function writeDraft({ title, policy, issuers, section, others, rows, head, notUnderstood, tail }: Draft): string {
  const ids = nameRows(rows.map(({ field }) => field));
  const lines = [
    ...head.flatMap((line) => comment(line, '')),
    `title: { en: ${scalar(title)} }`,
    ...(policy === undefined ? ['# No policy OID of the provider: none is named here.'] : [`policy: ${scalar(policy)}`]),
    ...(issuers.length > 0 ? [`issuers: ${list(issuers)}`] : []),
    `section: ${quote(section)}`,
    ...(others.length > 0 ? [`others: ${list(others)}`] : []),
    'rows:',
    ...rows.flatMap((row, index) => writeRow(row, ids[index] ?? '')),
    ...(notUnderstood.length > 0 ? ['# Not understood, or not to be said in a row:'] : []),
    ...notUnderstood.flatMap(({ name, seen, line }) => comment(`${name}: ${seen}${line === undefined ? '' : ` (line ${line})`}`, '', '  ')),
    ...tail.flatMap((line) => comment(line, '')),
  ];
  return `${lines.join('\n')}\n`;
}

function writeRow({ field, presence = 'required', critical, value, comment: words }: DraftRow, id: string): string[] {
  return [
    ...comment(words, '  '),
    `  - id: ${id}`,
    `    field: ${scalar(field)}`,
    ...(presence === 'required' ? [] : [`    presence: ${presence}`]),
    ...(critical === undefined ? [] : [`    critical: ${critical}`]),
    ...(value ? [`    value: ${writeValue(value)}`] : []),
  ];
}

function writeValue(value: ProfileValue): string {
  const parts = Object.entries(value).flatMap(([key, part]) => {
    if (part === undefined) return [];
    if (Array.isArray(part)) return [`${key}: ${list(part)}`];
    return [`${key}: ${typeof part === 'number' ? part : `{ en: ${scalar(String(part))} }`}`];
  });
  return `{ ${parts.join(', ')} }`;
}

const list = (values: readonly string[]): string => `[${values.map(scalar).join(', ')}]`;

/** What YAML readers of every kind take as a text without quotes: names, also of several words, and object identifiers. */
const PLAIN = /^([A-Za-z][\w.-]*( [\w.-]+)*|\d+(\.\d+){2,})$/;
/** What some of them would take for something else. */
const READ_OTHERWISE = /^(true|false|null|yes|no|on|off|y|n)$/i;

const scalar = (text: string): string => (PLAIN.test(text) && !READ_OTHERWISE.test(text) ? text : quote(text));

/** In quotes of YAML, whose escapes are those of JSON and more. */
const quote = (text: string): string => escapeUnprintable(JSON.stringify(text));

/** Control characters, line ends of Unicode and halves of characters by their numbers: none can end a line or a comment. */
function escapeUnprintable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function comment(text: string, indent: string, inner = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of escapeUnprintable(text).split(' ')) {
    if (line !== '' && line.length + word.length >= WIDTH - indent.length) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line].map((each) => `${indent}# ${inner}${each}`.trimEnd());
}

/** Names of fields that people call otherwise. */
const CALLED: Readonly<Record<string, string>> = {
  signatureAlgorithm: 'signature',
  subjectPublicKey: 'public-key',
  'extensions.authorityInfoAccess': 'authority-information-access',
  'extensions.authorityInfoAccess.ocsp': 'ocsp',
  'extensions.authorityInfoAccess.caIssuers': 'ca-issuers',
  'extensions.authorityKeyIdentifier.keyIdentifier': 'authority-key-identifier-key',
  'extensions.certificatePolicies.cps': 'policy-qualifier',
  'extensions.extKeyUsage': 'extended-key-usage',
  'extensions.subjectAltName': 'subject-alternative-name',
  'extensions.subjectAltName.dNSName': 'dns-names',
};

/** A name for each row that no other row has. */
function nameRows(fields: readonly string[]): string[] {
  const taken = new Set<string>();
  return fields.map((field) => {
    const name = CALLED[field] ?? toName(field);
    let free = name;
    for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
    taken.add(free);
    return free;
  });
}

/** `extensions.cRLDistributionPoints` as `crl-distribution-points`. */
function toName(field: string): string {
  const words = field
    .replace(/^(extensions|qcStatements)\./, '')
    .replace(/^c(?=RL)/, 'C')
    .replace(/([a-z\d])(?=[A-Z])/g, '$1-')
    .replace(/([A-Z]+)(?=[A-Z][a-z])/g, '$1-');
  return words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
