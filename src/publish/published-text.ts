import type { PublishedText } from '../model/published-text.ts';

/** Path of a published text in the form in which it is compared, beside its source. */
export const publishedTextPath = (document: string, version: string, language: string) => `/${document}/${version}/${document}-${version}.${language}.json`;

/** Path of a profile that a version states, byte for byte. */
export const profilePath = ({ document, version }: { document: string; version: string }, id: string) => `/${document}/${version}/profiles/${id}.yaml`;

/** `/cps/2.1/cps-2.1.en.json`: the text in that form. On one line, for it is as long as the text. */
export function publishedTextJson({ document, version, language, title, sha256, profiles, declared, sections }: PublishedText): string {
  return `${JSON.stringify({ document, version, language, title, sha256, profiles, declared, sections })}\n`;
}
