import { expect, test } from 'vitest'
import { ageInYears } from '../calendar.ts'
import { AGE_BANDS, isOfAge } from './ageBand.ts'

test('a birthday is the first day of the new age, also one on the 29th of February', () => {
  const isUnder5 = isOfAge('1-4', '2026-11-25')
  expect([isUnder5('2021-11-26'), isUnder5('2021-11-25'), isUnder5('2025-11-25'), isUnder5('2025-11-26')]).toEqual([
    true,
    false,
    true,
    false,
  ])
  expect(isOfAge('15-24', '2019-02-28')('2004-02-29')).toBe(false)
  expect(isOfAge('15-24', '2019-03-01')('2004-02-29')).toBe(true)
})

test('everybody is of one age, the one that the calendar says', () => {
  for (const today of ['2026-11-25', '2024-02-29', '2025-03-01']) {
    for (let days = 0; days < 25_000; days += 37) {
      const bornOn = new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10)
      const bands = AGE_BANDS.filter((band) => isOfAge(band, today)(bornOn))
      expect(bands).toHaveLength(1)
      const years = ageInYears(bornOn, today)
      const [low = 0, high = Number.POSITIVE_INFINITY] = bands[0] === 'under-1' ? [0, 0] : (bands[0]?.match(/\d+/g) ?? []).map(Number)
      expect(years >= low && years <= high, `${bornOn} on ${today} is ${years}`).toBe(true)
    }
  }
  expect(AGE_BANDS.filter((band) => isOfAge(band, '2026-11-25')(null))).toEqual(['unknown'])
})

test('a birth after today, by a tablet whose clock is behind, counts as the youngest', () => {
  expect(isOfAge('under-1', '2026-11-25')('2026-11-27')).toBe(true)
})
