import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '#server/config.ts'
import { openDatabase } from '#server/database/database.ts'
import { createServices, type Services } from '#server/services.ts'

/** Runs the real work over a copy of the database, which is then thrown away: a trial that cannot differ from the real thing. */
export async function onTrialCopy<T>({ database }: Services, config: Config, work: (services: Services) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(config.dataDir, 'trial-'))
  try {
    const file = join(folder, 'copy.sqlite')
    await database.read.run('VACUUM INTO ?', file)
    const copy = await openDatabase(`file:${file}`)
    try {
      return await work(createServices(config, copy))
    } finally {
      await copy.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
