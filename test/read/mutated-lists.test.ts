import { expect, test } from 'vitest';
import { makeLists, readKept } from '../../scripts/example-lists.ts';
import type { AuthenticList } from '../../src/model/authentic-list.ts';
import type { Instant } from '../../src/model/time.ts';
import type { TrustedList } from '../../src/model/trusted-list.ts';
import { authenticateList, authenticateListOfLists } from '../../src/read/list-authentication.ts';
import { readX509 } from '../../src/read/x509/x509.ts';
import { MUTATION_NAMES, mutateXml } from '../helpers/mutate-xml.ts';

const AT = '2026-11-23T12:00:00Z' as Instant;
const COUNT = 10_000;
/** Half a minute on two slow processors that have other work. */
const MOST_MILLISECONDS = 180_000;
const { files } = makeLists(readKept);
const bytesOf = (file: string) => ({ file, bytes: Buffer.from(files.get(file) ?? '') });

async function proveListOfLists(): Promise<AuthenticList> {
  const certificates = readX509(Buffer.from(files.get('journal-anchors.pem') ?? ''), 'journal-anchors.pem').items.map(({ der }) => der);
  const anchors = { certificates, journal: 'https://journal.example/2023/1' };
  const proved = await authenticateListOfLists(bytesOf('eu-lotl.xml'), { anchors, pivots: [bytesOf('eu-lotl-pivot-1.xml')], at: AT });
  if (!proved.authenticated) throw new Error(proved.problem);
  return proved;
}

/** What a list says; the lines on which it says so do not count. */
const readingOf = (list: TrustedList): string => JSON.stringify(list, (key, value) => (key === 'line' ? undefined : value));

test(
  `of ${COUNT} mutations of signed lists none is accepted that reads otherwise`,
  async () => {
    const lotl = await proveListOfLists();
    const names = ['DE.xml', 'AT.xml'] as const;
    const readings: string[] = [];
    for (const name of names) {
      const proved = await authenticateList(bytesOf(name), lotl, AT);
      if (!proved.authenticated) throw new Error(proved.problem);
      readings.push(readingOf(proved.list));
    }
    const outcomes = new Map<string, number>();
    const same = new Map<string, number>();
    // The shorter list three times as often: it takes a third of the time.
    const sources = [0, 0, 0, 1];
    for (const { text, by, source } of mutateXml(
      sources.map((index) => files.get(names[index] as string) ?? ''),
      COUNT,
      6,
    )) {
      const index = sources[source] as number;
      const result = await authenticateList({ file: names[index] as string, bytes: Buffer.from(text) }, lotl, AT);
      const outcome = result.authenticated ? 'accepted, reads the same' : result.reason;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (!result.authenticated) {
        expect(result.problem, by).toMatch(/^\S[^\n]*\.$/);
        continue;
      }
      same.set(by, (same.get(by) ?? 0) + 1);
      if (readingOf(result.list) !== readings[index]) throw new Error(`Accepted, and reads otherwise (${by}):\n${text}`);
    }
    const table = [...outcomes].sort(([, one], [, other]) => other - one).map(([outcome, count]) => `${String(count).padStart(6)}  ${outcome}`);
    console.log(`${MUTATION_NAMES.length} kinds of mutations\n${table.join('\n')}`);
    // Each way of being refused is there, so mutations reach every part.
    expect(outcomes.size).toBeGreaterThan(9);
    expect(same.size).toBeGreaterThan(3);
  },
  MOST_MILLISECONDS,
);
