import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';

/** How git is run: `git <arguments>` in a folder, with an environment. */
export interface GitProcess {
  folder: string;
  options: readonly string[];
  environment: NodeJS.ProcessEnv;
}

interface Request {
  resolve(bytes: Uint8Array | undefined): void;
  reject(error: Error): void;
}

/**
 * Reads blobs through one long-lived `git cat-file --batch`: a process for each would take ten times as long, and one
 * for all would hold all their bytes at once. Started when the first blob is asked for; it keeps nothing else from
 * ending and ends with this process.
 */
export function openObjects(git: GitProcess): (id: string) => Promise<Uint8Array | undefined> {
  let child: ChildProcessByStdio<Writable, Readable, null> | undefined;
  const waiting: Request[] = [];
  const hold = (awake: boolean) => {
    const stream = child?.stdout as Socket | undefined;
    if (awake) stream?.ref();
    else stream?.unref();
  };
  const answer = (bytes: Uint8Array | undefined) => {
    waiting.shift()?.resolve(bytes);
    if (waiting.length === 0) hold(false);
  };
  const fail = (reason: string) => {
    child = undefined;
    for (const request of waiting.splice(0)) request.reject(new Error(`git cat-file ended: ${reason}`));
  };
  const start = () => {
    const started = spawn('git', [...git.options, 'cat-file', '--batch'], {
      cwd: git.folder,
      env: git.environment,
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    started.unref();
    for (const stream of [started.stdin, started.stdout]) (stream as unknown as Socket).unref();
    started.stdout.on('data', splitObjects(answer));
    started.stdin.on('error', (error) => fail(error.message));
    started.on('error', (error) => fail(error.message));
    started.on('close', (code) => started === child && fail(`code ${code}`));
    return started;
  };
  return (id) =>
    new Promise((resolve, reject) => {
      child ??= start();
      waiting.push({ resolve, reject });
      hold(true);
      child.stdin.write(`${id}\n`);
    });
}

/** Takes the output of `cat-file --batch` as it comes, and gives each object's bytes, or undefined for one that is missing or no blob. */
function splitObjects(answer: (bytes: Uint8Array | undefined) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let length = 0;
  let body: { size: number; blob: boolean } | undefined;
  const take = (count: number): Buffer => {
    const all = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length);
    chunks = all.length > count ? [all.subarray(count)] : [];
    length -= count;
    return all.subarray(0, count);
  };
  return (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    for (;;) {
      if (body) {
        if (length < body.size + 1) return;
        const bytes = take(body.size + 1).subarray(0, body.size);
        answer(body.blob ? Buffer.from(bytes) : undefined);
        body = undefined;
        continue;
      }
      if (chunks.length > 1) chunks = [Buffer.concat(chunks, length)];
      const end = chunks[0]?.indexOf(10) ?? -1;
      if (end < 0) return;
      const [, type, size] = take(end + 1)
        .toString('latin1')
        .trimEnd()
        .split(' ');
      if (type === 'missing' || size === undefined) answer(undefined);
      else body = { size: Number(size), blob: type === 'blob' };
    }
  };
}
