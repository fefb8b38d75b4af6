import { expect, test } from 'vitest';
import { splitComments } from '../../src/model/comment.ts';

test.each([
  ['<!-- a -->', [' a '], ''],
  ['<!-- a --><!--b-->', [' a ', 'b'], ''],
  ['<p><!-- a --></p>', [' a '], '<p></p>'],
  ['<!-- a\nb -->\n', [' a\nb '], '\n'],
  ['<!---->', [''], ''],
  ['<!-- a <!-- b -->', [' a <!-- b '], ''],
  ['<!-- a', [], '<!-- a'],
  ['<!-->', [], '<!-->'],
  ['<br>', [], '<br>'],
  ['', [], ''],
])('%j holds the comments %j beside %j', (html, comments, rest) => {
  expect(splitComments(html)).toMatchObject({ comments, rest });
  for (const start of splitComments(html).starts) expect(html.slice(start, start + 4)).toBe('<!--');
});
