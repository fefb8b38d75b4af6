/** A piece of an excerpt; `marked` where it is one of the words that were looked for. */
export interface ExcerptPart {
  text: string;
  marked: boolean;
}

const CHARACTERS: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&apos;': "'", '&amp;': '&' };

/** Takes an excerpt of Pagefind, HTML with `<mark>` in it, apart, so that it is shown as text and never as markup. */
export function readExcerpt(html: string): ExcerptPart[] {
  return html
    .split(/(<mark>[\s\S]*?<\/mark>)/)
    .map((part) => ({ text: plain(part), marked: part.startsWith('<mark>') }))
    .filter((part) => part.text !== '');
}

const plain = (html: string) => html.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|apos|amp|#39);/g, (entity) => CHARACTERS[entity] ?? entity);
