import { execFileSync } from 'node:child_process';

/** Runs git in a folder of the bench, and throws where it fails. */
export function git(folder: string, args: readonly string[], input?: string): void {
  execFileSync('git', args, { cwd: folder, maxBuffer: 1 << 30, ...(input !== undefined && { input }) });
}
