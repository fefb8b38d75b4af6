import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeLists, readKept } from '../../scripts/example-lists.ts';
import { LIST_LIMITS, readTrustedList } from '../../src/read/trusted-list.ts';
import { verifyListSignature } from '../../src/read/xml-signature/list-signature.ts';
import { watchOpening } from '../helpers/watch-opening.ts';

/** Generous for a slow machine; what is printed is far less. */
const MOST_MILLISECONDS = 30_000;
const MOST_MEGABYTES = 1500;

const list = makeLists(readKept).files.get('AT.xml') ?? '';
const bare = list.replace(/^<\?xml[^>]*\?>\n/, '');
let asked = 0;
const server = createServer((_, response) => {
  asked += 1;
  response.end('<!ENTITY x "read">');
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => server.close());

const filled = (content: string): string => list.replace('</SchemeInformation>', () => `${content}</SchemeInformation>`);
const withDoctype = (content: string): string => `<!DOCTYPE TrustServiceStatusList [${content}]>${bare}`;
const laughs = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`).join('');
const declarations = (level: number): string => Array.from({ length: 99 }, (_, index) => ` xmlns:p${level}x${index}="urn:x"`).join('');
/** Elements within elements, each with a beginning tag of its own. */
const nested = (depth: number, inner: string, tag = (_: number) => '<e>'): string =>
  `${Array.from({ length: depth }, (_, level) => tag(level)).join('')}${inner}${'</e>'.repeat(depth)}`;

type Flood = readonly [name: string, make: (address: string) => string | Uint8Array, fault: string];

const FLOODS: readonly Flood[] = [
  ['entities that expand to billions', () => withDoctype(`<!ENTITY l0 "x">${laughs}`).replace('>AT<', '>&l9;<'), 'doctype'],
  ['an external entity of a file', () => withDoctype('<!ENTITY x SYSTEM "file:///etc/hostname">').replace('>AT<', '>&x;<'), 'doctype'],
  ['an external entity of an address', (address) => withDoctype(`<!ENTITY x SYSTEM "${address}">`).replace('>AT<', '>&x;<'), 'doctype'],
  ['a parameter entity of an address', (address) => withDoctype(`<!ENTITY % x SYSTEM "${address}"> %x;`), 'doctype'],
  ['an external document type', (address) => `<!DOCTYPE TrustServiceStatusList SYSTEM "${address}">${bare}`, 'doctype'],
  ['an entity that nobody declared', () => list.replace('>AT<', '>&territory;<'), 'xml'],
  ['elements 200,000 deep', () => filled(nested(200_000, '')), 'xml'],
  ['elements 200,000 deep that never end', () => `<TrustServiceStatusList>${'<e>'.repeat(200_000)}`, 'xml'],
  ['100 million octets', () => Buffer.alloc(100_000_000, list), 'xml'],
  ['just more octets than are read', () => filled(`<e>${'x'.repeat(LIST_LIMITS.octets)}</e>`), 'xml'],
  ['more elements than are read', () => filled('<e/>'.repeat(LIST_LIMITS.elements)), 'xml'],
  ['a thousand attributes', () => filled(`<e${Array.from({ length: 1000 }, (_, index) => ` a${index}=""`).join('')}/>`), 'xml'],
  ['nearly as many elements as are read', () => filled('<e a="1" b="2"/>'.repeat(LIST_LIMITS.elements - 2000)), 'digest-mismatch'],
  ['a value of 10 million characters', () => filled(`<e>${'x&amp;y '.repeat(1_250_000)}</e>`), 'digest-mismatch'],
  ['a million comments in a value', () => filled(`<e>${'x<!---->'.repeat(1_000_000)}</e>`), 'digest-mismatch'],
  [
    '9,000 namespaces around 20,000 elements that declare one',
    () => filled(nested(90, '<f xmlns:q="urn:q"/>'.repeat(20_000), (level) => `<e${declarations(level)}>`)),
    'digest-mismatch',
  ],
  ['a name of 10 million characters', () => filled(`<${'e'.repeat(10_000_000)}/>`), 'digest-mismatch'],
  ['an attribute of 10 million characters', () => filled(`<e a="${'x'.repeat(10_000_000)}"/>`), 'digest-mismatch'],
  ['a certificate of 15 million octets', () => list.replace('<ds:X509Certificate>', `<ds:X509Certificate>${'AAAA'.repeat(5_000_000)}`), 'signer-mismatch'],
  [
    '100,000 certificates beside the signature',
    () => list.replace('<ds:X509Certificate>', `${'<ds:X509Certificate>AAAA</ds:X509Certificate>'.repeat(100_000)}<ds:X509Certificate>`),
    'signer-mismatch',
  ],
  [
    'a million prefixes of the canonical form',
    () =>
      list.replace(
        /(<ds:Transform Algorithm="[^"]*exc-c14n#")\/>/,
        (_, tag: string) =>
          `${tag}><p:InclusiveNamespaces xmlns:p="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="${'p '.repeat(1_000_000)}"/></ds:Transform>`,
      ),
    'signature-form',
  ],
  ['a comment of 10 million characters without an end', () => filled(`<!--${'-x'.repeat(5_000_000)}`), 'xml'],
  ['nothing', () => '', 'xml'],
  ['octets that are no characters', () => Buffer.concat([Buffer.from(list.slice(0, 500)), Buffer.from([0xff, 0xfe, 0x80])]), 'xml'],
  ['another encoding', () => list.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"'), 'xml'],
  ['half a list', () => list.slice(0, list.length / 2), 'xml'],
  ['two lists', () => list + bare, 'xml'],
  ['a page of HTML', () => '<!doctype html><title>Not found</title>', 'xml'],
];

/** The fault of a list, with the processor time that it took to find and by how much the most memory rose. */
async function findFault(content: string | Uint8Array): Promise<{ fault: string; problem: string; milliseconds: number; megabytes: number }> {
  const bytes = Buffer.from(content);
  const [cpu, memory] = [process.cpuUsage(), process.resourceUsage().maxRSS];
  const read = readTrustedList(bytes);
  const verified = read.list ? await verifyListSignature(read.root, read.instructions) : { holds: false as const, ...read };
  const { user, system } = process.cpuUsage(cpu);
  const megabytes = Math.round((process.resourceUsage().maxRSS - memory) / 1000);
  if (verified.holds) throw new Error('The list is accepted.');
  return { fault: verified.fault, problem: verified.problem, milliseconds: Math.round((user + system) / 1000), megabytes };
}

test(`${FLOODS.length} lists that ask for time, memory, files or addresses are refused soon, and nothing is opened`, async () => {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const rows: string[] = [];
  const opened = await watchOpening(async () => {
    for (const [name, make, expected] of FLOODS) {
      const { fault, problem, milliseconds, megabytes } = await findFault(make(address));
      rows.push(`${name.padEnd(60)} ${fault.padEnd(16)} ${String(milliseconds).padStart(6)} ms  +${String(megabytes).padStart(4)} MB  ${problem.slice(0, 80)}`);
      expect(fault, `${name}: ${problem}`).toBe(expected);
      expect(problem, name).toMatch(/^\S[^\n]{10,400}\.$/);
      expect(milliseconds, name).toBeLessThan(MOST_MILLISECONDS);
      expect(megabytes, name).toBeLessThan(MOST_MEGABYTES);
    }
  });
  console.log(rows.join('\n'));
  expect(opened).toEqual([]);
  expect(asked).toBe(0);
}, 180_000);
