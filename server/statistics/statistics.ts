import { dayOf } from '#domain/calendar.ts'
import { type Overview, overview } from '#domain/statistics/overview.ts'
import type { Dependencies } from '#server/services.ts'

export type Statistics = ReturnType<typeof createStatistics>

/** Figures for viewers, from the running totals: never a count over the records. */
export function createStatistics({ config, database, now }: Dependencies) {
  return {
    overview: (): Promise<Overview> =>
      database.snapshot(async (sql) => {
        const counters = await sql.all<{ key: string; value: number }>('SELECT key, value FROM "Counter"')
        const programs = await sql.all<{ id: string; name: string }>('SELECT id, name FROM "Program" WHERE deleted = 0')
        const asOf = now()
        const rows = counters.map(({ key, value }) => [key, value] as const)
        return overview(rows, programs, dayOf(asOf, config.timeZone), asOf)
      }),
  }
}
