import { describe, expect, test } from 'vitest'
import { Busy, createAdmission, PUSHES_FIRST, READS_AT_ONCE, READS_WAITING } from './admission.ts'

/** Reads that end when they are told to. */
function crowd(pushesWaiting = 0) {
  let now = 0
  const admission = createAdmission({ now: () => now, pushesWaiting: () => pushesWaiting })
  const started: (() => void)[] = []
  const come = () => admission.read(() => new Promise<void>((end) => started.push(end)))
  const turnedAway = async () => {
    const error = await come().catch((refused) => refused)
    if (!(error instanceof Busy)) throw new Error('it was let in')
    return error.retryAfterMs
  }
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve))
  return { come, started, turnedAway, nextTurn, pass: (ms: number) => (now += ms) }
}

describe('many devices at once', () => {
  test('L4: a few are served at a time, the others in the order they came', async () => {
    const { come, started, nextTurn } = crowd()
    const ended: number[] = []
    const all = Array.from({ length: READS_AT_ONCE + 2 }, (_, index) => come().then(() => ended.push(index)))
    await nextTurn()
    expect(started).toHaveLength(READS_AT_ONCE)
    for (let index = 0; index < all.length; index += 1) {
      started[index]?.()
      await nextTurn()
    }
    await Promise.all(all)
    expect(ended).toEqual([0, 1, 2, 3, 4, 5])
  })
  test('L4: beyond the queue each is turned away, for longer the more were, and less again when time has passed', async () => {
    const { come, turnedAway, pass } = crowd()
    for (let index = 0; index < READS_AT_ONCE + READS_WAITING; index += 1) void come()
    const first = await turnedAway()
    let last = first
    for (let index = 0; index < 500; index += 1) last = await turnedAway()
    expect(first).toBeGreaterThanOrEqual(500)
    expect(last).toBeGreaterThan(first * 3)
    pass(60_000)
    expect(await turnedAway()).toBeLessThan(first * 2)
  })
  test('L4: a read that fails gives its place to the next', async () => {
    const { nextTurn } = crowd()
    const admission = createAdmission({ now: () => 0, pushesWaiting: () => 0 })
    const fail = () => admission.read(() => Promise.reject(new Error('the database is gone')))
    await Promise.allSettled(Array.from({ length: READS_AT_ONCE * 3 }, fail))
    await nextTurn()
    expect(await admission.read(async () => 'served')).toBe('served')
  })
  test('L4: when pushes wait, reads are turned away before any push is', async () => {
    const { turnedAway } = crowd(PUSHES_FIRST)
    expect(await turnedAway()).toBeGreaterThanOrEqual(500)
  })
})
