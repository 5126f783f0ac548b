import { Temporal } from 'temporal-polyfill'
import { remembered } from './remembered.ts'

/** The calendar day 'YYYY-MM-DD' of an instant (UTC ms) in a time zone such as 'Africa/Nairobi'. */
export function dayOf(at: number, timeZone: string): string {
  return dayIn(`${at} ${timeZone}`)
}

/** The records that people work on are asked for again and again. */
const dayIn = remembered((instant) => {
  const [at = '', timeZone = ''] = instant.split(' ')
  return Temporal.Instant.fromEpochMilliseconds(Number(at)).toZonedDateTimeISO(timeZone).toPlainDate().toString()
})

/** The Monday of the week that `day` lies in. Weeks start on Monday (ISO 8601). */
export function mondayOf(day: string): string {
  const date = Temporal.PlainDate.from(day)
  return date.subtract({ days: date.dayOfWeek - 1 }).toString()
}

/** The seven days of the week that starts at `monday`. */
export function daysOfWeek(monday: string): string[] {
  const first = Temporal.PlainDate.from(monday)
  return Array.from({ length: 7 }, (_, index) => first.add({ days: index }).toString())
}

export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

/** Whole years from `bornOn` to `today`, never below 0. By comparing texts: `Temporal` takes 40 microseconds, for each client of a page. */
export function ageInYears(bornOn: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(bornOn.slice(0, 4))
  return Math.max(0, today.slice(5) < bornOn.slice(5) ? years - 1 : years)
}

/** Asks what day it is; the time zone's rules are only asked again when a day is over. @param now in UTC ms */
export function todayIn(timeZone: string, now: () => number): () => string {
  let known = { day: '', from: 0, to: 0 }
  return () => {
    const at = now()
    if (at < known.from || at >= known.to) {
      const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate()
      const start = (of: Temporal.PlainDate) => of.toZonedDateTime(timeZone).epochMilliseconds
      known = { day: date.toString(), from: start(date), to: start(date.add({ days: 1 })) }
    }
    return known.day
  }
}

/** The same day `years` ago; the 28th of February for a 29th that was not. */
export function yearsBefore(day: string, years: number): string {
  return Temporal.PlainDate.from(day).subtract({ years }).toString()
}

/** The birth date that stands for "about `years` old on `today`". */
export function bornFromAge(years: number, today: string): string {
  return yearsBefore(today, years)
}

export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}
