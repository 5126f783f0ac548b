import { yearsBefore } from '../calendar.ts'

/** Whole years from the first number up to, and without, the second: the bands that health programs report by. */
const BANDS = { 'under-1': [0, 1], '1-4': [1, 5], '5-14': [5, 15], '15-24': [15, 25], '25-49': [25, 50], 'from-50': [50, null] } as const

export type AgeBand = keyof typeof BANDS | 'unknown'
export const AGE_BANDS = [...Object.keys(BANDS), 'unknown'] as readonly AgeBand[]

/**
 * Whether somebody born on a day is of the age, worked out once for many people: the days of birth it stands for are
 * compared as texts.
 * @param today 'YYYY-MM-DD'
 */
export function isOfAge(band: AgeBand, today: string): (bornOn: string | null) => boolean {
  if (band === 'unknown') return (bornOn) => bornOn === null
  const [from, to] = BANDS[band]
  const latest = from === 0 ? '9999-12-31' : yearsBefore(today, from)
  const earliest = to === null ? '' : yearsBefore(today, to)
  return (bornOn) => bornOn !== null && bornOn <= latest && bornOn > earliest
}

/** @param years whole years, or null when the age is not known */
export function bandOf(years: number | null): AgeBand {
  if (years === null) return 'unknown'
  const found = (Object.keys(BANDS) as (keyof typeof BANDS)[]).find((band) => {
    const [from, to] = BANDS[band]
    return years >= from && (to === null || years < to)
  })
  return found ?? 'under-1'
}
