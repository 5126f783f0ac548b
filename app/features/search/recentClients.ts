import type { LocalRecord } from '#app/data/tablet.ts'
import type { RecordOf } from '#domain/collections.ts'

/** Those changed last, newest first. One pass: sorting all of a large facility would be felt after each change. */
export function recentClients(records: readonly LocalRecord<'clients'>[], count: number): RecordOf<'clients'>[] {
  const newest: RecordOf<'clients'>[] = []
  for (const { record } of records) {
    if (record.mergedInto !== null || record.updatedAt <= (newest[count - 1]?.updatedAt ?? -1)) continue
    const place = newest.findIndex(({ updatedAt }) => updatedAt < record.updatedAt)
    newest.splice(place === -1 ? newest.length : place, 0, record)
    newest.length = Math.min(newest.length, count)
  }
  return newest
}
