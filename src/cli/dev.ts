import type { Command } from './main.ts';
export const dev: Command = { summary: '', usage: '', run: async () => 2 };
