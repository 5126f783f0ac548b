import { expect, test } from 'vitest'
import { type Patience, untilNextTry } from './retry.ts'

const patience = (random: number, visible = true): Patience => ({ random: () => random, visible: () => visible })
const tries = Array.from({ length: 12 }, (_, index) => index + 1)

test('L4: each waits a random time, anything from nothing up to what doubles with every failure', () => {
  expect(tries.map((failures) => untilNextTry(failures, patience(0)))).toEqual(tries.map(() => 0))
  expect([1, 2, 3].map((failures) => untilNextTry(failures, patience(0.5)))).toEqual([250, 500, 1_000])
  expect(untilNextTry(2, patience(0.25))).toBe(untilNextTry(1, patience(0.5)))
})

test('L4: nobody who looks waits more than 5 s, and nobody else more than a minute', () => {
  expect(Math.max(...tries.map((failures) => untilNextTry(failures, patience(1))))).toBe(5_000)
  expect(Math.max(...tries.map((failures) => untilNextTry(failures, patience(1, false))))).toBe(60_000)
})

test('L4: a server that names a time spreads everybody over it, whoever looks', () => {
  expect([0, 0.5, 1].map((random) => untilNextTry(9, patience(random), 30_000))).toEqual([0, 15_000, 30_000])
})
