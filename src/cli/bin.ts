#!/usr/bin/env node
import { appendFile } from 'node:fs/promises';
import * as nodeModule from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { toInstant } from '../model/time.ts';
import { main } from './main.ts';

// Trees of long texts are short-lived: a heap that grows in small steps, with a young generation that need not grow,
// saves a quarter of a build's memory and time.
for (const flag of ['--min-semi-space-size=8', '--heap-growing-percent=40']) setFlagsFromString(flag);
// Older ones lack it and more, and would end in a stack trace.
if (!('enableCompileCache' in nodeModule)) {
  process.stderr.write(`cartulary could not run: it needs Node 22.12 or newer, and this is ${process.version}.\n`);
  process.exit(2);
}
nodeModule.enableCompileCache();

// The only file that touches the process.
const { GITHUB_STEP_SUMMARY: summary, GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = process.env;
const github = summary
  ? {
      appendSummary: (text: string) => appendFile(summary, text),
      ...(server && repository && commit && { files: `${server}/${repository}/blob/${commit}/` }),
    }
  : undefined;
const io = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  get stdin() {
    return process.stdin;
  },
  // Answers that run over the same screen show by themselves how far it is.
  ...(process.stderr.isTTY && !process.stdout.isTTY && { progress: (line: string) => void process.stderr.write(`\r\u001b[K${line}`) }),
  color: process.stdout.isTTY === true && !process.env['NO_COLOR'],
  now: toInstant(new Date()),
  folder: process.cwd(),
  ...(github && { github }),
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
