import { ageInYears } from '#domain/calendar.ts'
import type { Fields } from '#domain/scalars.ts'
import type { ClientValues } from './clientEntry.ts'

/** An age that was left as it was refused keeps the day it was worked out from. @param today 'YYYY-MM-DD' */
export function withKeptBirth(values: ClientValues, refused: Fields, today: string): ClientValues {
  const { bornOn, bornOnEstimated } = refused
  if (typeof bornOn !== 'string' || bornOnEstimated !== true || values.bornOn === null || !values.bornOnEstimated) return values
  return ageInYears(values.bornOn, today) === ageInYears(bornOn, today) ? { ...values, bornOn } : values
}
