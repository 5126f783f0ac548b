import { expect, test } from 'vitest'
import { isOff, timesOf } from './clocks.ts'

const NOON = Date.UTC(2026, 0, 5, 12)
const MINUTE_MS = 60_000

test('two times within a minute are one', () => {
  expect(timesOf({ writtenAt: NOON - 30_000, arrivedAt: NOON })).toEqual({ first: NOON, arrived: null, wasAhead: false })
})

test('a change that waited for a network shows both times', () => {
  expect(timesOf({ writtenAt: NOON - 60 * MINUTE_MS, arrivedAt: NOON })).toEqual({
    first: NOON - 60 * MINUTE_MS,
    arrived: NOON,
    wasAhead: false,
  })
})

test('a change written after it arrived tells of a wrong clock (rule L3)', () => {
  expect(timesOf({ writtenAt: NOON + 5 * MINUTE_MS, arrivedAt: NOON }).wasAhead).toBe(true)
})

test('a clock that no server was compared with is not called wrong', () => {
  expect([null, 500, -30 * MINUTE_MS].map(isOff)).toEqual([false, false, true])
})
