import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Measurement {
  /** Wall-clock time of the whole process. */
  seconds: number;
  /** Most resident memory of the process and all its descendants together, sampled; 0 where /proc is not there. */
  megabytes: number;
}

/** Runs a command and measures it. Throws where it ends with anything but 0 or 1. */
export function measure(command: string, args: readonly string[], cwd: string): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' } });
    let errors = '';
    child.stderr.on('data', (chunk) => (errors += chunk));
    let kilobytes = 0;
    const timer = setInterval(() => (kilobytes = Math.max(kilobytes, treeMemory(child.pid ?? 0))), 25);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code !== 0 && code !== 1) return reject(new Error(`${command} ${args.join(' ')} ended with ${code}\n${errors}`));
      resolve({ seconds: (performance.now() - start) / 1000, megabytes: kilobytes / 1024 });
    });
  });
}

function treeMemory(root: number): number {
  const parents = new Map<number, number>();
  const memory = new Map<number, number>();
  for (const name of list('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = read(`/proc/${name}/status`);
    parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
    memory.set(Number(name), Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0));
  }
  let sum = 0;
  for (const [pid, kilobytes] of memory) {
    for (let up: number | undefined = pid; up; up = parents.get(up)) {
      if (up !== root) continue;
      sum += kilobytes;
      break;
    }
  }
  return sum;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
