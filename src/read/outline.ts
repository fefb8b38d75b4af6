import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Outline } from '../model/outline.ts';

const FILE = new URL('../../content/requirements/rfc-3647/2003.yaml', import.meta.url);
const Source = z.object({
  standard: z.string(),
  outline: z.array(z.object({ number: z.string(), title: z.string(), alsoCalled: z.array(z.string()).default([]) })),
});

let known: Promise<Outline> | undefined;

/** The outline of RFC 3647 that ships with the package. Read once a process. */
export function readOutline(): Promise<Outline> {
  known ??= readFile(FILE, 'utf8').then((text) => {
    const { standard, outline } = Source.parse(parse(text));
    return { standard, sections: outline };
  });
  return known;
}
