import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#server/config.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import { ensureFirstFacility } from '#server/sync/facilities.ts'
import { createRecords, type Records } from '#server/sync/records.ts'

export interface BenchServer {
  database: Database
  records: Records
  facilityId: string
  close(): Promise<void>
}

/** The server's records on a real database file, without sockets. */
export async function startRecords(): Promise<BenchServer> {
  const folder = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'hims-bench-'))
  const config = readConfig({ DATA_DIR: folder })
  const database = await openDatabase(config.databaseUrl)
  const records = createRecords({ config, database, now: Date.now })
  const facilityId = await database.write((sql) => ensureFirstFacility(sql, { at: Date.now(), actorId: 'bench' }))
  return {
    database,
    records,
    facilityId,
    async close() {
      await database.close()
      rmSync(folder, { recursive: true })
    },
  }
}
