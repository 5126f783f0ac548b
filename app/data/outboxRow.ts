import { type Change, changeSchema, type PushResult } from '#domain/sync/change.ts'
import type { OutboxExtra, OutboxRow, OutboxState } from './schemas.ts'

/** The server has not stored it yet. */
export function isUnsent({ state }: OutboxRow): boolean {
  return state === 'pending' || state === 'parked'
}

export function rowId(n: number): string {
  return String(n).padStart(12, '0')
}

/** How often RxDB has written the row. */
export function revision(row: OutboxRow & { _rev?: string }): number {
  return Number.parseInt(row._rev ?? '1', 10)
}

export function isSame(a: OutboxRow, b: OutboxRow): boolean {
  return a.state === b.state && a.seq === b.seq && a.epoch === b.epoch && a.reason === b.reason && a.extra === b.extra && a.body === b.body
}

export function readChange(body: string): Change | null {
  try {
    return changeSchema.parse(JSON.parse(body))
  } catch {
    return null
  }
}

export function readExtra({ extra }: OutboxRow): OutboxExtra {
  try {
    return extra === '' ? {} : JSON.parse(extra)
  } catch {
    return {}
  }
}

export function withAnswer(row: OutboxRow, { newId, outcome }: PushResult): string {
  if (newId === null && outcome !== 'conflict') return row.extra
  return JSON.stringify({ ...readExtra(row), ...(newId === null ? {} : { newId }), ...(outcome === 'conflict' ? { conflict: true } : {}) })
}

/** Of a change about somebody who was erased: its author is told so before the row goes (app/data/erasures.ts). */
export function reasonOf({ outcome, reason }: PushResult): string {
  return outcome === 'erased' ? outcome : (reason ?? '')
}

export function stateOf(result: PushResult): OutboxState {
  // Somebody has answered the question of it already (rule P18).
  if (result.reason === 'discarded') return 'settled'
  if (result.outcome === 'rejected') return 'rejected'
  return result.outcome === 'parked' ? 'parked' : 'acknowledged'
}
