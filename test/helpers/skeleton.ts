import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const OUTLINE = new URL('../../content/requirements/rfc-3647/2003.yaml', import.meta.url);

const FRONT_MATTER = `document: cps
type: CPS
title: Certification Practice Statement
language: en
version: "1.0"
status: approved
approved: { on: 2026-01-10, by: Policy Management Authority }
effective: 2026-02-01`;

/**
 * A complete text that no rule finds fault with: front matter and every section of the RFC 3647 outline, from the same
 * data as the rules. A section without subsections says one sentence.
 */
export function makeSkeleton(): string {
  const { outline } = parse(readFileSync(OUTLINE, 'utf8')) as { outline: { number: string; title: string; level: number; leaf: boolean }[] };
  const sections = outline.map(({ number, title, level, leaf }) => {
    const heading = `${'#'.repeat(level)} ${number}${level === 1 ? '.' : ''} ${title}`;
    return leaf ? `${heading}\n\nWhat holds for ${number}.\n` : `${heading}\n`;
  });
  return `---\n${FRONT_MATTER}\n---\n\n${sections.join('\n')}`;
}

/** Puts `by` in the place of a section, heading and text, without its subsections. An empty `by` takes the section out. */
export function replaceSection(text: string, number: string, by: string): string {
  const parts = text.split(/^(?=#)/m);
  const at = parts.findIndex((part) => new RegExp(`^#+ ${number.replaceAll('.', '\\.')}\\.? `).test(part));
  if (at < 0) throw new Error(`The text has no section ${number}.`);
  return parts.with(at, by === '' ? '' : `${by.trimEnd()}\n\n`).join('');
}

/** Gives keys of the front matter other values. A key without a value is taken out; a new one is added at the end. */
export function replaceFrontMatter(text: string, lines: string): string {
  const [, block = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  const keys = new Map(splitKeys(block));
  for (const [key, value] of splitKeys(lines.trimEnd())) {
    if (value === `${key}:`) keys.delete(key);
    else keys.set(key, value);
  }
  return `---\n${[...keys.values()].join('\n')}\n---\n${body}`;
}

const splitKeys = (block: string): [string, string][] => block.split(/\n(?=\S)/).map((value) => [value.slice(0, value.indexOf(':')), value]);
