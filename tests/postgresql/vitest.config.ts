import { defineConfig } from 'vitest/config'

/**
 * The server's tests once more, on PostgreSQL, and those of what only PostgreSQL has. What is about files of SQLite says so in
 * its name and is not run here.
 */
export default defineConfig({
  test: {
    include: ['server/{accounts,audit,exchange,partners,statistics,sync}/**/*.test.ts', 'tests/{contract,postgresql}/**/*.test.ts'],
    globalSetup: ['tests/postgresql/server.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    setupFiles: ['tests/support/failOnConsoleError.ts', 'tests/support/generousWaits.ts'],
    server: { deps: { inline: [/rxdb/] } },
  },
})
