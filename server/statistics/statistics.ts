import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { may, type Role } from '#domain/access/access.ts'
import { dayOf, mondayOf } from '#domain/calendar.ts'
import { type DataValueSet, dataValueSet } from '#domain/statistics/dhis2.ts'
import { type Report, type ReportFilter, report } from '#domain/statistics/measures.ts'
import { forViewers, type Overview, overview } from '#domain/statistics/overview.ts'
import type { CounterName } from '#domain/statistics/tally.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { areCountersOfToday, type CounterFault, counterFaults, rebuildCounters } from './counters.ts'
import { DHIS2_FILE, readDhis2Mapping } from './dhis2File.ts'

export type Statistics = ReturnType<typeof createStatistics>

/** What the tiles are made of, besides who was registered this week; the others are read for a report only. */
const OF_OVERVIEW: readonly CounterName[] = ['clients', 'programs', 'enrollments']
const OF_REPORT: readonly CounterName[] = [
  ...OF_OVERVIEW,
  'registered',
  'persons',
  'begun',
  'ended',
  'left',
  'enrolled',
  'visits',
  'issues',
]

/** Figures for viewers, from the running totals: never a count over the records. */
export function createStatistics({ config, database, now }: Dependencies) {
  const exact = (): Promise<Overview> =>
    database.snapshot(async (sql) => {
      const asOf = now()
      const today = dayOf(asOf, config.timeZone)
      const rows = [...(await counters(sql, OF_OVERVIEW)), ...(await between(sql, `registered|${mondayOf(today)}`, 'registered}'))]
      return overview(rows, await programs(sql), today, asOf)
    })
  return {
    /** For those who may see exact figures. */
    overview: exact,
    /** As whoever has these roles may see it. */
    overviewFor: async (roles: readonly Role[]): Promise<Overview> => {
      const figures = await exact()
      return may(roles, 'reports.view') ? figures : forViewers(figures)
    },
    /** Exact figures, for those who may see them. */
    report: (filter: ReportFilter): Promise<Report> =>
      database.snapshot(async (sql) => {
        const asOf = now()
        const today = dayOf(asOf, config.timeZone)
        return report({ counters: await counters(sql, OF_REPORT), programs: await programs(sql), filter, today, asOf })
      }),
    /** Whether the operator has said how figures go to DHIS2. */
    hasDhis2: async (): Promise<boolean> => existsSync(join(config.dataDir, DHIS2_FILE)),
    /** Of a month 'YYYY-MM'; null without a mapping. Throws `Refusal`: invalid (the mapping). */
    async dhis2(month: string): Promise<DataValueSet | null> {
      const mapping = await readDhis2Mapping(config.dataDir)
      if (mapping === null) return null
      const asOf = now()
      const today = dayOf(asOf, config.timeZone)
      const rows = await database.snapshot((sql) => counters(sql, OF_REPORT))
      const reportOf = (facility: string, program: string | null) =>
        report({ counters: rows, programs: [], filter: { facility, program, from: month, to: month }, today, asOf })
      return dataValueSet({ mapping, month, today, reportOf })
    },
    programs: (): Promise<{ id: string; name: string }[]> => programs(database.read),
    /** Before anybody is served: totals that an earlier version counted by other words are counted anew. */
    async ensure(): Promise<void> {
      if (await areCountersOfToday(database.read)) return
      await database.write((sql) => rebuildCounters(sql, config.timeZone))
    },
    /** What was wrong with the totals; they are right afterwards. */
    rebuild: (): Promise<CounterFault[]> =>
      database.write(async (sql) => {
        const faults = await counterFaults(sql, config.timeZone)
        await rebuildCounters(sql, config.timeZone)
        return faults
      }),
  }
}

/** Of these names: keys that begin with one, in the order of the primary key. */
async function counters(sql: Sql, names: readonly CounterName[]): Promise<(readonly [string, number])[]> {
  return (await Promise.all(names.map((name) => between(sql, `${name}|`, `${name}}`)))).flat()
}

async function between(sql: Sql, from: string, before: string): Promise<(readonly [string, number])[]> {
  const rows = await sql.all<{ key: string; value: number }>('SELECT key, value FROM "Counter" WHERE key >= ? AND key < ?', from, before)
  return rows.map(({ key, value }) => [key, value] as const)
}

function programs(sql: Sql): Promise<{ id: string; name: string }[]> {
  return sql.all('SELECT id, name FROM "Program" WHERE deleted = ? ORDER BY id', 0)
}
