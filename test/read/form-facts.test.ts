import { expect, test } from 'vitest';
import { OID } from '../../src/model/oid.ts';
import { readFormFacts } from '../../src/read/form-facts.ts';

const { vagueWords, editions, oids } = await readFormFacts();

test('the words that stretch are known in English and German, and each pattern can be used', () => {
  expect(new Set(vagueWords.words.map(({ language }) => language))).toEqual(new Set(['en', 'de']));
  for (const { words } of vagueWords.words) expect(() => new RegExp(words, 'i')).not.toThrow();
  for (const duty of Object.values(vagueWords.duties)) expect(() => new RegExp(duty, 'i')).not.toThrow();
});

test('each edition is named once, and its pattern finds its own name', () => {
  const all = [...editions.editions, ...editions.replaced, ...editions.amended];
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  const bare = (name: string) => name.replace(/^(?:TLS|EV) (?=Baseline)/, '');
  expect(all.filter(({ name, cited }) => !new RegExp(cited, 'i').test(bare(name))).map(({ name }) => name)).toEqual([]);
});

test('what replaces something is not itself replaced', () => {
  const replaced = new Set(editions.replaced.map(({ name }) => name));
  expect(editions.replaced.filter(({ by }) => replaced.has(by))).toEqual([]);
});

test('known object identifiers are well-formed, each under one name, and within the arcs that are whole', () => {
  const known = Object.values(oids.names);
  expect(known.filter((oid) => !OID.test(oid))).toEqual([]);
  expect(new Set(known).size).toBe(known.length);
  for (const { arc, next } of oids.wholeArcs) {
    for (const oid of known.filter((candidate) => candidate.startsWith(`${arc}.`))) expect(next).toContain(oid.slice(arc.length + 1).split('.')[0]);
  }
});
