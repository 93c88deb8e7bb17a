import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const junit = process.env['WEB_REPORT'];

export default defineConfig({
  test: {
    reporters: junit ? ['default', 'junit'] : ['default'],
    ...(junit ? { outputFile: { junit } } : {}),
    projects: [
      {
        resolve: { alias: { '@magpie/client': resolve(import.meta.dirname, 'client/src/index.ts') } },
        test: { name: 'unit', include: ['client/test/*.test.ts', 'app/test/*.test.ts'] },
      },
      {
        test: {
          name: 'server',
          include: ['client/test/server/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['browser/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          // Each has a server and a browser of its own, and much of its time is waiting.
          maxWorkers: 2,
          expect: { poll: { timeout: 60_000 } },
        },
      },
    ],
  },
});
