import type { Fields } from '#domain/scalars.ts'
import type { Sql } from '#server/database/sql.ts'
import type { World } from '../world.ts'
import { parse, readHistory } from './historyLines.ts'
import { type Finding, found } from './proof.ts'

/** A text that the tester wrote once stands under one change, and that change has one group of rows. */
export async function nothingIsAppliedTwice(world: World, sql: Sql): Promise<Finding[]> {
  const twice: string[] = []
  const history = await readHistory(sql)
  const changeOf = new Map<string, string>()
  const seqOf = new Map<string, string>()
  for (const { changeId, field, recordId, to, seq } of history) {
    const value = parse(to)
    if (typeof value === 'string' && value.startsWith(`v${world.seed}-`)) {
      const other = changeOf.get(`${field}|${value}`)
      if (other !== undefined && other !== changeId) twice.push(`${value} of ${recordId} came by two changes`)
      changeOf.set(`${field}|${value}`, changeId)
    }
    const group = `${changeId}`
    if ((seqOf.get(group) ?? `${seq}`) !== `${seq}`) twice.push(`${changeId} has two groups of rows`)
    seqOf.set(group, `${seq}`)
  }
  return found('twice', twice)
}

/** A value that gave way, or did not come to stand, is in a question beside the one that stands. */
export async function replacedValuesAreKept(_world: World, sql: Sql): Promise<Finding[]> {
  const issues = await sql.all<{ id: string; detail: string }>(`SELECT id, detail FROM "Issue" WHERE kind = 'conflict'`)
  const kept = new Map<string, Fields[]>()
  for (const { detail } of issues) {
    const { changeId, fields } = JSON.parse(detail) as { changeId: string; fields: Fields[] }
    kept.set(changeId, fields)
  }
  const lines = (await readHistory(sql)).filter(({ outcome }) => outcome === 'refused' || outcome === 'replaced')
  const missing = lines.filter(({ changeId, field }) => !kept.get(changeId)?.some((each) => each.field === field))
  return found(
    'lost',
    missing.map(({ recordId, field, changeId }) => `no question about ${field} of ${recordId} (${changeId.slice(0, 8)})`),
  )
}
