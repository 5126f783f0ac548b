import { isClientNumber } from '#domain/clients/number.ts'
import { type ErasedAnswer, erasedAnswer } from '#domain/sync/asking.ts'
import type { Change, PushResult } from '#domain/sync/change.ts'
import { EVENTS } from '#domain/sync/protocol.ts'
import type { DeviceNotes } from './device.ts'
import type { RecordMemory } from './memory.ts'
import type { Outbox, OutboxEntry } from './outbox.ts'
import { answered, StorageFailure } from './problems.ts'
import type { SyncState } from './tablet.ts'
import type { Transport } from './transport.ts'

/** What an answered row says of a change that the server did not keep, as its client was erased. */
export const ERASED = 'erased'
const ID_TAKEN = 'id-taken'
const AT_ONCE = 200

export interface ErasuresOptions {
  outbox: Outbox
  memory: RecordMemory
  device: DeviceNotes
  transport: Pick<Transport, 'request'>
  now: () => number
  /** Drafts of them go too. */
  onGone: (collection: 'clients', id: string) => void
  /** Ids of records that something was typed about and not saved. */
  drafts: () => readonly string[]
  report: (state: Partial<SyncState>) => void
}

/**
 * X7: of a client who was erased nothing stays on this tablet. The record leaves as any other does; what the outbox and the
 * drafts hold of somebody who is no longer here is asked about, at each contact and whenever a client has left: the tablet
 * may have been off for months, have another mirror since, or have removed the client itself.
 */
export class Erasures {
  readonly #askedAbout = new Set<string>()
  readonly stop: () => void

  constructor(readonly options: ErasuresOptions) {
    this.stop = options.memory.onGone((collection, id) => {
      if (collection === 'clients') this.#askedAbout.delete(id)
    })
  }

  /** A new contact: everybody is asked about again. */
  begin(): void {
    this.#askedAbout.clear()
  }

  async look(): Promise<void> {
    try {
      await this.#ask()
    } catch (error) {
      // No answer: at the next rest it is asked again. A device that cannot write says so.
      if (error instanceof StorageFailure) throw error
    }
  }

  /** Before the record itself has left: what the server has just refused to keep is kept here no longer. */
  async answered(results: readonly PushResult[]): Promise<void> {
    const erased = new Set(results.flatMap(({ changeId, outcome }) => (outcome === 'erased' ? [changeId] : [])))
    if (erased.size === 0) return
    const about = this.options.outbox.entries().filter(({ row }) => erased.has(row.changeId))
    await this.forget([...new Set(about.flatMap(({ change }) => (change && clientOf(change)) ?? []))])
  }

  async #ask(): Promise<void> {
    const inDoubt = clientsInDoubt(this.options).filter((id) => !this.#askedAbout.has(id))
    for (let start = 0; start < inDoubt.length; start += AT_ONCE) {
      const ids = inDoubt.slice(start, start + AT_ONCE)
      const answer = answered(await this.options.transport.request<ErasedAnswer>(EVENTS.erased, { ids }))
      await this.forget(erasedAnswer.parse(answer).ids)
      for (const id of ids) this.#askedAbout.add(id)
    }
  }

  /** The author is told before it goes, so that no change disappears without a word. */
  async forget(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const { outbox, device, now, onGone, report } = this.options
    const rows = rowsOfErased(outbox.entries(), new Set(ids))
    const unkept = new Set(rows.flatMap(({ row, change }) => (row.reason === ERASED && change ? (clientOf(change) ?? []) : [])))
    if (unkept.size > 0) {
      const told = device.read('contact').erased.filter(({ id }) => !unkept.has(id))
      const { erased } = await device.write('contact', { erased: [...told, ...[...unkept].map((id) => ({ id, at: now() }))] })
      report({ erased })
    }
    await outbox.forget(rows)
    for (const id of ids) onGone('clients', id)
  }
}

/** Clients who are not here, and of whom something is: an answered change, or a draft. */
function clientsInDoubt({ outbox, memory, drafts }: Pick<ErasuresOptions, 'outbox' | 'memory' | 'drafts'>): string[] {
  const named = outbox.entries().flatMap(({ row, change }) => (change === null || row.state === 'pending' ? [] : (clientOf(change) ?? [])))
  const ids = new Set([...named, ...drafts().filter(isClientNumber)])
  return [...ids].filter((id) => memory.mirrored('clients', id) === undefined)
}

/**
 * Every answered row about them. One that is not sent stays until it is: its number is waited for, and the server keeps
 * nothing of it. A row that was refused because its number was taken speaks of somebody else; whom it was about is in the
 * row that says it again.
 */
export function rowsOfErased(entries: readonly OutboxEntry[], ids: ReadonlySet<string>): OutboxEntry[] {
  const answeredRows = entries.filter(({ row }) => row.state !== 'pending')
  const own = answeredRows.filter(({ row, change }) => change !== null && row.reason !== ID_TAKEN && ids.has(clientOf(change) ?? ''))
  const saidBefore = new Set(own.flatMap(({ extra }) => extra.insteadOf ?? []))
  return [...own, ...answeredRows.filter(({ row }) => row.reason === ID_TAKEN && saidBefore.has(row.changeId))]
}

function clientOf({ collection, recordId }: Change): string | null {
  if (collection === 'clients') return recordId
  return collection === 'enrollments' ? (recordId.split('.')[0] ?? null) : null
}
