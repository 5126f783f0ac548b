import type { AuditAction } from '#domain/audit/event.ts'
import type { Change, PushResult, RejectionReason } from '#domain/sync/change.ts'
import type { Author, Batch, Step } from './batch.ts'
import { closeParkedIssue, rejectionIssue } from './issues.ts'

/** Where a change comes from. */
export interface Origin {
  /** False for imports, which have no outbox behind them. */
  pushed: boolean
  parkedBefore: boolean
}

export const PUSHED: Origin = { pushed: true, parkedBefore: false }

/**
 * Kept whole, shown to its author and to the facility as an issue; the queue moves on.
 * @param said `unsaid`: the issue of an earlier change of the device tells of it already
 */
export async function reject(
  batch: Batch,
  step: Step,
  change: Change,
  reason: RejectionReason,
  said: 'said' | 'unsaid' = 'said',
): Promise<PushResult> {
  step.result.outcome = 'rejected'
  step.result.reason = reason
  if (step.push) step.push.body = JSON.stringify(change)
  batch.steps.push(step)
  if (said === 'said') await rejectionIssue(batch, step, change, reason)
  if (step.push?.parkedBefore) await closeParkedIssue(batch, step, change)
  return step.result
}

/** Kept whole until the record it speaks of arrives (server/sync/parked.ts). */
export function park(batch: Batch, step: Step, change: Change, waitsFor: string): PushResult {
  step.result.outcome = 'parked'
  if (step.push) Object.assign(step.push, { body: JSON.stringify(change), parentId: waitsFor })
  batch.steps.push(step)
  return step.result
}

/** The step of a change that has not been decided yet. */
export function begin(batch: Batch, author: Author, change: Change, origin: Origin = PUSHED): Step {
  return {
    author,
    change,
    touched: new Set(),
    history: [],
    result: { n: change.n, changeId: change.changeId, outcome: 'applied', seq: 0, reason: null, newId: null, repeated: false },
    audit: [
      {
        at: batch.now,
        action: 'record.changed',
        outcome: 'success',
        actorId: author.accountId,
        deviceId: author.deviceId,
        ip: author.ip,
        route: change.collection,
        subject: change.recordId,
        requestId: author.requestId,
      },
    ],
    push: origin.pushed
      ? { collection: change.collection, recordId: change.recordId, parentId: null, body: null, parkedBefore: origin.parkedBefore }
      : null,
  }
}

const SERVER: Author = { accountId: 'server', deviceId: 'server', facilities: 'all' }

/** The step of what the server notes by itself; one for a transaction. */
export function ownStep(batch: Batch): Step {
  return batch.steps.find(({ author }) => author === SERVER) ?? ownStepOf(batch, SERVER, null)
}

/** A step that holds no change: for what is noted on behalf of somebody. */
export function ownStepOf(batch: Batch, author: Author, action: AuditAction | null): Step {
  const { now } = batch
  const result: PushResult = { n: 0, changeId: '', outcome: 'applied', seq: 0, reason: null, newId: null, repeated: false }
  const change = { changeId: '', op: 'edit', n: 0, deviceTime: now } as const
  const { accountId, deviceId, ip, requestId } = author
  const audit: Step['audit'] =
    action === null ? [] : [{ at: now, action, outcome: 'success', actorId: accountId, deviceId, ip, requestId, subject: deviceId }]
  const step: Step = { author, change, touched: new Set(), history: [], result, audit, push: null }
  batch.steps.push(step)
  return step
}
