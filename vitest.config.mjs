import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // What a page answers at last is the question, not how busy the machine is; the second that is the default is not always enough.
    expect: { poll: { timeout: 20_000 } },
  },
});
