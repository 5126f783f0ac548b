import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import type { Answer } from '#domain/sync/protocol.ts'
import { readConfig } from '#server/config.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import { createLogger } from '#server/logger.ts'
import type { Services } from '#server/services.ts'
import { answerEvent } from '#server/sync/events.ts'
import { ensureFirstFacility } from '#server/sync/facilities.ts'
import type { TabletSocket } from '#server/sync/gateway.ts'
import { createRecords, type Records } from '#server/sync/records.ts'

/** The server's real code on a real database file, without HTTP. */
export interface SimulatedServer {
  database: Database
  records: Records
  facilityId: string
  /** One event of a connection, as the gateway would answer it. */
  connect(account: () => SignedInAccount | null, fails?: () => boolean): (event: string, body: unknown) => Promise<Answer<object>>
  close(): Promise<void>
}

export async function startServer(now: () => number): Promise<SimulatedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'hims-simulation-'))
  const config = readConfig({ DATA_DIR: folder })
  const database = await openDatabase(config.databaseUrl)
  const records = createRecords({ config, database, now })
  const facilityId = await database.write((sql) => ensureFirstFacility(sql, { at: now(), actorId: 'simulation' }))
  return {
    database,
    records,
    facilityId,
    connect(account, fails = () => false) {
      const session = async () => {
        if (fails()) throw new Error('the database is busy')
        return account()
      }
      const services = { records, accounts: { session } } as unknown as Services
      const socket = { data: { account: account(), deviceId: null }, handshake: { headers: {}, address: '' } } as unknown as TabletSocket
      // Through JSON, as over the wire: nothing is shared between device and server.
      return async (event, body) =>
        JSON.parse(JSON.stringify(await answerEvent(socket, event, JSON.parse(JSON.stringify(body)), services, createLogger('silent'))))
    },
    async close() {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
