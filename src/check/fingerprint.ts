import type { Finding } from '../model/finding.ts';
import { lastUpTo } from '../model/running-text.ts';
import type { Draft } from '../model/workspace.ts';

/**
 * Gives each finding a name that stays when lines move: 16 hexadecimal digits of rule, file, section and message, and of
 * which one it is where several are alike. Line numbers and counts of days, sections and requirements in a message do not
 * count, for they change by themselves. A section that gets another number is another section.
 */
export function addFingerprints(findings: readonly Omit<Finding, 'fingerprint'>[], drafts: readonly Draft[]): Finding[] {
  const texts = new Map(drafts.map((draft) => [draft.file, draft]));
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const { rule, at, message } = finding;
    const key = JSON.stringify([rule, at.file, sectionAt(texts.get(at.file), at.start?.line), withoutCounts(message)]);
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return { ...finding, fingerprint: digest(count === 0 ? key : `${key}${count}`) };
  });
}

/** The anchor of the section in which a line of a text stands; empty before the first one, in front matter, and in other files. */
export function sectionAt(draft: Draft | undefined, line: number | undefined): string {
  if (!draft || line === undefined) return '';
  const headings = known.get(draft) ?? listHeadings(draft);
  known.set(draft, headings);
  return headings[lastUpTo(headings, line)]?.anchor ?? '';
}

const known = new WeakMap<Draft, readonly { start: number; anchor: string }[]>();

const listHeadings = ({ sections }: Draft) =>
  sections.flatMap(({ heading, anchor, place }) => (heading === undefined ? [] : [{ start: place.start?.line ?? 0, anchor }]));

const withoutCounts = (message: string) =>
  message
    .replace(/\b(lines? )\d+(?: (?:to|and|or) \d+)?/gi, '$1')
    .replace(/\b\d+( (?:day|section|requirement)s?\b)/g, '$1')
    .replace(/\s+/g, ' ');

/** 64 bits of a text, the same everywhere (two multiplicative hashes, mixed). Tells texts apart; keeps no secret and proves nothing. */
export function digest(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
  }
  const [c, d] = [mix(a, b), mix(b, a)];
  return [c, d].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

const mix = (a: number, b: number) => Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
