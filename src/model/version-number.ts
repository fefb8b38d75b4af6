/** A version number starts with a digit (so it never meets a page's name), and its parts have dots or hyphens between them. */
export const VERSION_NUMBER = /^\d[0-9A-Za-z]*([.-][0-9A-Za-z]+)*$/;

/** Orders version numbers by their parts, numbers as numbers: 1.9 before 1.10, 2.0-rc before 2.0. */
export function compareVersionNumbers(left: string, right: string): number {
  const a = left.split(/[.-]/);
  const b = right.split(/[.-]/);
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const order = comparePart(a[index], b[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function comparePart(left: string | undefined, right: string | undefined): number {
  if (left === undefined || right === undefined) {
    const extra = left ?? right ?? '';
    // A further number makes a version newer (2.1 after 2), a further word older (2.0-rc before 2.0).
    const newer = /^\d/.test(extra) ? Number(/[^0]/.test(extra)) : -1;
    return left === undefined ? -newer : newer;
  }
  const [, a = '', afterA = ''] = /^(\d*)(.*)$/s.exec(left) ?? [];
  const [, b = '', afterB = ''] = /^(\d*)(.*)$/s.exec(right) ?? [];
  if ((a === '') !== (b === '')) return a === '' ? -1 : 1;
  return Math.sign(Number(a) - Number(b)) || (afterA < afterB ? -1 : afterA > afterB ? 1 : 0);
}
