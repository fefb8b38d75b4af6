#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { toInstant } from '../model/time.ts';
import { main } from './main.ts';

// Trees of long texts are short-lived: a young generation that stays small, and a heap that grows in small steps, halve
// the memory of a build.
for (const flag of ['--semi-space-growth-factor=1', '--heap-growing-percent=40']) setFlagsFromString(flag);
enableCompileCache();

// The only file that touches the process.
const io = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  color: process.stdout.isTTY === true && !process.env['NO_COLOR'],
  now: toInstant(new Date()),
  folder: process.cwd(),
};

// A reader that has seen enough, such as `head`, closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2), io);
} catch (error) {
  process.stderr.write(`cartulary could not run: ${error instanceof Error ? (process.env['CARTULARY_DEBUG'] ? error.stack : error.message) : String(error)}\n`);
  process.exitCode = 2;
}
