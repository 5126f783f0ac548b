import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '#server/config.ts'
import { testSettings } from '#server/database/database.fixture.ts'
import { openDatabase } from '#server/database/database.ts'
import { createServices, type Services } from '#server/services.ts'
import { importFacility } from './importFacility.ts'
import { readPeople } from './readPeople.ts'
import { takePeople } from './slices.ts'
import type { Line, Summary } from './summary.ts'

export const TODAY = '2024-06-15'

/** A server of its own on a real database in a folder of its own. */
export interface Clinic {
  services: Services
  config: Config
  file(name: string, content: string | Buffer): string
  /** Imports with a fixed today; the lines that people would see come with the summary. */
  import(...files: string[]): Promise<Summary & { lines: Line[] }>
  rows<Row = Record<string, unknown>>(query: string): Promise<Row[]>
  close(): Promise<void>
}

export async function openClinic(): Promise<Clinic> {
  const folder = mkdtempSync(join(tmpdir(), 'hims-exchange-'))
  const config = readConfig(await testSettings(join(folder, 'data')))
  const database = await openDatabase(config.databaseUrl)
  const services = createServices(config, database)
  return {
    services,
    config,
    file(name, content) {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    },
    async import(...files) {
      const lines: Line[] = []
      const at = Date.parse(`${TODAY}T12:00:00Z`)
      const people = readPeople({ files, system: null, at, timeZone: 'UTC', onBytes: () => {} })
      const summary = await takePeople(
        services.records,
        people,
        await importFacility(services, null, at),
        (line) => lines.push(line),
        () => {},
      )
      return { ...summary, lines }
    },
    rows: (query) => database.read.all(query),
    async close() {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
