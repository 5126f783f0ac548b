import { z } from 'zod'

/** What one field of a record can hold; `null` is "unknown" or "not given". */
export type Scalar = string | number | boolean | null
export type Fields = Record<string, Scalar>

/** A line of text without space at its ends and without control characters. */
export const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .regex(/^\S(.*\S)?$/u)

/** Free text of several lines. Half a character (a lone surrogate) would be stored as another one. */
export const paragraph = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/\S/)
    .regex(/^[^\p{Cs}]*$/u)

/** A calendar day 'YYYY-MM-DD' that exists, without a time zone. */
export const plainDate = z.string().refine(isPlainDate)

/** By the calendar's own rules: a day is looked at for every change of a record, and `Temporal` takes 10 microseconds. */
export function isPlainDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0)
  return day >= 1 && day <= days
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The last moment that a calendar can show (ECMAScript's time range); beyond it no screen could say when it was. */
const LAST_INSTANT = 8_640_000_000_000_000

/** UTC milliseconds since 1970. */
export const instant = z.number().int().nonnegative().max(LAST_INSTANT)
