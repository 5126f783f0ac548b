import { setImmediate as turn } from 'node:timers/promises'
import type { Dependencies } from '#server/services.ts'
import { csvHead, csvLines } from './csv.ts'
import { fhirLines } from './fhir.ts'
import { type AuditFilter, conditions } from './filter.ts'
import type { StoredEvent } from './log.ts'
import { withNames } from './names.ts'

export type AuditFormat = 'csv' | 'fhir'

const AT_ONCE = 500

/** The events that were there when it began, oldest first, as texts that make one file. */
export async function* exportTexts(
  { config, database }: Pick<Dependencies, 'config' | 'database'>,
  format: AuditFormat,
  filter: AuditFilter,
): AsyncGenerator<string> {
  const newest = await database.read.get<{ seq: number }>('SELECT "auditSeq" AS seq FROM "Tail" WHERE id = 1')
  if (format === 'csv') yield csvHead()
  for (let above = 0; ; ) {
    const { where, values } = conditions(filter, config.timeZone, { above })
    const events = await database.read.all<StoredEvent>(
      `SELECT * FROM "AuditEvent" ${where} AND seq <= ? ORDER BY seq LIMIT ?`,
      ...values,
      newest?.seq ?? 0,
      AT_ONCE,
    )
    const last = events.at(-1)
    if (last === undefined) return
    const rows = await withNames(database.prisma, events)
    yield format === 'csv' ? csvLines(rows) : fhirLines(rows, config.origin)
    above = last.seq
    await turn()
  }
}
