import { expect, test } from 'vitest'
import { clockIsOff } from './clock.ts'

test('a clock is worth a word when it is more than 10 minutes off, either way', () => {
  const minutes = (count: number) => clockIsOff(count * 60_000)
  expect([-11, -10, 0, 10, 11].map(minutes)).toEqual([true, false, false, false, true])
  expect(clockIsOff(null)).toBe(false)
})
