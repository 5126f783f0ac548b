import { Temporal } from 'temporal-polyfill'

/** The instants (UTC ms) at which a calendar day begins and the next one does; 23 or 25 hours apart when clocks change. */
export function dayBounds(day: string, timeZone: string): { from: number; to: number } {
  const date = Temporal.PlainDate.from(day)
  const start = (of: Temporal.PlainDate) => of.toZonedDateTime(timeZone).epochMilliseconds
  return { from: start(date), to: start(date.add({ days: 1 })) }
}
