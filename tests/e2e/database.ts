import Sqlite from 'better-sqlite3'
import type { HimsServer } from './server.ts'

/** Rows of the server's database, read by the test itself and not through the server. */
export function rows<Row>(server: HimsServer, text: string, ...values: (string | number)[]): Row[] {
  const database = new Sqlite(server.databaseFile, { readonly: true })
  try {
    return database.prepare<unknown[], Row>(text).all(...values)
  } finally {
    database.close()
  }
}

export function count(server: HimsServer, from: string, ...values: (string | number)[]): number {
  return rows<{ found: number }>(server, `SELECT count(*) AS found FROM ${from}`, ...values)[0]?.found ?? 0
}

/** Every session runs out, as it does after weeks: the server is there, and a tablet may not send before its doctor signs in. */
export function endSessions(server: HimsServer): void {
  const database = new Sqlite(server.databaseFile, { timeout: 10_000 })
  database.prepare('DELETE FROM "Session"').run()
  database.close()
}

/** What no page offers yet: an application whose scopes were taken away after it got its token. */
export function takeScopes(server: HimsServer, applicationId: string): void {
  const database = new Sqlite(server.databaseFile, { timeout: 10_000 })
  database.prepare('UPDATE "Application" SET scopes = ? WHERE id = ?').run('', applicationId)
  database.close()
}

/** As after a day and a half of attempts. */
export function giveUpDeliveries(server: HimsServer): void {
  const database = new Sqlite(server.databaseFile, { timeout: 10_000 })
  database.prepare(`UPDATE "WebhookDelivery" SET state = 'dead'`).run()
  database.close()
}

/** What no page offers yet: a client who was joined into another. Tablets that have not received it receive it so. */
export function joinClients(server: HimsServer, from: string, into: string): void {
  const database = new Sqlite(server.databaseFile, { timeout: 10_000 })
  database.prepare('UPDATE "Client" SET "mergedInto" = ? WHERE id = ?').run(into, from)
  database.close()
}
