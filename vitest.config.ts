import { defineConfig } from 'vitest/config'

/** Workspace packages are tested from their source, by the export condition `magpie-source`. */
export default defineConfig({
  resolve: { conditions: ['magpie-source'] },
  ssr: { resolve: { conditions: ['magpie-source', 'node', 'import', 'module', 'default'] } },
  test: {
    include: ['packages/*/test/**/*.test.{ts,tsx}', 'runtime-server/test/**/*.test.ts', 'test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // far more than anything takes, also on a machine that does much else
    testTimeout: 300_000,
    hookTimeout: 300_000,
    update: false,
  },
})
