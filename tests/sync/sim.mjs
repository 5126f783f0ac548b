// npm run sim -- 5000 [first seed]: that many histories of tests/sync/simulation.test.ts. Ends with 1 when one of them fails.
import { spawnSync } from 'node:child_process'

const [count = '1000', firstSeed = '1'] = process.argv.slice(2)
if (![count, firstSeed].every((word) => /^\d+$/.test(word))) {
  process.stderr.write('npm run sim -- <histories> [first seed]\n')
  process.exit(2)
}
const env = { ...process.env, HIMS_HISTORIES: count, HIMS_SEED: firstSeed, HIMS_PROGRESS: '1' }
const words = ['run', 'tests/sync/simulation.test.ts', '--disable-console-intercept']
const { status } = spawnSync('node_modules/.bin/vitest', words, { stdio: 'inherit', env })
process.exit(status ?? 1)
