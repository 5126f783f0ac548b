import { Temporal } from 'temporal-polyfill'
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
    .regex(/^[^\p{Cc}]*$/u)
    .regex(/^\S(.*\S)?$/u)

/** Free text of several lines. */
export const paragraph = (max: number) => z.string().min(1).max(max).regex(/\S/)

/** A calendar day 'YYYY-MM-DD' that exists, without a time zone. */
export const plainDate = z.string().refine(isPlainDate)

export function isPlainDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}

/** UTC milliseconds since 1970. */
export const instant = z.number().int().nonnegative()
