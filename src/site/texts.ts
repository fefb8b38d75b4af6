import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Sha256 } from '../model/version.ts';
import type { RenderedText } from '../publish/html.ts';
import type { OpenedRepository } from '../read/workspace.ts';
import type { SourceText } from './source-text.ts';
import type { PlainSection, PreparedText, TextTask } from './text-worker.ts';

/** The published texts of a build, each parsed once, for its pages and for the search. */
export interface Texts {
  /** A text as HTML; undefined where its bytes could not be had. */
  body(file: SourceText): Promise<RenderedText | undefined>;
  sections(file: SourceText): Promise<readonly PlainSection[]>;
  /** Ends the thread that prepares texts. */
  close(): Promise<void>;
}

/** Texts that are prepared before they are asked for, so that neither side waits for the other. */
const AHEAD = 4;

/** Prepared texts that are held in memory: half a megabyte each, where they are long. */
const MOST_HELD = 8;

/** Where prepared texts are kept from build to build, by their keys: each is parsed and rendered once. */
export interface TextCache {
  /** Undefined where the text, or the HTML that is wanted, is not there. */
  read(key: Sha256, page: boolean): PreparedText | undefined;
  write(key: Sha256, text: PreparedText): void;
}

const NO_CACHE: TextCache = { read: () => undefined, write: () => undefined };

/** Opens the cache in a folder; what was prepared by other code (another `stamp`) is removed. */
export function openTextCache(folder: string, stamp: string): TextCache {
  const own = join(folder, stamp.slice(0, 16));
  if (!existsSync(own)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(own, { recursive: true });
  }
  const load = (name: string) => JSON.parse(readFileSync(join(own, name), 'utf8'));
  return {
    read: (key, page) => {
      try {
        return { sections: load(key), body: page ? load(`${key}.html`) : undefined };
      } catch {
        return undefined;
      }
    },
    write: (key, { sections, body }) => {
      writeFileSync(join(own, key), JSON.stringify(sections));
      if (body) writeFileSync(join(own, `${key}.html`), JSON.stringify(body));
    },
  };
}

/**
 * Prepares texts in a thread. `order` is the order in which they will be asked for; `pages` are the keys of those whose HTML
 * will be, which is made while their trees are at hand, for these are too large to be kept.
 */
export function createTexts(
  { workspace, readBytes }: Pick<OpenedRepository, 'workspace' | 'readBytes'>,
  order: readonly SourceText[],
  pages: ReadonlySet<Sha256>,
  cache: TextCache = NO_CACHE,
  thread: TextThread = openThread(),
): Texts {
  const prepared = new Map<Sha256, Promise<PreparedText>>();
  const queue = [...order];
  let running = 0;
  const prepare = async (file: SourceText): Promise<PreparedText> => {
    const page = pages.has(file.key);
    const kept = cache.read(file.key, page);
    if (kept) return kept;
    running += 1;
    const bytes = (await readBytes([file])).get(file.sha256);
    const facts = workspace.facts.get(file.sha256);
    const text = bytes && facts ? await thread.ask({ bytes, facts, file, page }) : { body: undefined, sections: [] };
    cache.write(file.key, text);
    running -= 1;
    release(file);
    fill();
    return text;
  };
  /** What is not asked for soon, or was used, is read again from the cache rather than held. */
  const release = ({ key }: SourceText): void => {
    if (cache !== NO_CACHE && prepared.size > MOST_HELD) prepared.delete(key);
  };
  const get = (file: SourceText): Promise<PreparedText> => {
    const known = prepared.get(file.key) ?? prepare(file);
    prepared.set(file.key, known);
    return known;
  };
  const fill = (): void => {
    while (running < AHEAD) {
      const next = queue.shift();
      if (!next) return;
      // Whoever asks for the text is given its error.
      if (!prepared.has(next.key)) get(next).catch(() => undefined);
    }
  };
  fill();
  const use = async (file: SourceText): Promise<PreparedText> => {
    const text = await get(file);
    release(file);
    return text;
  };
  return { body: async (file) => (await use(file)).body, sections: async (file) => (await use(file)).sections, close: thread.close };
}

interface Waiting {
  resolve(text: PreparedText): void;
  reject(error: Error): void;
}

/** The thread that prepares texts. It answers in order. */
export interface TextThread {
  /** Starts it, where it is known that it will be asked; else it starts when it is. */
  start(): void;
  ask(task: TextTask): Promise<PreparedText>;
  close(): Promise<void>;
}

/** A thread that is not started yet. */
export function openThread(): TextThread {
  const waiting: Waiting[] = [];
  let worker: Worker | undefined;
  const start = (): Worker => {
    const started = new Worker(new URL('./text-worker.js', import.meta.url), { resourceLimits: { maxYoungGenerationSizeMb: 16 } });
    started.on('message', ({ text, error }: { text?: PreparedText; error?: string }) => {
      const first = waiting.shift();
      if (text) first?.resolve(text);
      else first?.reject(new Error(error));
    });
    started.on('error', (error) => {
      for (const { reject } of waiting.splice(0)) reject(error instanceof Error ? error : new Error(String(error)));
    });
    return started;
  };
  return {
    start: () => {
      worker ??= start();
      // Not asked yet, it keeps nothing from ending.
      worker.unref();
    },
    ask: (task) =>
      new Promise((resolve, reject) => {
        worker ??= start();
        worker.ref();
        waiting.push({ resolve, reject });
        worker.postMessage(task);
      }),
    close: async () => void (await worker?.terminate()),
  };
}
