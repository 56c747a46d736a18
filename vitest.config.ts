import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      // No module holds state, so files share their modules: half the time.
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/binary/**'],
          isolate: false,
          testTimeout: 20_000,
        },
      },
      { test: { name: 'hostile', include: ['test/hostile/*.hostile.ts'] } },
      // It builds a binary, for which it fetches Bun where that is not kept yet.
      { test: { name: 'binary', include: ['test/binary/*.test.ts'] } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/engines/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
