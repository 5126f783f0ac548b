import { expect, test } from 'vitest'
import { formatLength, formatSize } from './dates.ts'

const MINUTE = 60_000

test('a length of time is said in one unit, of either sign, and is never nothing', () => {
  const lengths = [1, -12 * MINUTE, 59 * MINUTE, 3.2 * 60 * MINUTE, -26 * 60 * MINUTE, 3 * 525_960 * MINUTE]
  expect(lengths.map((ms) => formatLength(ms, 'en'))).toEqual(['1 minute', '12 minutes', '1 hour', '3 hours', '1 day', '3 years'])
  expect(formatLength(3 * 60 * MINUTE, 'sw')).toBe('saa 3')
})

test('a size is whole megabytes, then gigabytes', () => {
  const MB = 1024 * 1024
  expect([1, 11.2 * MB, 1536 * MB].map((bytes) => formatSize(bytes, 'en'))).toEqual(['1 MB', '12 MB', '1.5 GB'])
})
