// npm test: everything, from a fresh clone to the last line `N passed, N failed`. Plain JavaScript, because nothing is
// installed yet when it starts. `--full` runs the counts that the issues name.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { prepare } from '../server/operations/prepare.mjs'
import { findChromium } from './chromium.mjs'

const full = process.argv.includes('--full')
const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length)
const results = 'test-results'
const bin = (name) => `node_modules/.bin/${name}`
/** With --full each test runs as often as the issues say; else a sample of it. */
const counts = { HIMS_FULL: full ? '1' : '0' }
const total = { passed: 0, failed: 0, skipped: [] }

await prepare()
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

step('types', () => simple(bin('tsc'), ['-p', '.']))
step('types of the worker', () => simple(bin('tsc'), ['-p', 'sw']))
step('lint', () => simple(bin('biome'), ['check', '.', '--error-on-warnings']))
step('import rules', () => simple(bin('depcruise'), ['app', 'domain', 'server', 'sw', 'tests', '--config', '.dependency-cruiser.cjs']))
step('known weaknesses of dependencies', () => audit())
step('unit, integration, sync simulation', () => {
  vitest('vitest', ['--exclude', 'tests/processes/**'], { ...counts, HIMS_HISTORIES: full ? '1000' : '300' })
})
step('PostgreSQL: the same tests, several nodes, kill -9', () => {
  const sample = ['tests/postgresql', 'server/sync', 'tests/contract', 'tests/sync']
  vitest('postgresql', ['--config', 'tests/postgresql/vitest.config.ts', ...(full ? [] : sample)], {
    ...counts,
    HIMS_KILLS: full ? '100' : '9',
  })
})
step('processes: kill -9 of the real server', () => {
  vitest('processes', ['tests/processes'], { ...counts, HIMS_KILLS: full ? '100' : '30' })
})
step('end to end', () => {
  const file = `${results}/e2e.json`
  const code = run(bin('playwright'), ['test'], { CHROMIUM: findChromium(), ...counts })
  count(code, file, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped > 0 ? [`${stats.skipped} end-to-end tests`] : [],
  }))
})

for (const name of total.skipped) process.stdout.write(`NOT RUN: ${name}\n`)
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`)
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)

function step(name, work) {
  if (only !== undefined && !name.includes(only)) return
  process.stdout.write(`\n== ${name}\n`)
  const began = Date.now()
  try {
    work()
  } catch (error) {
    total.failed += 1
    process.stdout.write(`${error.stack}\n`)
  }
  process.stdout.write(`-- ${name}: ${Math.round((Date.now() - began) / 1000)} s\n`)
}

function vitest(name, which, env) {
  const file = `${results}/${name}.json`
  const code = run(bin('vitest'), ['run', ...which, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`], env)
  count(code, file, (report) => ({
    passed: report.numPassedTests,
    failed:
      report.numFailedTests +
      report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length,
    skipped: report.testResults.flatMap(({ assertionResults }) =>
      assertionResults
        .filter(({ status, fullName }) => status !== 'passed' && status !== 'failed' && !isElsewhere(name, fullName))
        .map(({ fullName }) => fullName),
    ),
  }))
}

/** What is about a file of SQLite is run there. */
function isElsewhere(name, test) {
  return name === 'postgresql' && test.includes('SQLite: ')
}

function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } })
  if (error) throw error
  return status ?? 1
}

function simple(command, args) {
  if (run(command, args) === 0) total.passed += 1
  else total.failed += 1
}

/** Asks the registry, which not every one can answer: what could not be asked is said, and what was found warns. */
function audit() {
  const { stdout } = spawnSync('npm', ['audit', '--omit', 'dev', '--json'], { encoding: 'utf8', timeout: 60_000 })
  const found = readJson(stdout)?.metadata?.vulnerabilities
  if (found === undefined) total.skipped.push('npm audit: the registry does not answer it')
  else if (found.total > 0)
    process.stdout.write(`WARNING: npm audit knows of ${found.high} high and ${found.critical} critical weaknesses\n`)
  else total.passed += 1
}

function readJson(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A runner that failed without a failed test (it crashed, or found nothing to run) counts as one failure. */
function count(code, file, read) {
  const counted = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0, skipped: [] }
  total.passed += counted.passed
  total.failed += counted.failed
  total.skipped.push(...counted.skipped)
  if ((code !== 0 && counted.failed === 0) || counted.passed === 0) total.failed += 1
}
