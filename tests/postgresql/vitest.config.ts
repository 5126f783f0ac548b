import { defineConfig } from 'vitest/config'

/** What is about the server's rules; the others of the folder are about tablets, or about files that are copied. */
const SYNC = ['discarded', 'facilityTaken', 'follow', 'join', 'push', 'removed', 'share', 'versions', 'views'].map(
  (name) => `tests/sync/${name}.test.ts`,
)

/**
 * The server's tests once more, on PostgreSQL, and those of what only PostgreSQL has. What is about files of SQLite says so in
 * its name and is not run here.
 */
export default defineConfig({
  test: {
    include: [
      'server/{accounts,audit,exchange,partners,statistics,sync}/**/*.test.ts',
      'tests/{contract,postgresql}/**/*.test.ts',
      ...SYNC,
    ],
    globalSetup: ['tests/postgresql/server.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    setupFiles: ['tests/support/failOnConsoleError.ts', 'tests/support/generousWaits.ts'],
    server: { deps: { inline: [/rxdb/] } },
  },
})
