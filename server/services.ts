import type { Without } from '#domain/sync/guards.ts'
import { createAccounts } from '#server/accounts/accounts.ts'
import { createAuditLog } from '#server/audit/log.ts'
import type { Config } from '#server/config.ts'
import type { Database } from '#server/database/database.ts'
import { createApplications } from '#server/partners/applications.ts'
import { createStatistics } from '#server/statistics/statistics.ts'
import { createErasureRequests } from '#server/sync/erasureRequests.ts'
import { createFleet } from '#server/sync/fleet.ts'
import { createPresence } from '#server/sync/presence.ts'
import { createRecords } from '#server/sync/records.ts'

/** What routes, sockets and commands may ask of the server. Made once per process. */
export function createServices(config: Config, database: Database, now: () => number = Date.now) {
  const dependencies = { config, database, now }
  const records = createRecords(dependencies)
  return {
    database,
    records,
    presence: createPresence(now),
    erasures: createErasureRequests(dependencies, records),
    fleet: createFleet(dependencies, records.rightsChanged),
    accounts: createAccounts(dependencies),
    auditLog: createAuditLog(dependencies),
    applications: createApplications(dependencies),
    statistics: createStatistics(dependencies),
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
}
