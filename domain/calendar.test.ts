import { expect, test } from 'vitest'
import { ageInYears, bornFromAge, dayOf, daysOfWeek, mondayOf } from './calendar.ts'

test('a day is the day of the place', () => {
  const justBeforeMidnight = Date.UTC(2026, 4, 3, 22, 30)
  expect(dayOf(justBeforeMidnight, 'UTC')).toBe('2026-05-03')
  expect(dayOf(justBeforeMidnight, 'Africa/Nairobi')).toBe('2026-05-04')
})

test('a week starts on Monday', () => {
  expect(mondayOf('2026-05-03')).toBe('2026-04-27')
  expect(mondayOf('2026-05-04')).toBe('2026-05-04')
  expect(daysOfWeek('2026-04-27').at(-1)).toBe('2026-05-03')
})

test('an age is in whole years, the birthday included', () => {
  expect(ageInYears('1990-05-04', '2026-05-03')).toBe(35)
  expect(ageInYears('1990-05-04', '2026-05-04')).toBe(36)
  expect(ageInYears('2030-01-01', '2026-05-04')).toBe(0)
  expect(ageInYears(bornFromAge(34, '2026-02-28'), '2026-02-28')).toBe(34)
})
