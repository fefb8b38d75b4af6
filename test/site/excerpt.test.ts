import { expect, test } from 'vitest';
import { readExcerpt } from '../../src/site/excerpt.ts';

test('an excerpt is text with marked words', () => {
  expect(readExcerpt('the <mark>hotline</mark> is &quot;open&quot;')).toEqual([
    { text: 'the ', marked: false },
    { text: 'hotline', marked: true },
    { text: ' is "open"', marked: false },
  ]);
});

test('markup that a text shows stays text, and is decoded once only', () => {
  expect(readExcerpt('&lt;script&gt; and &amp;lt;')).toEqual([{ text: '<script> and &lt;', marked: false }]);
});

test('no element gets through', () => {
  expect(readExcerpt('<img src=x onerror=alert(1)><mark>word</mark>')).toEqual([{ text: 'word', marked: true }]);
});
