import { relative, resolve, sep } from 'node:path';
import { UsageError } from './main.ts';

const SOURCES = /^(?:policies|content|\.git)(?:\/|$)|^cartulary\.yaml$/;

/** Where a report or bundle is written. Throws a UsageError for a place among the sources of the repository, which it would overwrite. */
export function outputPath(name: string, folder: string, root: string): string {
  const path = resolve(folder, name);
  const inside = relative(root, path).split(sep).join('/');
  if (name === '' || inside === '' || SOURCES.test(inside))
    throw new UsageError(`"${name}" is no place to write to: it is ${inside === '' ? 'a folder' : 'among the sources of the repository'}. Name another file.`);
  return path;
}
