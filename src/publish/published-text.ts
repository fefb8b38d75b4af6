import type { PublishedText } from '../model/published-text.ts';

/** Path of a published text in the form in which it is compared, beside its source. */
export const publishedTextPath = (document: string, version: string, language: string) => `/${document}/${version}/${document}-${version}.${language}.json`;

/** `/cps/2.1/cps-2.1.en.json`: the text in that form. On one line, for it is as long as the text. */
export function publishedTextJson({ document, version, language, title, sha256, declared, sections }: PublishedText): string {
  return `${JSON.stringify({ document, version, language, title, sha256, declared, sections })}\n`;
}
