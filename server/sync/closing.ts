import type { Change } from '#domain/sync/change.ts'
import { refusedDetail } from '#domain/sync/issue.ts'
import type { Merged } from '#domain/sync/merge.ts'
import type { StoredRecord } from '#server/database/records.ts'
import type { Batch } from './batch.ts'
import { begin, reject } from './outcome.ts'
import { readStoredChange, settleWaiting, waitingFor } from './waiting.ts'

/** P17: who closes a question that is closed already changes nothing, and nobody has to choose between two closers. */
export function closeIssue({ fields, deleted }: StoredRecord, change: Change): Merged {
  const state = change.fields.state ?? { from: 'open', to: 'open' }
  const current = fields.state ?? null
  const outcome = current === state.to ? 'same' : current === 'open' && !deleted ? 'taken' : 'superseded'
  return {
    outcome: outcome === 'taken' ? 'applied' : 'merged',
    fields: outcome === 'taken' ? { ...fields, state: state.to } : fields,
    deleted,
    history: [{ field: 'state', ...state, current, outcome }],
  }
}

/** P14: somebody gave up a create that was refused, so what waits for its record will never have one. */
export async function discardParked(batch: Batch, issue: StoredRecord, { history }: Merged): Promise<void> {
  const discarded = history.some(({ to, outcome }) => to === 'discarded' && outcome === 'taken')
  if (!discarded || issue.fields.kind !== 'rejected') return
  const detail = refusedDetail.safeParse(JSON.parse(String(issue.fields.detail)))
  const create = readStoredChange(detail.data?.change)
  if (create?.op === 'create') await rejectWaiting(batch, create.recordId)
}

async function rejectWaiting(batch: Batch, recordId: string): Promise<void> {
  const ids = [recordId]
  for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
    for (const waiting of await waitingFor(batch, id)) {
      const { author, change } = waiting
      await settleWaiting(batch, waiting, (origin) => reject(batch, begin(batch, author, change, origin), change, 'parent-discarded'))
      if (change.op === 'create') ids.push(change.recordId)
    }
  }
}
