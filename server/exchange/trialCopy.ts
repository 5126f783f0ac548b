import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '#server/config.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import { createRecords, type Records } from '#server/sync/records.ts'

/** What an import writes through. */
export interface Into {
  database: Database
  records: Records
}

/** Runs the real work over a copy of the database, which is then thrown away: a trial that cannot differ from the real thing. */
export async function onTrialCopy<T>({ database }: Into, config: Config, work: (copy: Into) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(config.dataDir, 'trial-'))
  try {
    const file = join(folder, 'copy.sqlite')
    await database.copyTo(file)
    const copy = await openDatabase(`file:${file}`)
    try {
      return await work({ database: copy, records: createRecords({ config, database: copy, now: Date.now }) })
    } finally {
      await copy.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
