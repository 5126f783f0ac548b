import type { MistakeWord } from '#app/language/mistakes.ts'
import { ageInYears, bornFromAge } from '#domain/calendar.ts'
import { isPlainDate } from '#domain/scalars.ts'
import type { TypedClient } from './typedClient.ts'

const OLDEST_YEARS = 120

type TypedBirth = Pick<TypedClient, 'birth' | 'birthDay' | 'birthMonth' | 'birthYear' | 'age'>
export type Birth = { bornOn: string | null; bornOnEstimated: boolean }
type BirthMistake = { field: keyof TypedBirth; word: MistakeWord }

/** A year alone, or year and month, stand for their middle and count as estimated, as in the import. @param today 'YYYY-MM-DD' */
export function readBirth(typed: TypedBirth, today: string): Birth | BirthMistake {
  return typed.birth === 'age' ? fromAge(typed.age.trim(), today) : fromDate(typed, today)
}

function fromAge(age: string, today: string): Birth | BirthMistake {
  if (age === '') return { bornOn: null, bornOnEstimated: false }
  const years = /^\d{1,3}$/.test(age) ? Number(age) : Infinity
  if (years > OLDEST_YEARS) return { field: 'age', word: 'age-impossible' }
  return { bornOn: bornFromAge(years, today), bornOnEstimated: true }
}

function fromDate(typed: TypedBirth, today: string): Birth | BirthMistake {
  const [day, month, year] = [typed.birthDay.trim(), typed.birthMonth.trim(), typed.birthYear.trim()]
  if (day === '' && month === '' && year === '') return { bornOn: null, bornOnEstimated: false }
  if (!/^\d{4}$/.test(year)) return { field: 'birthYear', word: 'birth-year-needed' }
  if (day !== '' && month === '') return { field: 'birthMonth', word: 'birth-month-needed' }
  const bornOn = wholeDate(day, month, year, today)
  if (!isPlainDate(bornOn)) return { field: 'birthDay', word: 'birth-impossible' }
  if (bornOn > today) return { field: 'birthYear', word: 'birth-future' }
  if (ageInYears(bornOn, today) > OLDEST_YEARS) return { field: 'birthYear', word: 'birth-too-old' }
  return { bornOn, bornOnEstimated: day === '' }
}

function wholeDate(day: string, month: string, year: string, today: string): string {
  const date = (m: string, d: string) => `${year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  if (day !== '') return date(month, day)
  const [middle, start] = month === '' ? [date('7', '1'), date('1', '1')] : [date(month, '15'), date(month, '1')]
  return middle <= today ? middle : start
}
