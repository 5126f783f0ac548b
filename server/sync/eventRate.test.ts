import { expect, test } from 'vitest'
import { EventRate } from './eventRate.ts'

test('a burst of five seconds passes, then 50 a second', () => {
  let now = 0
  const rate = new EventRate(50, () => now)
  for (let event = 0; event < 250; event += 1) expect(rate.take()).toBe(0)
  expect(rate.take()).toBe(5000)
  now = 1000
  const passed = Array.from({ length: 100 }, () => rate.take()).filter((answer) => answer === 0)
  expect(passed.length).toBe(50)
})

test('a flood ends the connection, and a pause forgives', () => {
  let now = 0
  const rate = new EventRate(50, () => now)
  const flood = () => Array.from({ length: 250 + 1001 }, () => rate.take())
  expect(flood().slice(-2)).toEqual([5000, 'flood'])
  now = 60_000
  expect(rate.take()).toBe(0)
  expect(Array.from({ length: 300 }, () => rate.take()).at(-1)).toBe(5000)
})
