import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, expect, test, vi } from 'vitest'
import { KINDS } from './simulation/faults.ts'
import { liveThrough, type Told } from './simulation/history.ts'
import { asLines, Report } from './simulation/report.ts'

// Whole histories of a clinic: real server code on a real database file, real device code, and everything that can go
// wrong between them. Time, network, storage and randomness are the tester's. `npm run sim -- 5000` for a night.
vi.mock('socket.io', () => import('./simulation/sockets.ts'))
vi.mock('node:crypto', async (original) => (await import('./simulation/randomness.ts')).seeded(await original()))

const HISTORIES = Number(process.env.HIMS_HISTORIES ?? 20)
const FIRST_SEED = Number(process.env.HIMS_SEED ?? 1)
const AT_ONCE = 10
/** So many histories meet every kind of fault. */
const ENOUGH = 100
const LONGEST_MS = 600_000

/** Several processes one after the other make one report (tests/sync/sim.mjs). */
const REPORT = process.env.HIMS_REPORT
const report = Report.from(REPORT, FIRST_SEED)
afterAll(() => {
  if (REPORT !== undefined) report.save(REPORT)
  process.stdout.write(`${report}`)
})

for (let seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed += AT_ONCE) {
  const last = Math.min(seed + AT_ONCE, FIRST_SEED + HISTORIES) - 1
  const work = () => liveThroughAll(seed, last)
  test(
    `P1 P2 P4 O4 M1 S1 S2 S4 S6 S10 C1 L2: nothing is lost, applied twice or different at the end, seeds ${seed} to ${last}`,
    work,
    LONGEST_MS,
  )
}

async function liveThroughAll(from: number, to: number): Promise<void> {
  const wrong: string[] = []
  for (let seed = from; seed <= to; seed += 1) {
    const told: Told | Error = await liveThrough(seed).catch((error) => error)
    if (told instanceof Error) wrong.push(`seed ${seed}: ${told.stack}`)
    else {
      report.add(told)
      wrong.push(...asLines(seed, told.findings))
    }
  }
  if (process.env.HIMS_PROGRESS) process.stdout.write(`${to - FIRST_SEED + 1} of ${HISTORIES}: ${wrong.join('\n') || 'all hold'}\n`)
  expect(wrong).toEqual([])
}

test.runIf(HISTORIES >= ENOUGH)('P1: every kind of fault has happened in these histories, not only been made ready', () => {
  expect(KINDS.filter((kind) => !report.faults[kind])).toEqual([])
})

const SAME = { first: 5, count: 4 }
const same = Array.from({ length: SAME.count }, (_, index) => SAME.first + index)

test(
  'P1: the same seed is the same history, to the last number, whatever was lived through before',
  async () => {
    const once = new Map<number, Told>()
    for (const seed of same) once.set(seed, await liveThrough(seed))
    for (const seed of same.toReversed()) expect(await liveThrough(seed)).toEqual(once.get(seed))
    for (const { edits } of once.values()) expect(edits).toBeGreaterThan(5)
    expect(new Set([...once.values()].map(({ hash }) => hash)).size).toBe(SAME.count)
  },
  LONGEST_MS,
)

test(
  'P1: the same seeds are the same histories in another process',
  async () => {
    const here = new Report(SAME.first)
    for (const seed of same) here.add(await liveThrough(seed))
    // Not what this vitest has told its own workers.
    const env: NodeJS.ProcessEnv = { ...process.env, HIMS_SEED: String(SAME.first), HIMS_HISTORIES: String(SAME.count) }
    for (const name of Object.keys(env)) if (name.startsWith('VITEST') || name === 'HIMS_PROGRESS') delete env[name]
    const words = ['run', 'tests/sync/simulation.test.ts', '-t', 'nothing is lost', '--disable-console-intercept']
    const { stdout } = await promisify(execFile)('node_modules/.bin/vitest', words, { env })
    expect(stdout).toContain(`all of it ${here.hash}`)
  },
  LONGEST_MS,
)
