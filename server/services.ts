import type { Without } from '#domain/sync/guards.ts'
import { createAccounts } from '#server/accounts/accounts.ts'
import type { Passwords } from '#server/accounts/passwords.ts'
import { createCheckpoints } from '#server/audit/checkpoints.ts'
import { createAuditKeys } from '#server/audit/keys.ts'
import { createAuditLog } from '#server/audit/log.ts'
import { createRetention } from '#server/audit/retention.ts'
import type { Config } from '#server/config.ts'
import type { Database } from '#server/database/database.ts'
import { createExports } from '#server/exchange/exports.ts'
import { createImportJobs } from '#server/exchange/importJobs.ts'
import { createLoad } from '#server/load.ts'
import { createHealth } from '#server/operations/health.ts'
import { createMetrics } from '#server/operations/metrics.ts'
import { createApplications } from '#server/partners/applications.ts'
import { createWebhooks } from '#server/partners/webhooks.ts'
import { createStatistics } from '#server/statistics/statistics.ts'
import { createErasureRequests } from '#server/sync/erasureRequests.ts'
import { createFleet } from '#server/sync/fleet.ts'
import { createPresence } from '#server/sync/presence.ts'
import { createRecords } from '#server/sync/records.ts'
import { createViews } from '#server/sync/views.ts'

/** What routes, sockets and commands may ask of the server. Made once per process. */
export function createServices(config: Config, database: Database, now: () => number = Date.now) {
  const dependencies = { config, database, now }
  const records = createRecords(dependencies)
  const auditKeys = createAuditKeys(dependencies)
  return {
    database,
    records,
    views: createViews(dependencies),
    load: createLoad(records.admission.pushesFirst),
    presence: createPresence(now, (shared) => {
      // Who does not hear it now hears it with the next word, seconds later.
      database.tell({ about: 'presence', text: JSON.stringify(shared) }).catch(() => undefined)
    }),
    imports: createImportJobs(dependencies),
    exports: createExports(dependencies),
    erasures: createErasureRequests(dependencies, records),
    fleet: createFleet(dependencies, records.rightsChanged),
    accounts: createAccounts(dependencies, records.rightsChanged),
    auditLog: createAuditLog(dependencies),
    auditKeys,
    checkpoints: createCheckpoints(dependencies, auditKeys),
    retention: createRetention(dependencies, auditKeys),
    applications: createApplications(dependencies),
    webhooks: createWebhooks(dependencies),
    statistics: createStatistics(dependencies),
    metrics: createMetrics(dependencies),
    health: createHealth(database),
  }
}

export type Services = ReturnType<typeof createServices>

/** What every service is made of. `now` answers in UTC ms. */
export interface Dependencies {
  config: Config
  database: Database
  now: () => number
  /** Safeguards that a test has switched off. */
  without?: Without
  /** Cheaper ones, for tests that make many accounts. */
  passwords?: Passwords
}
