import type { Sql } from '#server/database/sql.ts'
import type { World } from '../world.ts'
import { type HistoryLine, readHistory } from './historyLines.ts'
import { type Finding, found } from './proof.ts'

/** R4: of two changes that were sent again, the one that came first then is never written over the one that came later. */
export async function resentChangesKeepTheirOrder(_world: World, sql: Sql): Promise<Finding[]> {
  const wrong: string[] = []
  const newest = new Map<string, HistoryLine>()
  for (const line of await readHistory(sql)) {
    const { collection, recordId, field, outcome, resentEpoch, resentSeq } = line
    if (resentEpoch === null || (outcome !== 'taken' && outcome !== 'replaced')) continue
    const key = `${collection}/${recordId}/${field} ${resentEpoch}`
    const before = newest.get(key)
    if (before && Number(before.resentSeq) > Number(resentSeq))
      wrong.push(`${key}: ${line.to} of ${resentSeq} was written over ${before.to} of ${before.resentSeq}`)
    if (!before || Number(before.resentSeq) < Number(resentSeq)) newest.set(key, line)
  }
  return found('order', wrong)
}
