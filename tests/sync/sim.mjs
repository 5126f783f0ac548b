// npm run sim -- 5000 [first seed]: that many histories of tests/sync/simulation.test.ts. Ends with 1 when one of them fails.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Histories of one process: what a night of them leaves in memory would be gigabytes. */
const AT_ONCE = 100

const [count = '1000', firstSeed = '1'] = process.argv.slice(2)
if (![count, firstSeed].every((word) => /^\d+$/.test(word))) {
  process.stderr.write('npm run sim -- <histories> [first seed]\n')
  process.exit(2)
}
const folder = mkdtempSync(join(tmpdir(), 'hims-sim-'))
const end = Number(firstSeed) + Number(count)
let failed = 0
for (let seed = Number(firstSeed); seed < end; seed += AT_ONCE) {
  const histories = String(Math.min(AT_ONCE, end - seed))
  const env = {
    ...process.env,
    HIMS_HISTORIES: histories,
    HIMS_SEED: String(seed),
    HIMS_PROGRESS: '1',
    HIMS_REPORT: join(folder, 'report'),
  }
  // Which kinds of fault there were is asked of all histories together: of a hundred a rare one may be missing.
  const tests = seed + AT_ONCE >= end ? 'nothing is lost|every kind of fault' : 'nothing is lost'
  const words = ['run', 'tests/sync/simulation.test.ts', '--disable-console-intercept', '-t', tests]
  const { status } = spawnSync('node_modules/.bin/vitest', words, { stdio: 'inherit', env })
  if (status !== 0) failed += 1
}
rmSync(folder, { recursive: true })
process.stdout.write(`${failed} of ${Math.ceil(Number(count) / AT_ONCE)} processes found something\n`)
process.exit(failed === 0 ? 0 : 1)
