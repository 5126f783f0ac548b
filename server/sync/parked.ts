import { isCollectionName } from '#domain/collections.ts'
import { applySafely } from './applySafely.ts'
import type { Batch } from './batch.ts'
import { openParkedIssue } from './issues.ts'
import { ownStep } from './outcome.ts'
import { authorOf, readStoredChange, settleWaiting, waitingFor } from './waiting.ts'

/** How long a change may wait before its author and the facility are told. */
const SHOWN_AFTER_MS = 7 * 24 * 3_600_000
/** Parked changes that one look goes through; there are hardly ever any. */
const AT_ONCE = 500

/** A record has arrived: the changes that waited for it are applied now, in the order they came. */
export async function applyParked(batch: Batch, recordId: string): Promise<void> {
  for (const waiting of await waitingFor(batch, recordId)) {
    const { author, change } = waiting
    const result = await settleWaiting(batch, waiting, (origin) => applySafely(batch, author, change, origin))
    if (result === null || result.outcome === 'parked' || result.outcome === 'rejected') continue
    await applyParked(batch, change.recordId)
  }
}

interface LongParked {
  changeId: string
  accountId: string
  deviceId: string
  recordId: string
  parentId: string | null
  body: string
}

/**
 * At start and hourly: what waited for a record that came by another way (an import) is applied, and what has waited for
 * seven days is shown. A question that is missing (a restore) needs no question about itself.
 */
export async function lookAfterParked(batch: Batch): Promise<void> {
  const rows = await batch.sql.all<LongParked & { receivedAt: number; collection: string }>(
    `SELECT "changeId", "accountId", "deviceId", "recordId", "parentId", body, collection, "receivedAt" FROM "Push"
     WHERE outcome = 'parked' ORDER BY "receivedAt" LIMIT ?`,
    AT_ONCE,
  )
  for (const id of new Set(rows.flatMap(({ recordId, parentId }) => (parentId === null ? [recordId] : [parentId])))) {
    if (await hasArrived(batch, id)) await applyParked(batch, id)
  }
  const due = rows.filter(({ receivedAt, collection }) => receivedAt <= batch.now - SHOWN_AFTER_MS && collection !== 'issues')
  for (const row of due) if (!batch.steps.some(({ change }) => change.changeId === row.changeId)) await show(batch, row)
}

async function hasArrived({ sql }: Batch, id: string): Promise<boolean> {
  const found = await sql.get(
    `SELECT 1 FROM "Client" WHERE id = ? UNION ALL SELECT 1 FROM "Program" WHERE id = ? UNION ALL SELECT 1 FROM "Enrollment" WHERE id = ?
     UNION ALL SELECT 1 FROM "Issue" WHERE id = ?`,
    id,
    id,
    id,
    id,
  )
  return found !== undefined
}

async function show(batch: Batch, row: LongParked): Promise<void> {
  const change = readStoredChange(JSON.parse(row.body))
  if (change === null || !isCollectionName(change.collection)) return
  await openParkedIssue(batch, ownStep(batch), await authorOf(batch, row), change)
}
