import dns from 'node:dns';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/** Functions through which a program opens files and addresses. */
const DOORS: readonly (readonly [object: object, names: readonly string[]])[] = [
  [fs, ['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream', 'stat', 'statSync', 'readdir', 'readdirSync']],
  [fs.promises, ['open', 'readFile', 'stat', 'readdir']],
  [net, ['connect', 'createConnection']],
  [net.Socket.prototype, ['connect']],
  [dns, ['lookup', 'resolve']],
  [globalThis, ['fetch']],
];

/** What was opened while work ran, by the name of the function and its first argument. */
export async function watchOpening(work: () => Promise<unknown>): Promise<readonly string[]> {
  const opened: string[] = [];
  const restore: (() => void)[] = [];
  for (const [object, names] of DOORS) {
    for (const name of names) {
      const before: unknown = Reflect.get(object, name);
      if (typeof before !== 'function') throw new Error(`There is no function ${name} to watch.`);
      const watched = function (this: unknown, ...args: unknown[]): unknown {
        opened.push(`${name} ${String(args[0])}`);
        return Reflect.apply(before, this, args);
      };
      Reflect.set(object, name, watched);
      restore.push(() => Reflect.set(object, name, before));
    }
  }
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    for (const undo of restore) undo();
    syncBuiltinESMExports();
  }
  return opened;
}
