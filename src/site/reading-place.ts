/** The anchor of the section that a reader is in: the last heading above a line in the upper part of the window. */
export function sectionAt(headings: readonly { anchor: string; top: number }[], line: number): string | undefined {
  return headings.findLast(({ top }) => top <= line)?.anchor;
}

/** Headings that can be linked. */
export const HEADINGS = 'h2[id], h3[id], h4[id], h5[id], h6[id]';

/** Anchors of headings with how far they are from the upper edge of the window, in the order of the text. */
export function headingsOf(text: Element): { anchor: string; top: number }[] {
  return [...text.querySelectorAll<HTMLElement>(HEADINGS)].map((heading) => ({
    anchor: heading.id,
    top: heading.getBoundingClientRect().top,
  }));
}
