import type { AuditEvent } from '#domain/audit/event.ts'
import { accountEvent, type RequestMeta } from '#server/accounts/requestMeta.ts'
import type { Dependencies } from '#server/services.ts'
import { audit } from './audit.ts'
import { checkpointText } from './checkpoint.ts'
import { newestCheckpoint } from './checkpoints.ts'
import { type AuditFormat, exportTexts } from './export.ts'
import { type AuditFilter, conditions, shapeOf } from './filter.ts'
import { keptToCompare } from './kept.ts'
import { signaturesOf } from './keys.ts'
import { withNames } from './names.ts'
import { type AuditVerdict, verifyLog } from './verify.ts'

/** An event as its row holds it: what it did not have is null. */
export type StoredEvent = {
  [K in keyof AuditEvent]-?: undefined extends AuditEvent[K] ? Exclude<AuditEvent[K], undefined> | null : AuditEvent[K]
}

/** An event with the names of today; the log itself holds none. */
export interface AuditRow extends StoredEvent {
  actorName: string | null
  applicationName: string | null
  /** Of an account, an application or a facility; never of a client. */
  subjectName: string | null
}

export interface AuditPage {
  rows: AuditRow[]
  /** The `before` of the next page, null at the end of the log. */
  next: number | null
}

/** Who asks for something that is itself written down. */
export type AuditReader = RequestMeta & { accountId: string }

export function createAuditLog(dependencies: Dependencies) {
  const { config, database, now } = dependencies

  /** Computes the chain again on one state of the database, and compares it with the checkpoint beside it and with those given. */
  const verify = (given: readonly string[] = []): Promise<AuditVerdict> =>
    database.aside(async (sql) => {
      const isSigned = await signaturesOf(sql, config.secret)
      return verifyLog(sql, { isSigned, dialect: database.dialect, kept: [...keptToCompare(config.dataDir, isSigned), ...given] })
    })

  return {
    verify,
    /** Newest first. @param page.before only events with a smaller seq: where the page before ended */
    async page({ before, limit, ...filter }: AuditFilter & { before?: number | undefined; limit: number }): Promise<AuditPage> {
      const { where, values } = conditions(filter, config.timeZone, before === undefined ? undefined : { below: before })
      const found = await database.read.all<StoredEvent>(
        `SELECT * FROM "AuditEvent" ${where} ORDER BY seq DESC LIMIT ?`,
        ...values,
        limit + 1,
      )
      const shown = found.slice(0, limit)
      return { rows: await withNames(database.prisma, shown), next: found.length > shown.length ? (shown.at(-1)?.seq ?? null) : null }
    },
    /** The same for somebody at a screen: it is written down. `keep` is the newest checkpoint, as a text for whoever keeps it elsewhere. */
    async verifyFor({ accountId, ...meta }: AuditReader): Promise<{ verdict: AuditVerdict; keep: string | null }> {
      const verdict = await verify()
      const isWhole = verdict.kind === 'whole' && verdict.missingGuards.length === 0
      const event = accountEvent(now(), 'audit.verified', isWhole ? 'success' : 'failure', meta, { actorId: accountId })
      await database.write((sql) => audit(sql, event))
      const newest = await newestCheckpoint(database.read)
      return { verdict, keep: newest && checkpointText(newest) }
    },
    /** Oldest first, a part at a time. That it was exported, and by which filters, is written down before the first. */
    async exportFor({ accountId, ...meta }: AuditReader, format: AuditFormat, filter: AuditFilter): Promise<AsyncGenerator<string>> {
      const event = accountEvent(now(), 'audit.exported', 'success', meta, { actorId: accountId })
      await database.write((sql) => audit(sql, { ...event, route: `${meta.route} ${format} ${shapeOf(filter)}`.trim() }))
      return exportTexts(dependencies, format, filter)
    },
  }
}
