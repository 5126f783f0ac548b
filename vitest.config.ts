import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{domain,server,app}/**/*.test.{ts,tsx}', 'tests/{contract,sync,house,processes,security}/**/*.test.ts'],
    // Real databases, real hashing: generous, because tests judge outcome and bench/ judges speed.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ['tests/support/failOnConsoleError.ts', 'tests/support/generousWaits.ts'],
    // Loaded through Vite, so that a simulated tablet can have an RxDB of its own (tests/sync/tablets.ts).
    server: { deps: { inline: [/rxdb/] } },
  },
})
