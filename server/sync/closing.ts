import type { Change } from '#domain/sync/change.ts'
import { refusedDetail } from '#domain/sync/issue.ts'
import type { Merged } from '#domain/sync/merge.ts'
import type { StoredRecord } from '#server/database/records.ts'
import type { Batch } from './batch.ts'
import { begin, reject } from './outcome.ts'
import { readStoredChange, settleWaiting, waitingChange, waitingFor } from './waiting.ts'

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

/** Somebody gave up a change that was refused (P14), or one that waits (P18). */
export async function discardGivenUp(batch: Batch, issue: StoredRecord, { history }: Merged): Promise<void> {
  const discarded = history.some(({ to, outcome }) => to === 'discarded' && outcome === 'taken')
  if (!discarded) return
  const detail = refusedDetail.safeParse(JSON.parse(String(issue.fields.detail)))
  if (issue.fields.kind === 'parked') return discardParked(batch, detail.data?.changeId ?? '')
  if (issue.fields.kind === 'rejected') return rejectWaitingFor(batch, readStoredChange(detail.data?.change))
}

/** P18: its tablet sends it again at every push, and hears from now on that it is no more. */
async function discardParked(batch: Batch, changeId: string): Promise<void> {
  const waiting = await waitingChange(batch, changeId)
  if (waiting === null) return
  const { author, change } = waiting
  await settleWaiting(batch, waiting, (origin) => reject(batch, begin(batch, author, change, origin), change, 'discarded', 'unsaid'))
  await rejectWaitingFor(batch, change)
}

/** P14: what waits for the record of a create that was given up will never have one, unless another device brings it. */
async function rejectWaitingFor(batch: Batch, create: Change | null): Promise<void> {
  const ids = create?.op === 'create' ? [create.recordId] : []
  for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
    const all = await waitingFor(batch, id)
    if (all.some(({ change }) => change.op === 'create' && change.recordId === id)) continue
    for (const waiting of all) {
      const { author, change } = waiting
      await settleWaiting(batch, waiting, (origin) => reject(batch, begin(batch, author, change, origin), change, 'parent-discarded'))
      if (change.op === 'create') ids.push(change.recordId)
    }
  }
}
