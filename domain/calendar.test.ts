import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { ageInYears, bornFromAge, dayOf, daysOfWeek, mondayOf, todayIn } from './calendar.ts'

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

test('an age is what the calendar says, also of those who were born on a 29th of February', () => {
  for (const born of ['2000-02-29', '1999-12-31', '2001-01-01', '1904-02-29'])
    for (let day = Temporal.PlainDate.from('2023-02-20'); day.year < 2025; day = day.add({ days: 5 }))
      expect(ageInYears(born, day.toString())).toBe(Temporal.PlainDate.from(born).until(day, { largestUnit: 'years' }).years)
})

test('today is the day of the place at every moment, also on days of 23 and 25 hours and when the clock is set back', () => {
  let at = Date.UTC(2026, 2, 27)
  const today = todayIn('Europe/Berlin', () => at)
  for (let hour = 0; hour < 24 * 9; hour += 1) {
    at += 3_600_000
    expect(today()).toBe(dayOf(at, 'Europe/Berlin'))
  }
  at -= 5 * 86_400_000
  expect(today()).toBe(dayOf(at, 'Europe/Berlin'))
})
