import { readSetting, SETTING_NAMES, type SettingName, type Settings } from '#domain/accounts/settings.ts'
import { audit } from '#server/audit/audit.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import type { Administrator } from './access.ts'
import { accountEvent } from './requestMeta.ts'

/** Read at each use, so that a change counts at once. */
export async function settingNow<Name extends SettingName>(sql: Sql, name: Name): Promise<Settings[Name]> {
  const row = await sql.get<{ value: string }>('SELECT value FROM "Setting" WHERE key = ?', name)
  return readSetting(name, row?.value)
}

/** What administrators set on the screen. */
export function createSettings({ database, now }: Pick<Dependencies, 'database' | 'now'>) {
  return {
    async settings(): Promise<Settings> {
      const rows = await database.read.all<{ key: string; value: string }>('SELECT key, value FROM "Setting"')
      const stored = new Map(rows.map(({ key, value }) => [key, value]))
      return Object.fromEntries(SETTING_NAMES.map((name) => [name, readSetting(name, stored.get(name))])) as Settings
    },

    changeSetting: <Name extends SettingName>(name: Name, value: Settings[Name], by: Administrator): Promise<void> =>
      database.write(async (sql) => {
        await sql.run(
          `INSERT INTO "Setting" (key, value, "updatedAt", "updatedBy") VALUES (?, ?, ?, ?)
           ON CONFLICT (key) DO UPDATE SET value = excluded.value, "updatedAt" = excluded."updatedAt", "updatedBy" = excluded."updatedBy"`,
          name,
          JSON.stringify(value),
          now(),
          by.accountId,
        )
        await audit(sql, accountEvent(now(), 'setting.changed', 'success', by, { actorId: by.accountId, subject: name }))
      }),
  }
}
