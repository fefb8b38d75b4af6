import type { Command } from './main.ts';
export const init: Command = { summary: '', usage: '', run: async () => 2 };
