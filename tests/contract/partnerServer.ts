import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '#server/config.ts'
import { testSettings } from '#server/database/database.fixture.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import type { SqlValue } from '#server/database/sql.ts'
import { partnerApi } from '#server/http/partners.ts'
import { createApplications } from '#server/partners/applications.ts'

export const NOW = Date.UTC(2026, 10, 23, 9, 30, 15, 250)

/** A real server with the partner API alone, on a real database of its own. `clock.now` is UTC ms. */
export async function startPartnerServer(settings: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'hims-partners-'))
  const config: Config = readConfig({ ...(await testSettings(folder)), ORIGIN: 'https://clinic.example.org', ...settings })
  const database = await openDatabase(config.databaseUrl)
  const clock = { now: NOW }
  const dependencies = { config, database, now: () => clock.now }
  const errors: unknown[] = []
  const api = partnerApi({ ...dependencies, onError: (error) => errors.push(error) })
  const server = createServer((request, response) => {
    if (!api.handle(request, response)) response.writeHead(404).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    config,
    database,
    dependencies,
    clock,
    errors,
    applications: createApplications(dependencies),
    api,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections()
      server.close()
      await api.close()
      await database.close()
      rmSync(folder, { recursive: true })
    },
  }
}

export type PartnerServer = Awaited<ReturnType<typeof startPartnerServer>>

/** One row of a table, the columns as given. */
export async function insert(database: Database, table: string, row: Record<string, SqlValue>): Promise<void> {
  const columns = Object.keys(row).map((name) => `"${name}"`)
  const text = `INSERT INTO "${table}" (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
  await database.write((sql) => sql.run(text, ...Object.values(row)))
}

const HEADER = { seq: 1, createdAt: Date.UTC(2023, 9, 10, 8, 30), createdBy: 'a', updatedBy: 'a', deleted: 0 }

export function addProgram({ database }: PartnerServer, id: string, name: string): Promise<void> {
  return insert(database, 'Program', { ...HEADER, id, name, category: 'other', active: 1, updatedAt: HEADER.createdAt })
}

export function addClient({ database }: PartnerServer, id: string, fields: Record<string, SqlValue> = {}): Promise<void> {
  const person = { givenName: 'Jane', sex: 'female', bornOnEstimated: 0, facilityId: 'main', updatedAt: HEADER.createdAt }
  return insert(database, 'Client', { ...HEADER, id, ...person, ...fields })
}

export function addEnrollment(
  { database }: PartnerServer,
  clientId: string,
  programId: string,
  fields: Record<string, SqlValue> = {},
): Promise<void> {
  const episode = fields.episode ?? 1
  const enrollment = {
    clientId,
    programId,
    episode,
    status: 'active',
    enrolledOn: '2023-10-15',
    facilityId: 'main',
    updatedAt: HEADER.createdAt,
  }
  return insert(database, 'Enrollment', { ...HEADER, id: `${clientId}.${programId}.${episode}`, ...enrollment, ...fields })
}
