const NUMBERED = /^(?:§+\s*)?(\d{1,3}(?:\.\d{1,3})*|[A-Z](?:\.\d{1,3})+)\.?(?:\s*[-–—:])?\s+(?=\S)/u;
const LETTERED = /^(\p{L}+)\s+([A-Z](?:\.\d{1,3})*|\d{1,2}(?:\.\d{1,3})*|[IVX]{1,5})(?:[.:]|\s*[-–—](?=\s)|(?=\s)|$)/u;
const APPENDICES = ['appendix', 'annex', 'anhang', 'anlage', 'annexe', 'allegato'];

/**
 * Splits a heading's text into number and title: `1. INTRODUCTION`, `1.1 Overview`, `§ 4.9 …`, `Appendix A – …`. An
 * appendix with a number is `Appendix-1`, for section 1 is another. A heading without a number keeps its whole text as
 * the title.
 */
export function readHeading(text: string): { number: string; title: string } {
  const heading = text.trim();
  const numbered = NUMBERED.exec(heading);
  if (numbered?.[1]) return { number: numbered[1], title: heading.slice(numbered[0].length).trim() };
  const [head, word, mark] = LETTERED.exec(heading) ?? [];
  if (head && mark && APPENDICES.includes(word?.toLowerCase() ?? '')) {
    return { number: /^\d/.test(mark) ? `Appendix-${mark}` : mark, title: heading.slice(head.length).trim() || heading };
  }
  return { number: '', title: heading };
}

/** The anchor that GitHub and other tools give a heading by its words: `#499-on-line-checking`. */
export function toolSlug(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

/** An anchor for a heading without a number: its words in lower case, joined by hyphens, at most 80 characters. */
export function slug(title: string): string {
  const words = title
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-');
  // By characters, for half of one would be no part of an address.
  const cut = Array.from(words.slice(0, 160)).slice(0, 80).join('');
  return cut.replace(/^-+|-+$/g, '') || 'section';
}
