import { expect, test } from 'vitest'
import { median, unusualFrom } from './usage.ts'

test('the median is the middle one, or between the two in the middle', () => {
  expect([median([]), median([3]), median([9, 1, 5]), median([4, 1, 2, 9])]).toEqual([0, 3, 5, 3])
})

test('five times the usual is unusual, and a small number never is', () => {
  expect([unusualFrom(0), unusualFrom(8), unusualFrom(100)]).toEqual([50, 50, 500])
})
