import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

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

/** Resident kilobytes of a process and its descendants; only these are looked at, so that measuring costs little. */
function treeMemory(pid: number): number {
  const own = Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return children.reduce((sum, child) => sum + treeMemory(child), own);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
