import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import type { Deadline } from '../../src/model/deadline.ts';
import type { Instant } from '../../src/model/time.ts';
import { type CalendarContext, deadlinesCalendar } from '../../src/publish/calendar.ts';
import { oneLine } from '../../src/publish/message.ts';

const site = 'https://repository.example.org/policies';
const context: CalendarContext = { provider: 'Example, Trust; Services', timeZone: 'Europe/Vienna', language: 'en', absolute: (path) => `${site}${path}` };
const common = { document: 'cps', version: '2.1', since: '2026-01-15T09:00:00Z' as Instant };
const effective: Deadline = { ...common, kind: 'effective', at: '2026-01-31T23:00:00Z' as Instant, date: '2026-02-01' };
const stated: Deadline = {
  ...common,
  kind: 'stated-date',
  at: '2027-02-27T23:00:00Z' as Instant,
  date: '2027-02-28',
  section: { number: '6.3.2', title: 'Operational periods', anchor: '6.3.2' },
  words: 'From 28 February 2027 on, keys; see \\ and “Überprüfung”: 100 days.',
};

/** The calendar as a program reads it. */
function parse(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents('vevent').map((component) => ({ component, event: new ICAL.Event(component) }));
  return { calendar, events };
}

/** The library knows the types of RFC 5545 only, and gives the name of a calendar as it is written. */
const readText = (value: unknown) => String(value).replace(/\\([\\;,])/g, '$1');

test('a calendar reads as it was meant', () => {
  const { calendar, events } = parse(deadlinesCalendar([effective, stated], context));
  expect(calendar.name).toBe('vcalendar');
  expect(['version', 'prodid', 'name', 'x-wr-calname', 'x-wr-timezone', 'url', 'source'].map((name) => readText(calendar.getFirstPropertyValue(name)))).toEqual(
    [
      '2.0',
      '-//Cartulary//Deadlines//EN',
      'Example, Trust; Services: deadlines',
      'Example, Trust; Services: deadlines',
      'Europe/Vienna',
      `${site}/`,
      `${site}/deadlines.ics`,
    ],
  );
  expect(String(calendar.getFirstPropertyValue('refresh-interval'))).toBe('P1D');
  expect(events.map(({ event, component }) => [event.uid, event.summary, String(component.getFirstPropertyValue('url'))])).toEqual([
    ['effective/cps/2.1@repository.example.org/policies', 'CPS 2.1 takes effect', `${site}/cps/2.1/`],
    ['stated-date/cps/2.1/2027-02-28/6.3.2@repository.example.org/policies', 'CPS 2.1 names this day in section 6.3.2', `${site}/cps/2.1/#6.3.2`],
  ]);
  expect(events[1]?.event.description.split('\n\n').slice(0, 2)).toEqual(['6.3.2 Operational periods', `“${stated.words}”`]);
});

test('events take the whole day, block no time and ring no bell', () => {
  const text = deadlinesCalendar([effective, stated], context);
  for (const [index, { event, component }] of parse(text).events.entries()) {
    const { date } = [effective, stated][index] as Deadline;
    expect([event.startDate.isDate, event.endDate.isDate, event.duration.toString()]).toEqual([true, true, 'P1D']);
    expect(event.startDate.toString()).toBe(date);
    expect(component.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
    expect(String(component.getFirstPropertyValue('dtstamp'))).toBe('2026-01-15T09:00:00Z');
    expect(component.getAllSubcomponents()).toEqual([]);
  }
  expect(text).toContain('DTSTART;VALUE=DATE:20270228\r\nDTEND;VALUE=DATE:20270301\r\n');
});

test('the words are those of the language', () => {
  const { calendar, events } = parse(deadlinesCalendar([effective], { ...context, language: 'de' }));
  expect(readText(calendar.getFirstPropertyValue('name'))).toBe('Example, Trust; Services: Termine');
  expect(events[0]?.event.summary).toBe('CPS 2.1 tritt in Kraft');
});

describe('an identifier', () => {
  const ids = (...deadlines: Deadline[]) => parse(deadlinesCalendar(deadlines, context)).events.map(({ event }) => event.uid);

  test('stays when the day moves, and when the section is named otherwise', () => {
    const moved: Deadline = { ...effective, at: '2026-02-28T23:00:00Z' as Instant, date: '2026-03-01', since: '2026-01-20T09:00:00Z' as Instant };
    expect(ids(moved)).toEqual(ids(effective));
    expect(ids({ ...stated, words: 'Other words.' })).toEqual(ids(stated));
  });

  test('is of one event only', () => {
    const kinds = ['effective', 'notice-period-ends', 'review-near', 'review-due', 'root-programme-update', 'root-programme-limit'] as const;
    const versions = ['2.1', '2.2'].flatMap((version) => kinds.map((kind) => ({ ...effective, kind, version })));
    const dates = [
      stated,
      { ...stated, words: 'Twice.' },
      { ...stated, date: '2027-03-01' },
      { ...stated, section: { number: '', title: 'History', anchor: 'history' } },
    ];
    const all = ids(...versions, ...versions.map((each) => ({ ...each, document: 'cp' })), ...dates);
    expect(new Set(all).size).toBe(all.length);
    expect(ids(stated, { ...stated, words: 'Twice.' })[1]).toBe('stated-date/cps/2.1/2027-02-28/6.3.2/2@repository.example.org/policies');
  });
});

test('an anchor of other letters is escaped in the address', () => {
  const section = { number: '', title: 'Größe', anchor: 'größe' };
  const [event] = parse(deadlinesCalendar([{ ...stated, section }], context)).events;
  expect(String(event?.component.getFirstPropertyValue('url'))).toBe(`${site}/cps/2.1/#gr%C3%B6%C3%9Fe`);
  expect(event?.event.summary).toBe('CPS 2.1 names this day in “Größe”');
});

test('whatever a text says, lines have at most 75 octets, end in CRLF, and give the text back', () => {
  // The sign that stands for what no calendar may hold is not drawn, so that finding it means a torn character.
  const words = fc.string({ unit: 'grapheme', maxLength: 300 }).map((text) => text.replaceAll('\ufffd', ''));
  fc.assert(
    fc.property(words, words, (title, said) => {
      const text = deadlinesCalendar([{ ...stated, words: `a${said}`, section: { number: '1', title, anchor: '1' } }], { ...context, provider: `b${title}` });
      const lines = text.split('\r\n');
      expect(lines.pop()).toBe('');
      for (const line of lines) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(line).not.toMatch(/[\r\n\ufffd]/);
      }
      const { events, calendar } = parse(text);
      expect(readText(calendar.getFirstPropertyValue('name'))).toBe(oneLine(`b${title}: deadlines`));
      expect(events[0]?.event.description).toContain(oneLine(`“a${said}`));
    }),
    { numRuns: 200 },
  );
  for (const hostile of ['\r\nBEGIN:VEVENT\r\nEND:VEVENT', 'a\nATTACH:https://evil.example/', 'b\u0000\u0007\u2028c\r']) {
    const text = deadlinesCalendar([{ ...stated, words: hostile, section: { number: '1', title: hostile, anchor: hostile } }], {
      ...context,
      provider: hostile,
    });
    expect(parse(text).events.length).toBe(1);
    expect(text).not.toMatch(/^ATTACH/m);
    expect([...text.replaceAll('\r\n', '')].filter((character) => character < ' ')).toEqual([]);
  }
});

test('the same deadlines give the same bytes, and none give a calendar without events', () => {
  expect(deadlinesCalendar([effective, stated], context)).toBe(deadlinesCalendar([effective, stated], context));
  expect(parse(deadlinesCalendar([], context)).events).toEqual([]);
});
