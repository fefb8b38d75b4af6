/** Neighbours of a sequence that are shown, or told in one line. */
export interface Run<Item> {
  folded: boolean;
  items: readonly Item[];
}

/** Fewer in a row are shown: a line about them would be no shorter. */
const LEAST = 3;

/**
 * Cuts a sequence into what is shown and what is folded: of more than two unchanged neighbours all but those next to a
 * change, by which a reader sees where it stands. Where nothing changed, everything is folded.
 */
export function foldUnchanged<Item>(items: readonly Item[], isSame: (item: Item) => boolean): Run<Item>[] {
  if (items.every(isSame)) return items.length > 0 ? [{ folded: true, items }] : [];
  const runs: Run<Item>[] = [];
  let shown = 0;
  for (let from = 0; from < items.length; ) {
    const same = isSame(items[from] as Item);
    let to = from + 1;
    while (to < items.length && isSame(items[to] as Item) === same) to += 1;
    const start = from === 0 ? from : from + 1;
    const end = to === items.length ? to : to - 1;
    if (same && to - from >= LEAST && end - start > 1) {
      runs.push({ folded: false, items: items.slice(shown, start) }, { folded: true, items: items.slice(start, end) });
      shown = end;
    }
    from = to;
  }
  runs.push({ folded: false, items: items.slice(shown) });
  return runs.filter((run) => run.items.length > 0);
}
