import type { AuditEntry } from '#domain/audit/event.ts'
import { type Collection, type CollectionName, collections, fieldsOf } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import type { Change, PushResult } from '#domain/sync/change.ts'
import type { IssueFields } from '#domain/sync/issue.ts'
import type { MergedField, PriorField } from '#domain/sync/merge.ts'
import { readRecord, type StoredRecord } from '#server/database/records.ts'
import type { Sql } from '#server/database/sql.ts'

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
  change: Pick<Change, 'changeId' | 'op' | 'deviceTime' | 'n'>
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
  readonly steps: Step[] = []

  constructor(
    readonly sql: Sql,
    readonly now: number,
    readonly timeZone: string,
  ) {}

  async load(collection: Collection, id: string): Promise<StoredRecord | null> {
    return this.records.get(recordKey(collection, id))?.after ?? readRecord(this.sql, collection, id)
  }

  stage(collection: Collection, after: StoredRecord, before: StoredRecord | null): void {
    const key = recordKey(collection, after.id)
    this.records.set(key, { collection, after, before: this.records.get(key)?.before ?? before })
  }

  /** Fields that changes have named since `base`, oldest first; `own` seen from `author`. */
  async since(collection: Collection, recordId: string, base: number, author: Author): Promise<PriorField[]> {
    const stored = await this.sql.all<StoredPrior>(
      `SELECT field, "from", "to", outcome, "actorId", "deviceId" FROM "Change"
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
    }))
    const staged = this.steps.flatMap((step) =>
      step.history
        .filter((row) => row.recordId === recordId && row.collection === collection.name)
        .map((row) => ({ ...row, own: own(step.author.accountId, step.author.deviceId) })),
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

  /** Runs one change on a draft of its own and keeps it only when it ends well. */
  async attempt<T>(work: (draft: Batch) => Promise<T>): Promise<T> {
    const records = new Map(this.records)
    const steps = this.steps.length
    try {
      return await work(this)
    } catch (error) {
      this.records.clear()
      for (const [key, staged] of records) this.records.set(key, staged)
      this.steps.length = steps
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
}

export function recordKey(collection: Collection, id: string): string {
  return `${collection.name}/${id}`
}
