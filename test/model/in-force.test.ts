import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesInForce, inForce, nextChange, readTimelines, stateOf } from '../../src/model/in-force.ts';
import type { Instant } from '../../src/model/time.ts';
import type { Register } from '../../src/model/version.ts';
import { measure } from '../helpers/processor-time.ts';
import { day, makeRegister, type Sketch } from '../helpers/register.ts';

const spans = (...sketches: Sketch[]) =>
  [...readTimelines(makeRegister(sketches)).values()].flatMap((timeline) =>
    timeline.spans.map((span) => [
      span.entry.version,
      span.from,
      span.until,
      span.endedBy && ('version' in span.endedBy ? span.endedBy.version : 'withdrawal'),
    ]),
  );

describe('intervals', () => {
  test('a version is in force until the next one takes effect', () => {
    expect(spans({ version: '1', effective: 10 }, { version: '2', effective: 20 })).toEqual([
      ['1', day(10), day(20), '2'],
      ['2', day(20), undefined, undefined],
    ]);
  });

  test('a withdrawal ends the last version', () => {
    expect(spans({ version: '1', effective: 10 }, { withdrawn: 30 })).toEqual([['1', day(10), day(30), 'withdrawal']]);
  });

  test('a withdrawal before the effective date leaves a version that never was in force', () => {
    expect(spans({ version: '1', effective: 30 }, { withdrawn: 20 })).toEqual([['1', day(30), day(30), 'withdrawal']]);
  });

  test('a version registered later takes the place of one that would come at the same instant or after it', () => {
    expect(spans({ version: '1', effective: 10 }, { version: '2', effective: 40 }, { version: '3', effective: 30 })).toEqual([
      ['1', day(10), day(30), '3'],
      ['3', day(30), undefined, undefined],
      ['2', day(40), day(40), '3'],
    ]);
    expect(spans({ version: '1', effective: 10 }, { version: '2', effective: 10 })).toEqual([
      ['1', day(10), day(10), '2'],
      ['2', day(10), undefined, undefined],
    ]);
  });

  test('the last of several reschedulings counts, for the version and for what it ends', () => {
    const sketches: Sketch[] = [
      { version: '1', effective: 10 },
      { version: '2', effective: 20 },
      { version: '2', rescheduled: 40 },
      { version: '2', rescheduled: 30 },
    ];
    expect(spans(...sketches)).toEqual([
      ['1', day(10), day(30), '2'],
      ['2', day(30), undefined, undefined],
    ]);
  });

  test('a version rescheduled behind one that is registered later never is in force', () => {
    const sketches: Sketch[] = [
      { version: '1', effective: 10 },
      { version: '2', effective: 20 },
      { version: '3', effective: 30 },
      { version: '2', rescheduled: 40 },
    ];
    expect(spans(...sketches)).toEqual([
      ['1', day(10), day(30), '3'],
      ['3', day(30), undefined, undefined],
      ['2', day(40), day(40), '3'],
    ]);
  });

  test('a document can come back after its withdrawal', () => {
    expect(spans({ version: '1', effective: 10 }, { withdrawn: 20 }, { version: '2', effective: 30 })).toEqual([
      ['1', day(10), day(20), 'withdrawal'],
      ['2', day(30), undefined, undefined],
    ]);
  });

  test('documents do not end one another, and stand in alphabetical order', () => {
    const register = makeRegister([
      { version: '1', effective: 10 },
      { version: '1', effective: 20, document: 'cp' },
    ]);
    expect([...readTimelines(register).keys()]).toEqual(['cp', 'cps']);
    expect(inForce(register, 'cps', day(30)).version?.until).toBeUndefined();
  });

  test('of several versions at one instant, the last registered one ends the version before', () => {
    expect(spans({ version: '1', effective: 10 }, { version: '2', effective: 20 }, { version: '3', effective: 20 })).toEqual([
      ['1', day(10), day(20), '3'],
      ['2', day(20), day(20), '3'],
      ['3', day(20), undefined, undefined],
    ]);
  });

  test('errata and reschedulings are found at their version', () => {
    const register = makeRegister([
      { version: '1', effective: 10 },
      { version: '1', erratum: 1 },
      { version: '1', erratum: 2 },
      { version: '2', effective: 20 },
      { version: '2', rescheduled: 25 },
    ]);
    const found = readTimelines(register)
      .get('cps')
      ?.spans.map((span) => [span.errata.map((entry) => entry.erratum), span.reschedulings.length]);
    expect(found).toEqual([
      [[1, 2], 0],
      [[], 1],
    ]);
  });

  test('twenty thousand versions, each taking the place of the one before, are read within a second', () => {
    const sketches = Array.from({ length: 20_000 }, (_, index) => ({ version: String(index), effective: 20_000 - index, published: 0 }));
    const register = makeRegister(sketches);
    expect(measure(() => readTimelines(register))).toBeLessThan(1000);
    expect(readTimelines(register).get('cps')?.spans).toHaveLength(20_000);
  });
});

describe('in force at an instant', () => {
  const register = makeRegister([
    { version: '1', effective: 10, published: 5 },
    { version: '2', effective: 20, published: 15 },
    { version: '2', rescheduled: 25, published: 16 },
    { withdrawn: 50, published: 40 },
  ]);
  const at = (count: number, seconds = 0) => {
    const instant = `${new Date(Date.parse(day(count)) + seconds * 1000).toISOString().slice(0, 19)}Z` as Instant;
    const answer = inForce(register, 'cps', instant);
    return [answer.version?.entry.version, answer.next?.entry.version, answer.reason?.kind];
  };

  test('before the first version there is none, and the one to come is known once it is published', () => {
    expect(at(4)).toEqual([undefined, undefined, 'before-first']);
    expect(at(5, -1)).toEqual([undefined, undefined, 'before-first']);
    expect(at(5)).toEqual([undefined, '1', 'before-first']);
    expect(at(10, -1)).toEqual([undefined, '1', 'before-first']);
  });

  test('an interval begins with its first instant and ends before that of the next', () => {
    expect(at(10)).toEqual(['1', undefined, undefined]);
    expect(at(15)).toEqual(['1', '2', undefined]);
    expect(at(20)).toEqual(['1', '2', undefined]);
    expect(at(25, -1)).toEqual(['1', '2', undefined]);
    expect(at(25)).toEqual(['2', undefined, undefined]);
  });

  test('from the withdrawal on there is none, and the withdrawal is the reason', () => {
    expect(at(50, -1)).toEqual(['2', undefined, undefined]);
    expect(at(50)).toEqual([undefined, undefined, 'withdrawn']);
    expect(inForce(register, 'cps', day(60)).reason).toMatchObject({ kind: 'withdrawn', withdrawal: { withdrawn: day(50) } });
  });

  test('a document that the register does not know', () => {
    expect(inForce(register, 'pds', day(10))).toEqual({
      document: 'pds',
      at: day(10),
      next: undefined,
      version: undefined,
      reason: { kind: 'unknown-document' },
    });
    expect(inForce(register, 'constructor', day(10)).reason).toEqual({ kind: 'unknown-document' });
  });

  test('a version known by name only is in force like any other', () => {
    const known = makeRegister([
      { version: '1', effective: 10, files: { en: 'cps.md' } },
      { version: '2', effective: 20 },
    ]);
    expect(inForce(known, 'cps', day(30)).version?.entry).toMatchObject({ version: '2', files: {} });
  });

  test('a version that never is in force is not the one to come', () => {
    const replaced = makeRegister([
      { version: '1', effective: 30, published: 0 },
      { version: '2', effective: 20, published: 5 },
    ]);
    expect(inForce(replaced, 'cps', day(10)).next?.entry.version).toBe('2');
  });

  test('states follow from the interval', () => {
    const states = readTimelines(
      makeRegister([{ version: '1', effective: 10 }, { version: '2', effective: 20 }, { version: '3', effective: 20 }, { withdrawn: 40 }]),
    )
      .get('cps')
      ?.spans.map((span) => [5, 15, 25, 45].map((count) => stateOf(span, day(count))));
    expect(states).toEqual([
      ['not-yet-in-force', 'in-force', 'superseded', 'superseded'],
      ['never-in-force', 'never-in-force', 'never-in-force', 'never-in-force'],
      ['not-yet-in-force', 'not-yet-in-force', 'in-force', 'withdrawn'],
    ]);
  });

  test('changes are listed once each, and the next one is the first after an instant', () => {
    expect(changesInForce(register)).toEqual([day(10), day(25), day(50)]);
    expect([nextChange(register, day(9)), nextChange(register, day(10)), nextChange(register, day(50))]).toEqual([day(10), day(25), undefined]);
  });
});

describe('for any register', () => {
  const days = fc.integer({ min: 0, max: 30 });
  const number = fc.constantFrom('1', '2', '3', '4', '5', '6');
  const sketch: fc.Arbitrary<Sketch> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ version: number, effective: days, published: days }) },
    { weight: 1, arbitrary: fc.record({ version: number, rescheduled: days, published: days }) },
    { weight: 1, arbitrary: fc.record({ withdrawn: days, published: days }) },
  );
  const register = fc.array(sketch, { maxLength: 12 }).map(makeRegister);
  const check = (property: (register: Register) => void) => fc.assert(fc.property(register, property), { seed: 4, numRuns: 1000 });

  test('at most one version is in force at any instant', () => {
    check((any) => {
      for (const { spans } of readTimelines(any).values()) {
        for (let count = 0; count <= 31; count += 1) {
          const current = spans.filter((span) => stateOf(span, day(count)) === 'in-force');
          expect(current.length).toBeLessThanOrEqual(1);
          expect(current[0]).toBe(inForce(any, 'cps', day(count)).version);
        }
      }
    });
  });

  test('no interval ends before it begins, and intervals lie beside one another', () => {
    check((any) => {
      for (const { spans } of readTimelines(any).values()) {
        const held = spans.filter((span) => span.until !== span.from);
        expect(spans.every((span) => span.until === undefined || span.until >= span.from)).toBe(true);
        for (const [index, span] of held.entries()) {
          const next = held[index + 1];
          if (next) expect(span.until !== undefined && span.until <= next.from).toBe(true);
          // Only a withdrawal leaves a gap.
          if (next && span.until !== next.from) expect(span.endedBy).toHaveProperty('withdrawal');
        }
      }
    });
  });

  test('the answer is that of a plain scan: the last entry of the register that has come', () => {
    check((any) => {
      for (let count = 0; count <= 31; count += 1) expect(inForce(any, 'cps', day(count)).version?.entry).toBe(scan(any, day(count)));
    });
  });

  function scan({ entries }: Register, at: Instant) {
    let current: Register['entries'][number] | undefined;
    for (const entry of entries) {
      if (entry.kind === 'version') {
        const moved = entries.findLast((other) => other.kind === 'rescheduling' && other.version === entry.version);
        if ((moved?.kind === 'rescheduling' ? moved.rescheduled : entry.effective) <= at) current = entry;
      }
      if (entry.kind === 'withdrawal' && entry.withdrawn <= at) current = entry;
    }
    return current?.kind === 'version' ? current : undefined;
  }
});
