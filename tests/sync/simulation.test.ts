import { afterAll, expect, test, vi } from 'vitest'
import { liveThrough, type Told } from './simulation/history.ts'
import { asLines, Report } from './simulation/report.ts'

// Whole histories of a clinic: real server code on a real database file, real device code, and everything that can go
// wrong between them. Time, network, storage and randomness are the tester's. `npm run sim -- 5000` for a night.
vi.mock('socket.io', () => import('./simulation/sockets.ts'))
vi.mock('node:crypto', async (original) => (await import('./simulation/randomness.ts')).seeded(await original()))

const HISTORIES = Number(process.env.HIMS_HISTORIES ?? 20)
const FIRST_SEED = Number(process.env.HIMS_SEED ?? 1)
const AT_ONCE = 10
const LONGEST_MS = 600_000

const report = new Report(FIRST_SEED)
afterAll(() => {
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

test(
  'P1: the same seed is the same history, to the last number',
  async () => {
    const once = await liveThrough(5)
    const again = await liveThrough(5)
    expect(once.edits).toBeGreaterThan(5)
    expect(again).toEqual(once)
  },
  LONGEST_MS,
)

test(
  'P1: another seed is another history',
  async () => {
    expect((await liveThrough(6)).hash).not.toBe((await liveThrough(7)).hash)
  },
  LONGEST_MS,
)
