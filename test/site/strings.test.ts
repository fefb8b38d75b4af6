import { describe, expect, test } from 'vitest';
import { certificateStrings } from '../../src/site/certificate-strings.ts';
import { evidenceStrings } from '../../src/site/evidence-strings.ts';
import { qualificationStrings } from '../../src/site/qualification-words.ts';
import { columnOf, strings } from '../../src/site/strings.ts';
import { de } from '../../src/site/strings-de.ts';
import { en } from '../../src/site/strings-en.ts';

type Leaf = string | ((...values: never[]) => string);

/** Every text of a column by its path, such as `lookup.title`. */
function listTexts(column: object, path = ''): Map<string, Leaf> {
  const texts = new Map<string, Leaf>();
  for (const [key, value] of Object.entries(column)) {
    const name = path ? `${path}.${key}` : key;
    if (typeof value === 'object' && value !== null) for (const [inner, leaf] of listTexts(value, name)) texts.set(inner, leaf);
    else texts.set(name, value as Leaf);
  }
  return texts;
}

const names = (text: Leaf | undefined) => [...(typeof text === 'string' ? text.matchAll(/\{\w+\}/g) : [])].map(([name]) => name).sort();

describe('the words of the interface', () => {
  const english = listTexts({ ...en, certificate: certificateStrings('en'), qualification: qualificationStrings('en'), evidence: evidenceStrings('en') });
  const german = listTexts({ ...de, certificate: certificateStrings('de'), qualification: qualificationStrings('de'), evidence: evidenceStrings('de') });

  test('each text stands in both columns', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [path, text] of [...english, ...german]) expect(typeof text === 'function' || text.trim() === text, path).toBe(true);
    for (const [path, text] of [...english, ...german]) expect(text, path).not.toBe('');
  });

  test('a sentence names the same times and links in both', () => {
    for (const [path, text] of english) {
      expect(names(german.get(path)), path).toEqual(names(text));
      if (typeof text === 'function') expect(german.get(path), path).toHaveLength(text.length);
    }
  });

  test('nothing but names, and words that are the same in both languages, is left untranslated', () => {
    const same = [...english].flatMap(([path, text]) => (typeof text === 'string' && german.get(path) === text ? [path] : []));
    expect(same).toMatchInlineSnapshot(`
      [
        "inForce.interval",
        "inForce.openInterval",
        "text.version",
        "text.sha256",
        "text.text",
        "history.version",
        "history.texts",
        "section.nowElsewhere",
        "policies.oid",
        "policies.qscd",
        "notice.version",
        "notices.json",
        "certificate.answer.qscd",
      ]
    `);
  });
});

test('a language without a column is answered in English', () => {
  expect(strings('de-AT')).toBe(de);
  expect(strings('fr')).toBe(en);
  expect(strings('constructor')).toBe(en);
  expect([columnOf('de-AT'), columnOf('en'), columnOf('fr')]).toEqual(['de', 'en', 'en']);
});

test('numbers agree with their nouns', () => {
  expect([en.history.errata(1), en.history.errata(2), de.history.errata(1), de.history.errata(2)]).toEqual([
    '1 erratum',
    '2 errata',
    '1 Berichtigung',
    '2 Berichtigungen',
  ]);
  expect(en.search.count(1, 'key')).toBe('Found in one text: “key”.');
  expect(de.search.moreSections(3)).toBe('und in 3 weiteren Abschnitten');
});
