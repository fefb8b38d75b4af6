/** HTML taken apart: the text of each comment, where it begins, and what is left without them. A comment that does not end is no comment. */
export function splitComments(html: string): { comments: readonly string[]; starts: readonly number[]; rest: string } {
  const comments: string[] = [];
  const starts: number[] = [];
  let rest = '';
  let at = 0;
  // Searching instead of a pattern: thousands of openings without an end would make a pattern try each to the end.
  for (let start = html.indexOf('<!--'); start >= 0; start = html.indexOf('<!--', at)) {
    const end = html.indexOf('-->', start + 4);
    if (end < 0) break;
    comments.push(html.slice(start + 4, end));
    starts.push(start);
    rest += html.slice(at, start);
    at = end + 3;
  }
  return { comments, starts, rest: rest + html.slice(at) };
}
