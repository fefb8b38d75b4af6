import type { ListSnapshot, SnapshotFile } from './list-snapshot.ts';

/** The text of `snapshot.yaml`: the same for the same snapshot. */
export function writeSnapshot({ taken, anchors, listOfLists, pivots, lists }: ListSnapshot): string {
  return [
    '# The trusted lists beside this file, as `cartulary trusted-list update` took them. The anchors change only by hand.',
    `taken: ${taken}`,
    'anchors:',
    `  journal: ${quote(anchors.journal)}`,
    '  files:',
    ...anchors.files.map((file) => `    - ${quote(file)}`),
    'listOfLists:',
    ...writeFile(listOfLists, '  '),
    ...(pivots.length > 0 ? ['pivots:', ...pivots.flatMap((pivot) => asItem(writeFile(pivot, '    ')))] : []),
    ...(lists.length > 0 ? ['lists:', ...lists.flatMap((list) => asItem([`    country: ${quote(list.country)}`, ...writeFile(list, '    ')]))] : []),
    '',
  ].join('\n');
}

/** In quotation marks, for NO is a country. */
const quote = (text: string): string => JSON.stringify(text);

const writeFile = ({ file, location, sha256 }: SnapshotFile, indent: string): string[] =>
  [`file: ${quote(file)}`, `location: ${quote(location)}`, `sha256: ${quote(sha256)}`].map((line) => indent + line);

const asItem = ([first = '', ...rest]: readonly string[]): string[] => [first.replace(/ {2}(?=\S)/, '- '), ...rest];
