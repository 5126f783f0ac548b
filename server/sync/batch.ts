import type { AuditEntry } from '#domain/audit/event.ts'
import { type Collection, type CollectionName, collections, fieldsOf } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import type { Change, PushResult } from '#domain/sync/change.ts'
import type { Without } from '#domain/sync/guards.ts'
import type { IssueFields } from '#domain/sync/issue.ts'
import type { MergedField, PriorField } from '#domain/sync/merge.ts'
import { readRecord, readRecords, type StoredRecord } from '#server/database/records.ts'
import type { Sql } from '#server/database/sql.ts'
import { type Head, readHead } from './head.ts'
import { recordKey } from './recordKey.ts'
import { StepsByRecord } from './stepsByRecord.ts'

export { recordKey }

/** Who a change comes from. */
export interface Author {
  accountId: string
  deviceId: string
  /** Facilities whose records the author may write; 'all' for imports by an operator. */
  facilities: readonly string[] | 'all'
  ip?: string | undefined
  requestId?: string | undefined
}

export interface StagedRecord {
  collection: Collection
  before: StoredRecord | null
  after: StoredRecord
}

/** A field of a change with what became of it: a row of the Change table without its number. */
export interface HistoryRow extends MergedField {
  collection: CollectionName
  recordId: string
}

/** One change, ready to be written: it takes one sequence number. */
export interface Step {
  author: Author
  change: Pick<Change, 'changeId' | 'op' | 'deviceTime' | 'n' | 'resent'>
  /** Keys of the records it touched; each gets this step's number. */
  touched: Set<string>
  history: HistoryRow[]
  result: PushResult
  audit: AuditEntry[]
  /** Row of the Push table; imports have none. */
  push: { collection: string; recordId: string; parentId: string | null; body: string | null; parkedBefore: boolean } | null
}

/**
 * What a group of changes will write, gathered in memory. A change that fails leaves nothing behind (its draft is
 * dropped); what is kept is written by `commit` in one go, with the sequence numbers taken last.
 */
export class Batch {
  readonly records = new Map<string, StagedRecord>()
  readonly #read = new Map<string, StoredRecord | null>()
  readonly steps: Step[] = []
  readonly #staged = new StepsByRecord(this.steps)
  /** What each running attempt found before it staged something, innermost last. */
  readonly #undo: Map<string, StagedRecord | undefined>[] = []

  private constructor(
    readonly sql: Sql,
    readonly now: number,
    readonly timeZone: string,
    /** As the transaction found it; nobody else can move it before the commit. */
    readonly head: Head,
    /** Safeguards that a test has switched off. */
    readonly without: Without,
  ) {}

  static async begin(sql: Sql, now: number, timeZone: string, without: Without = new Set()): Promise<Batch> {
    return new Batch(sql, now, timeZone, await readHead(sql), without)
  }

  async load(collection: Collection, id: string): Promise<StoredRecord | null> {
    const key = recordKey(collection, id)
    const staged = this.records.get(key)
    if (staged) return staged.after
    // The transaction has the lock, and a batch writes its records at the end: what was read once stays true.
    const known = this.#read.get(key)
    if (known !== undefined) return known
    const record = await readRecord(this.sql, collection, id)
    this.#read.set(key, record)
    return record
  }

  /** Those of many that there are, in one statement. */
  async loadAll(collection: Collection, ids: Iterable<string>): Promise<StoredRecord[]> {
    const staged: StoredRecord[] = []
    const others: string[] = []
    for (const id of ids) {
      const known = this.records.get(recordKey(collection, id))
      if (known) staged.push(known.after)
      else others.push(id)
    }
    return others.length === 0 ? staged : [...staged, ...(await readRecords(this.sql, collection, others))]
  }

  stage(collection: Collection, after: StoredRecord, before: StoredRecord | null): void {
    const key = recordKey(collection, after.id)
    const known = this.records.get(key)
    const undo = this.#undo.at(-1)
    if (undo && !undo.has(key)) undo.set(key, known)
    // `before` is what the database holds: of a record that is new in this batch, nothing.
    this.records.set(key, { collection, after, before: known ? known.before : before })
  }

  /** Fields that changes have named since `base`, oldest first; `own` seen from `author`. */
  async since(collection: Collection, recordId: string, base: number, author: Author): Promise<PriorField[]> {
    const stored = await this.sql.all<StoredPrior>(
      `SELECT field, "from", "to", outcome, "actorId", "deviceId", "resentEpoch", "resentSeq" FROM "Change"
       WHERE "recordId" = ? AND collection = ? AND seq > ? ORDER BY seq`,
      recordId,
      collection.name,
      base,
    )
    const own = (accountId: string, deviceId: string) => accountId === author.accountId && deviceId === author.deviceId
    const earlier = stored.map((row) => ({
      field: row.field,
      from: JSON.parse(row.from ?? 'null'),
      to: JSON.parse(row.to ?? 'null'),
      outcome: row.outcome,
      own: own(row.actorId, row.deviceId),
      resent: row.resentEpoch === null ? null : { epoch: row.resentEpoch, seq: row.resentSeq ?? 0 },
    }))
    const staged = this.#staged
      .of(collection, recordId)
      .flatMap((step) =>
        step.history
          .filter((row) => row.recordId === recordId && row.collection === collection.name)
          .map((row) => ({ ...row, own: own(step.author.accountId, step.author.deviceId), resent: step.change.resent ?? null })),
      )
    return [...earlier, ...staged]
  }

  /** Opens or rewrites an issue about a record; it travels to the tablets of `fields.facilityId`. */
  async stageIssue(id: string, fields: IssueFields, actorId: string): Promise<void> {
    const before = await this.load(collections.issues, id)
    const header = before ?? { createdAt: this.now, createdBy: actorId }
    this.stage(
      collections.issues,
      {
        id,
        seq: 0,
        createdAt: header.createdAt,
        createdBy: header.createdBy,
        updatedAt: this.now,
        updatedBy: actorId,
        deleted: false,
        fields: fieldsOf(collections.issues, fields as Fields),
      },
      before,
    )
  }

  /** Runs one change, or one device's push, so that it leaves nothing behind in memory when it fails. */
  async attempt<T>(work: (draft: Batch) => Promise<T>): Promise<T> {
    const undo = new Map<string, StagedRecord | undefined>()
    const steps = [...this.steps]
    this.#undo.push(undo)
    try {
      const result = await work(this)
      this.#undo.pop()
      const outer = this.#undo.at(-1)
      if (outer) for (const [key, known] of undo) if (!outer.has(key)) outer.set(key, known)
      return result
    } catch (error) {
      this.#undo.pop()
      for (const [key, known] of undo) {
        if (known === undefined) this.records.delete(key)
        else this.records.set(key, known)
      }
      this.steps.splice(0, this.steps.length, ...steps)
      throw error
    }
  }
}

interface StoredPrior {
  field: string
  from: string | null
  to: string | null
  outcome: PriorField['outcome']
  actorId: string
  deviceId: string
  resentEpoch: string | null
  resentSeq: number | null
}
