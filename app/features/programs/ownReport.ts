import type { LocalRecord } from '#app/data/tablet.ts'
import type { RecordOf } from '#domain/collections.ts'
import { type Report, report } from '#domain/statistics/measures.ts'
import { monthAfter, personOf, tally } from '#domain/statistics/tally.ts'

export interface OwnReportParts {
  enrollments: readonly LocalRecord<'enrollments'>[]
  clientOf: (id: string) => RecordOf<'clients'> | undefined
  programId: string
  /** 'YYYY-MM-DD' */
  today: string
  /** How many, up to the one of today. */
  months: number
}

/** The report of one program over what is on this device: counted by the server's words, so that both say the same. */
export function ownReport({ enrollments, clientOf, programId, today, months }: OwnReportParts): Report {
  const counters = new Map<string, number>()
  for (const { record } of enrollments) {
    if (record.programId !== programId) continue
    const client = clientOf(record.clientId)
    const person = personOf(client === undefined ? null : { fields: { sex: client.sex, bornOn: client.bornOn } })
    const { createdAt } = record
    // Of an enrollment no counter is of a day in a time zone.
    for (const key of tally('enrollments', { fields: { ...record }, deleted: false, createdAt }, 'UTC', person))
      counters.set(key, (counters.get(key) ?? 0) + 1)
  }
  const to = today.slice(0, 7)
  const filter = { facility: null, program: programId, from: monthAfter(to, 1 - months), to }
  return report({ counters, programs: [], filter, today, asOf: 0 })
}
