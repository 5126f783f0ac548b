import { localeOf } from './languages.ts'

/** The one way to show days, times and durations. Days are 'YYYY-MM-DD', instants UTC ms. */

const MINUTE = 60_000

/** Making a formatter takes far longer than what it formats, and a list asks for the same one for each row. */
function kept<Options extends object, Formatter>(make: new (locale: string, options: Options) => Formatter) {
  const made = new Map<string, Formatter>()
  return (language: string, options: Options): Formatter => {
    const key = `${language} ${JSON.stringify(options)}`
    const known = made.get(key) ?? new make(localeOf(language), options)
    made.set(key, known)
    return known
  }
}
const dates = kept<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>(Intl.DateTimeFormat)
const numbers = kept<Intl.NumberFormatOptions, Intl.NumberFormat>(Intl.NumberFormat)
const relatives = kept<Intl.RelativeTimeFormatOptions, Intl.RelativeTimeFormat>(Intl.RelativeTimeFormat)

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 1440 * MINUTE],
  ['hour', 60 * MINUTE],
  ['minute', MINUTE],
]

/** '2024-01-05' -> "5 Jan 2024". A day has no time zone, so UTC both ways keeps it the same day. */
export function formatDay(day: string, language: string): string {
  return dates(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
}

/** '2024-01' -> "Jan" or "January 2024". */
export function formatMonth(month: string, language: string, width: 'short' | 'long'): string {
  const at = Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1)
  const year = width === 'long' ? ({ year: 'numeric' } as const) : {}
  return dates(language, { month: width, ...year, timeZone: 'UTC' }).format(at)
}

/** "in 3 days", "today", "2 days ago". */
export function formatDayAway(day: string, today: string, language: string): string {
  const days = Math.round((Date.parse(day) - Date.parse(today)) / (1440 * MINUTE))
  return relatives(language, { numeric: 'auto' }).format(days, 'day')
}

/** "5 Jan 2024, 14:25" in the deployment's time zone, or the device's when none is given. */
export function formatInstant(at: number, language: string, timeZone?: string): string {
  return dates(language, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23', timeZone }).format(at)
}

/** "12 min ago"; "now" within the first minute, and for instants that a wrong clock puts in the future. */
export function formatAgo(at: number, now: number, language: string): string {
  const format = relatives(language, { numeric: 'auto', style: 'short' })
  const elapsed = now - at
  const unit = UNITS.find(([, length]) => elapsed >= length)
  return unit === undefined ? format.format(0, 'second') : format.format(-Math.floor(elapsed / unit[1]), unit[0])
}

const LENGTHS: [string, number][] = [
  ['year', 525_960 * MINUTE],
  ['day', 1440 * MINUTE],
  ['hour', 60 * MINUTE],
  ['minute', MINUTE],
]

/** "3 hours", "12 minutes", at least "1 minute": for what is only known roughly. @param ms of either sign */
export function formatLength(ms: number, language: string): string {
  const length = Math.max(Math.abs(ms), MINUTE)
  const [unit, unitMs] = LENGTHS.find(([, one]) => length >= one * 0.95) ?? ['minute', MINUTE]
  const count = Math.max(1, Math.round(length / unitMs))
  return numbers(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}

const MB = 1024 * 1024

/** "12 MB", "1.5 GB"; a little counts as 1 MB. */
export function formatSize(bytes: number, language: string): string {
  const [value, unit] = bytes < 1024 * MB ? [Math.ceil(bytes / MB), 'megabyte'] : [bytes / MB / 1024, 'gigabyte']
  return numbers(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(value)
}

export function formatNumber(value: number, language: string): string {
  return numbers(language, {}).format(value)
}
