import { dayOf } from '#domain/calendar.ts'

/** The calendar day 'YYYY-MM-DD' where this device is, by its own clock: what the person at the screen calls today. */
export function today(): string {
  return dayOf(Date.now(), Intl.DateTimeFormat().resolvedOptions().timeZone)
}
