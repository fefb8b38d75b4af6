import type { Command } from './main.ts';
export const build: Command = { summary: '', usage: '', run: async () => 2 };
