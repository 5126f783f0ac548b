import { type Change, changeSchema } from '#domain/sync/change.ts'
import { applyChange } from './apply.ts'
import type { Author, Batch } from './batch.ts'

interface ParkedRow {
  body: string
  deviceId: string
  accountId: string
}

/** A record has arrived: the changes that waited for it are applied now, in the order they came. */
export async function applyParked(batch: Batch, recordId: string): Promise<void> {
  const staged = batch.steps.filter((step) => step.result.outcome === 'parked' && waitsFor(step.push, recordId))
  for (const step of staged) {
    if (!step.push?.body) continue
    batch.steps.splice(batch.steps.indexOf(step), 1)
    await applyChange(batch, step.author, changeSchema.parse(JSON.parse(step.push.body)))
  }
  const rows = await batch.sql.all<ParkedRow>(
    `SELECT body, "deviceId", "accountId" FROM "Push" WHERE outcome = 'parked' AND ("recordId" = ? OR "parentId" = ?) ORDER BY "receivedAt", n`,
    recordId,
    recordId,
  )
  for (const row of rows) {
    const change: Change = changeSchema.parse(JSON.parse(row.body))
    if (batch.steps.some((step) => step.change.changeId === change.changeId)) continue
    const result = await applyChange(batch, await authorOf(batch, row), change, { pushed: true, parkedBefore: true })
    if (result.outcome !== 'parked' && result.outcome !== 'rejected') await applyParked(batch, change.recordId)
  }
}

function waitsFor(push: Batch['steps'][number]['push'], recordId: string): boolean {
  return push !== null && !push.parkedBefore && (push.recordId === recordId || push.parentId === recordId)
}

async function authorOf(batch: Batch, { accountId, deviceId }: ParkedRow): Promise<Author> {
  const rows = await batch.sql.all<{ facilityId: string }>('SELECT "facilityId" FROM "AccountFacility" WHERE "accountId" = ?', accountId)
  return { accountId, deviceId, facilities: rows.map((row) => row.facilityId) }
}
