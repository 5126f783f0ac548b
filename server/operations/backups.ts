import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Config } from '#server/config.ts'
import type { Database } from '#server/database/database.ts'
import type { Logger } from '#server/logger.ts'

const LOOK_MS = 10 * 60_000
const HOUR_MS = 3_600_000
/** Ours, and no other file of that folder. */
const OWN = /^hims-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z\.sqlite$/

export interface BackupsSettings {
  config: Pick<Config, 'backup'>
  database: Pick<Database, 'read'>
  now(): number
  /** Makes one verified backup. */
  make(file: string): Promise<unknown>
}

/** The backups that the server makes by itself, where BACKUP_DIR says so. */
export function createBackups({ config, database, now, make }: BackupsSettings) {
  return {
    /** Makes one when the newest is too old, and removes those of its own that are too many. @returns the file, or null */
    async look(): Promise<string | null> {
      const { dir, everyHours, keep } = config.backup
      if (dir === null) return null
      const newest = await database.read.get<{ at: number | null }>('SELECT MAX(at) AS at FROM "Backup"')
      if (now() - Number(newest?.at ?? 0) < everyHours * HOUR_MS) return null
      mkdirSync(dir, { recursive: true, mode: 0o700 })
      const file = join(dir, `hims-${new Date(now()).toISOString().slice(0, 19).replaceAll(':', '-')}Z.sqlite`)
      await make(file)
      // Only once there is a new one: whatever happens, so many stay.
      const own = readdirSync(dir)
        .filter((name) => OWN.test(name))
        .sort()
      for (const old of own.slice(0, Math.max(0, own.length - keep))) rmSync(join(dir, old))
      return file
    },
  }
}

/** At the start and then every ten minutes. The copy is made by a process of its own: nobody waits for it. */
export function startBackups(config: Config, database: Database, logger: Logger): void {
  if (config.backup.dir === null) return
  const command = join(dirname(process.argv[1] ?? ''), 'command.js')
  const make = (file: string) => promisify(execFile)(process.execPath, [command, 'backup', file], { maxBuffer: 1024 * 1024 })
  const backups = createBackups({ config, database, now: Date.now, make })
  const again = () =>
    void database
      .alone('backups', backups.look)
      .catch((error) => logger.error({ err: error }, 'no backup could be made'))
      .finally(() => setTimeout(again, LOOK_MS).unref())
  again()
}
