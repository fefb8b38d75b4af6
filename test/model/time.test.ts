import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateIn, daysBetween, type Instant, isDate, isInstant, isTimeZone, localTime, midnight, parseInstant, toInstant } from '../../src/model/time.ts';

const instant = (text: string) => text as Instant;

test.each([
  ['2026-02-01', true],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2026-02-30', false],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['0000-01-01', false],
  ['0999-12-31', false],
  ['1000-01-01', true],
  ['9999-12-31', true],
  ['2026-2-1', false],
  ['2026-02-01 ', false],
  ['２０２６-02-01', false],
  ['', false],
])('"%s" is a date: %s', (text, expected) => {
  expect(isDate(text)).toBe(expected);
});

test.each([
  ['2026-01-31T23:00:00Z', true],
  ['2026-02-30T00:00:00Z', false],
  ['2026-01-31T24:00:00Z', false],
  ['2026-01-31T23:60:00Z', false],
  ['2026-01-31T23:00Z', false],
  ['2026-01-31T23:00:00.5Z', false],
  ['2026-01-31T23:00:00+01:00', false],
  ['2026-01-31', false],
])('"%s" is an instant as the register writes it: %s', (text, expected) => {
  expect(isInstant(text)).toBe(expected);
});

test.each([
  ['Europe/Vienna', true],
  ['UTC', true],
  ['America/Argentina/Buenos_Aires', true],
  ['Europe/Wien', false],
  ['', false],
  ['../../etc/localtime', false],
])('"%s" is a time zone: %s', (zone, expected) => {
  expect(isTimeZone(zone)).toBe(expected);
});

describe('midnight', () => {
  test.each([
    ['2026-02-01', 'Europe/Vienna', '2026-01-31T23:00:00Z', 'in winter'],
    ['2026-07-01', 'Europe/Vienna', '2026-06-30T22:00:00Z', 'in summer'],
    ['2026-03-29', 'Europe/Vienna', '2026-03-28T23:00:00Z', 'on the day on which the clock goes forward'],
    ['2026-10-25', 'Europe/Vienna', '2026-10-24T22:00:00Z', 'on the day on which the clock goes back'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z', 'where the clock skips it: the day begins at one'],
    ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00Z', 'where the hour before it comes twice'],
    ['2021-10-29', 'Asia/Amman', '2021-10-28T21:00:00Z', 'where it comes twice: the first one'],
    ['2023-11-05', 'America/Havana', '2023-11-05T04:00:00Z', 'where the clock goes back one hour after it'],
    ['2022-10-30', 'Asia/Beirut', '2022-10-29T22:00:00Z', 'where the clock goes back at midnight'],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00Z', 'after a day that was left out'],
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00Z', 'of the day that was left out: the next one begins'],
    ['2026-01-01', 'Asia/Kathmandu', '2025-12-31T18:15:00Z', 'where the offset has minutes'],
    ['9999-12-31', 'Pacific/Honolulu', '9999-12-31T10:00:00Z', 'of the last day'],
    ['1000-01-02', 'UTC', '1000-01-02T00:00:00Z', 'of an early day'],
  ])('of %s in %s is %s (%s)', (date, zone, expected) => {
    expect(midnight(date, zone)).toBe(expected);
  });

  const zones = [
    'UTC',
    'Europe/Vienna',
    'America/Sao_Paulo',
    'Asia/Amman',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
    'Atlantic/Azores',
    'Africa/Cairo',
  ];

  test('falls on its day, and one second earlier is another day', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 27_000 }), (zone, days) => {
        const date = new Date(days * 86_400_000).toISOString().slice(0, 10);
        const start = midnight(date, zone);
        const before = toInstant(new Date(Date.parse(start) - 1000));
        expect(dateIn(start, zone)).toBe(date);
        expect(dateIn(before, zone)).not.toBe(date);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

test.each([
  ['2026-02-01', '2026-01-31T23:00:00Z'],
  ['2026-02-01T09:00:00Z', '2026-02-01T09:00:00Z'],
  ['2026-02-01T09:00Z', '2026-02-01T09:00:00Z'],
  ['2026-02-01T09:00:00.999Z', '2026-02-01T09:00:00Z'],
  ['2026-02-01T09:00:00+01:00', '2026-02-01T08:00:00Z'],
  ['2026-02-01T00:30:00+02:00', '2026-01-31T22:30:00Z'],
  ['2026-02-01T24:00:00Z', '2026-02-02T00:00:00Z'],
  ['2026-02-01T09:00:00', undefined],
  ['2026-02-01 09:00', undefined],
  ['2026-02-30T09:00:00Z', undefined],
  ['2026-02-01T25:00:00Z', undefined],
  ['9999-12-31T23:59:59-12:00', undefined],
  ['1000-01-01T00:00:00+12:00', undefined],
  ['0000-01-01', undefined],
  ['1 February 2026', undefined],
  ['now', undefined],
  ['', undefined],
])('"%s" in Vienna is %s', (text, expected) => {
  expect(parseInstant(text, 'Europe/Vienna')).toBe(expected);
});

test('whatever is read is an instant that the register could hold', () => {
  const dates = fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }));
  const written = dates.map((parts) => parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-'));
  const times = fc.constantFrom('', 'T00:00Z', 'T23:59:59-12:00', 'T00:00:00+14:00');
  fc.assert(
    fc.property(written, times, fc.constantFrom('UTC', 'Pacific/Kiritimati', 'Pacific/Honolulu'), (date, time, zone) => {
      const read = parseInstant(date + time, zone);
      if (date > '1000-01-02') expect(read === undefined || isInstant(read)).toBe(true);
    }),
    { seed: 2, numRuns: 2000 },
  );
});

test.each([
  ['2026-01-31T23:00:00Z', 'Europe/Vienna', '2026-02-01'],
  ['2026-01-31T23:30:00Z', 'Europe/Vienna', '2026-02-01 00:30'],
  ['2026-02-01T00:00:00Z', 'Europe/Vienna', '2026-02-01 01:00'],
  ['2026-02-01T00:00:00Z', 'UTC', '2026-02-01'],
])('%s in %s is shown as %s', (at, zone, expected) => {
  expect(localTime(instant(at), zone)).toBe(expected);
});

test('days between two instants have fractions and a sign', () => {
  expect(daysBetween(instant('2026-01-01T00:00:00Z'), instant('2026-01-02T12:00:00Z'))).toBe(1.5);
  expect(daysBetween(instant('2026-01-02T00:00:00Z'), instant('2026-01-01T00:00:00Z'))).toBe(-1);
});
