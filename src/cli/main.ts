import type { Instant } from '../model/time.ts';

/** What a command may use of the world: everything else is its arguments. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** What comes in by standard input; absent where there is none. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Puts a line in the place of the one it put before; absent where nobody looks on. */
  progress?(line: string): void;
  color: boolean;
  now: Instant;
  /** The folder in which the command was started. */
  folder: string;
  /** Where the command runs in GitHub Actions: the summary of its step, and the address below which the checked commit's files are. */
  github?: { appendSummary(text: string): Promise<void>; files?: string };
}

/** One command: its line in the help, its own help, and what it does; the answer is the exit code. */
export interface Command {
  summary: string;
  usage: string;
  run(args: readonly string[], io: Io): Promise<number>;
}

/** Bad arguments: the message says which, and the command's usage is shown. */
export class UsageError extends Error {}

/** Each command's file is loaded only when it is asked for. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  adopt: async () => (await import('./adopt.ts')).adopt,
  build: async () => (await import('./build.ts')).build,
  bundle: async () => (await import('./bundle.ts')).bundle,
  check: async () => (await import('./check.ts')).check,
  deadlines: async () => (await import('./deadlines.ts')).deadlines,
  dev: async () => (await import('./dev.ts')).dev,
  diff: async () => (await import('./diff.ts')).diff,
  'in-force': async () => (await import('./in-force.ts')).inForce,
  init: async () => (await import('./init.ts')).init,
  precedence: async () => (await import('./precedence.ts')).precedence,
  preview: async () => (await import('./preview.ts')).preview,
  profile: async () => (await import('./profile.ts')).profile,
  register: async () => (await import('./register.ts')).register,
  requirements: async () => (await import('./requirements.ts')).requirements,
  timestamp: async () => (await import('./timestamp.ts')).timestamp,
  'trusted-list': async () => (await import('./trusted-list.ts')).trustedList,
  verify: async () => (await import('./verify.ts')).verify,
};

/** Runs the command that `argv` names. Exit codes: 0 clean, 1 findings or a refusal, 2 could not run. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const [name = 'help', ...args] = argv;
  if (['help', '--help', '-h'].includes(name)) {
    io.out(await help());
    return 0;
  }
  if (['version', '--version', '-v'].includes(name)) {
    io.out(`${await packageVersion()}\n`);
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    io.err(`There is no command "${name}". Commands: ${Object.keys(commands).join(', ')}.\n`);
    return 2;
  }
  const command = await load();
  if (args.includes('--help') || args.includes('-h')) {
    io.out(`${command.summary}\n\n${command.usage}\n`);
    return 0;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    if (error instanceof UsageError || isArgumentError(error)) {
      io.err(`${(error as Error).message}\n\n${command.usage}\n`);
      return 2;
    }
    throw error;
  }
}

const isArgumentError = (error: unknown) => error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

async function help(): Promise<string> {
  const loaded = await Promise.all(Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(12)} ${(await load()).summary}`));
  return [
    'cartulary: certificate policies and practice statements, from git to a public, versioned repository.',
    '',
    ...loaded,
    '',
    'cartulary <command> --help says more.',
    '',
  ].join('\n');
}

/** The release of this package. */
export async function packageVersion(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')).version;
}
