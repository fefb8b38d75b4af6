import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Sha256, VersionFile } from '../model/version.ts';
import type { RenderedText } from '../publish/html.ts';
import type { OpenedRepository } from '../read/workspace.ts';
import type { PlainSection, PreparedText, TextTask } from './text-worker.ts';

/** The published texts of a build, each parsed once, for its pages and for the search. */
export interface Texts {
  /** A text as HTML; undefined where its bytes could not be had. */
  body(file: VersionFile): Promise<RenderedText | undefined>;
  sections(file: VersionFile): Promise<readonly PlainSection[]>;
  /** Ends the thread that prepares texts. */
  close(): Promise<void>;
}

/** Texts that are prepared before they are asked for, so that neither side waits for the other. */
const AHEAD = 4;

/** Prepared texts that are held in memory: half a megabyte each, where they are long. */
const MOST_HELD = 8;

/** Where prepared texts are kept from build to build, by the digest of their bytes: each is parsed and rendered once. */
export interface TextCache {
  /** Undefined where the text, or the HTML that is wanted, is not there. */
  read(digest: Sha256, page: boolean): PreparedText | undefined;
  write(digest: Sha256, text: PreparedText): void;
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
    read: (digest, page) => {
      try {
        return { sections: load(digest), body: page ? load(`${digest}.html`) : undefined };
      } catch {
        return undefined;
      }
    },
    write: (digest, { sections, body }) => {
      writeFileSync(join(own, digest), JSON.stringify(sections));
      if (body) writeFileSync(join(own, `${digest}.html`), JSON.stringify(body));
    },
  };
}

/**
 * Prepares texts in a thread. `order` is the order in which they will be asked for; `pages` are those whose HTML will
 * be, which is made while their trees are at hand, for these are too large to be kept.
 */
export function createTexts(
  { workspace, readBytes }: Pick<OpenedRepository, 'workspace' | 'readBytes'>,
  order: readonly VersionFile[],
  pages: ReadonlySet<Sha256>,
  cache: TextCache = NO_CACHE,
  thread: TextThread = openThread(),
): Texts {
  const prepared = new Map<Sha256, Promise<PreparedText>>();
  const queue = [...order];
  let running = 0;
  const prepare = async (file: VersionFile): Promise<PreparedText> => {
    const page = pages.has(file.sha256);
    const kept = cache.read(file.sha256, page);
    if (kept) return kept;
    running += 1;
    const bytes = (await readBytes([file])).get(file.sha256);
    const facts = workspace.facts.get(file.sha256);
    const text = bytes && facts ? await thread.ask({ bytes, facts, path: file.path, page }) : { body: undefined, sections: [] };
    cache.write(file.sha256, text);
    running -= 1;
    release(file);
    fill();
    return text;
  };
  /** What is not asked for soon, or was used, is read again from the cache rather than held. */
  const release = ({ sha256 }: VersionFile): void => {
    if (cache !== NO_CACHE && prepared.size > MOST_HELD) prepared.delete(sha256);
  };
  const get = (file: VersionFile): Promise<PreparedText> => {
    const known = prepared.get(file.sha256) ?? prepare(file);
    prepared.set(file.sha256, known);
    return known;
  };
  const fill = (): void => {
    while (running < AHEAD) {
      const next = queue.shift();
      if (!next) return;
      // Whoever asks for the text is given its error.
      if (!prepared.has(next.sha256)) get(next).catch(() => undefined);
    }
  };
  fill();
  const use = async (file: VersionFile): Promise<PreparedText> => {
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
