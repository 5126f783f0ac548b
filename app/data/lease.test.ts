import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GRACE_MS, JUMP_MS, leaseOf, passed, renewed, WARN_MS } from './lease.ts'

const START = Date.UTC(2026, 0, 1)
const HOUR = 3_600_000
const DAY = 24 * HOUR
const DAYS = 14

/** The app used for an hour each day. */
function after(days: number) {
  let note = renewed(START)
  for (let day = 1; day <= days; day += 1) note = passed(note, START + day * DAY, HOUR)
  return leaseOf(note, DAYS)
}

test('14 days after the last contact the lease is over, and the last three of them warn', () => {
  expect(after(10)).toEqual({ kind: 'good' })
  expect(after(11)).toEqual({ kind: 'ending', leftMs: WARN_MS })
  expect(after(13)).toEqual({ kind: 'ending', leftMs: DAY })
  expect(after(14)).toEqual({ kind: 'over' })
})

test('a jump of the clock of more than a day leaves 72 hours of use, once', () => {
  let note = passed(renewed(START), START + 400 * DAY, 0)
  expect(leaseOf(note, DAYS)).toEqual({ kind: 'ending', leftMs: GRACE_MS })
  note = passed(note, START + 400 * DAY + 71 * HOUR, 71 * HOUR)
  expect(leaseOf(note, DAYS)).toEqual({ kind: 'ending', leftMs: HOUR })
  note = passed(note, START + 900 * DAY, HOUR)
  expect(leaseOf(note, DAYS)).toEqual({ kind: 'over' })
})

test('to set the clock back never extends the lease, whatever else happens to it', () => {
  const step = fc.record({ moved: fc.integer({ min: -30 * DAY, max: JUMP_MS }), used: fc.integer({ min: 0, max: 5 * HOUR }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 60 * DAY }), (steps, back) => {
      let now = START
      let [honest, cheating] = [renewed(START), renewed(START)]
      for (const { moved, used } of steps) {
        now += used + moved
        honest = passed(honest, now, used)
        cheating = passed(cheating, now - back, used)
        // What the note of before would have been without the step back.
        expect(cheating.latestAt).toBeGreaterThanOrEqual(passed(cheating, now - back, 0).latestAt)
      }
      const before = leaseOf(honest, DAYS)
      const setBack = leaseOf(passed(honest, now - back, 0), DAYS)
      expect(setBack).toEqual(before)
    }),
  )
})

test('without contact, 14 days and 72 hours of use always end it, however the clock is set', () => {
  const clocks = fc.array(fc.integer({ min: -400 * DAY, max: 400 * DAY }), { minLength: 420, maxLength: 420 })
  fc.assert(
    fc.property(clocks, (moves) => {
      let note = renewed(START)
      // An hour of use each time, and the clock anywhere.
      for (const move of moves) note = passed(note, START + move, HOUR)
      expect(leaseOf(note, DAYS)).toEqual({ kind: 'over' })
    }),
    { numRuns: 50 },
  )
})

test('time only takes away: without contact a lease never gets longer by being used', () => {
  const steps = fc.array(fc.integer({ min: 0, max: JUMP_MS }), { maxLength: 60 })
  const left = (lease: ReturnType<typeof leaseOf>) => (lease.kind === 'over' ? 0 : lease.kind === 'ending' ? lease.leftMs : DAYS * DAY)
  fc.assert(
    fc.property(steps, (moves) => {
      let note = renewed(START)
      let now = START
      for (const moved of moves) {
        now += moved
        const next = passed(note, now, 0)
        expect(left(leaseOf(next, DAYS))).toBeLessThanOrEqual(left(leaseOf(note, DAYS)))
        note = next
      }
    }),
  )
})

test('the administrators set how long it is; a short one warns from its half on', () => {
  const note = passed(renewed(START), START + 13 * HOUR, 0)
  expect([7, 2, 1].map((days) => leaseOf(note, days).kind)).toEqual(['good', 'good', 'ending'])
  expect(leaseOf(renewed(START), 1)).toEqual({ kind: 'good' })
  expect(leaseOf(passed(note, START + 24 * HOUR, 0), 1)).toEqual({ kind: 'over' })
})
