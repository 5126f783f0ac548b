import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'
import { testSettings } from '#server/database/database.fixture.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import { audit } from './audit.ts'
import type { AuditFormat } from './export.ts'
import type { AuditFilter } from './filter.ts'
import { createAuditLog } from './log.ts'

const NOON = Date.UTC(2026, 4, 4, 12)
const CLIENT = '7K2M9QXA41RTC'
let folder: string
let database: Database
let log: ReturnType<typeof createAuditLog>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hims-export-'))
  const config = readConfig({ ...(await testSettings(folder)), ORIGIN: 'https://clinic.example.org' })
  database = await openDatabase(config.databaseUrl)
  log = createAuditLog({ config, database, now: () => NOON })
  await database.writePrisma(async (prisma) => {
    const account = { id: 'a1', name: '=HYPERLINK("http://evil")', email: 'a@example.org', passwordHash: '', roles: 'admin' }
    await prisma.account.create({ data: account })
    await prisma.device.create({ data: { id: 'ab12cd34-5678', accountId: 'a1', lastN: 0, createdAt: 0, lastSeenAt: 0 } })
  })
  await database.write(async (sql) => {
    await sql.run(
      `INSERT INTO "Enrollment" (id, "clientId", "programId", episode, status, "enrolledOn", "facilityId", seq, "createdAt", "createdBy", "updatedAt", "updatedBy")
       VALUES (?, ?, 'HIV', 1, 'active', '2026-05-04', 'main', 1, 0, '', 0, '')`,
      `${CLIENT}.HIV.1`,
      CLIENT,
    )
    await audit(
      sql,
      {
        at: NOON,
        action: 'client.viewed',
        outcome: 'success',
        actorId: 'a1',
        deviceId: 'ab12cd34-5678',
        subject: CLIENT,
        deviceTime: NOON - 5,
      },
      { at: NOON, action: 'record.changed', outcome: 'success', actorId: 'a1', route: 'enrollments', subject: `${CLIENT}.HIV.1` },
      {
        at: NOON,
        action: 'partner.client-read',
        outcome: 'failure',
        applicationId: 'register',
        ip: '10.0.0.7',
        status: 503,
        subject: 'another',
      },
    )
  })
})
afterEach(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

async function exported(format: AuditFormat, filter: AuditFilter = {}): Promise<string> {
  let text = ''
  for await (const part of await log.exportFor({ accountId: 'a1', route: '/audit/export' }, format, filter)) text += part
  return text
}
const rows = (text: string) => Papa.parse<Record<string, string>>(text.slice(1), { header: true, skipEmptyLines: true }).data

it('CSV holds what the filter shows, oldest first, and no cell that a spreadsheet would compute', async () => {
  const text = await exported('csv', { client: CLIENT })
  expect(text.startsWith('\uFEFFseq,time,')).toBe(true)
  const found = rows(text)
  expect(found.map(({ seq, action, subject }) => [seq, action, subject])).toEqual([
    ['1', 'client.viewed', CLIENT],
    ['2', 'record.changed', `${CLIENT}.HIV.1`],
  ])
  expect(found[0]).toMatchObject({
    actorName: `'=HYPERLINK("http://evil")`,
    time: '2026-05-04T12:00:00.000Z',
    deviceTime: '2026-05-04T11:59:59.995Z',
  })
  expect(found.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash ?? ''))).toBe(true)
})

it('a device is found by the beginning of its id', async () => {
  expect(rows(await exported('csv', { device: 'ab12cd34' })).map(({ seq }) => seq)).toEqual(['1'])
  expect(rows(await exported('csv', { device: 'ab12cd3_' }))).toEqual([])
})

it('an export is an event of its own, which names the filters and none of their values', async () => {
  await exported('fhir', { client: CLIENT, from: '2026-05-04' })
  const { rows } = await log.page({ action: 'audit.exported', limit: 5 })
  expect(rows).toMatchObject([{ actorId: 'a1', route: '/audit/export fhir client,from', subject: null, outcome: 'success' }])
})

it('FHIR: each line is an R4 AuditEvent with what that resource must have', async () => {
  const events = (await exported('fhir'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(events).toHaveLength(4)
  for (const event of events) {
    expect(event).toMatchObject({ resourceType: 'AuditEvent', type: { system: expect.any(String), code: 'rest' } })
    expect(event.recorded).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(['C', 'R', 'U', 'D', 'E']).toContain(event.action)
    expect(event.agent.length).toBeGreaterThan(0)
    for (const agent of event.agent) expect(typeof agent.requestor).toBe('boolean')
    expect(event.source.observer.display).toBe('HIMS')
    // FHIR knows no null and no empty text.
    expect(JSON.stringify(event)).not.toMatch(/:(null|"")/)
  }
  expect(events[0]).toMatchObject({
    action: 'R',
    outcome: '0',
    period: { start: '2026-05-04T11:59:59.995Z' },
    agent: [
      { who: { identifier: { value: 'a1' } }, requestor: true },
      { who: { identifier: { value: 'ab12cd34-5678' } }, requestor: false },
    ],
    entity: [{ what: { identifier: { system: 'https://clinic.example.org/clients', value: CLIENT } }, role: { code: '1' } }],
  })
  expect(events[2]).toMatchObject({
    outcome: '8',
    agent: [{ who: { identifier: { value: 'register' } }, network: { address: '10.0.0.7', type: '2' } }],
  })
})

it('a log longer than a part comes whole, and what is written meanwhile is not in it', async () => {
  const entry = { at: NOON, action: 'server.backup', outcome: 'success' } as const
  await database.write((sql) => audit(sql, ...Array.from({ length: 1_200 }, () => entry)))
  const parts = await log.exportFor({ accountId: 'a1', route: '/audit/export' }, 'csv', { action: 'server.backup' })
  let text = ''
  for await (const part of parts) {
    text += part
    await database.write((sql) => audit(sql, entry))
  }
  const seqs = rows(text).map(({ seq }) => Number(seq))
  // One came between the export's own event and its first part.
  expect(seqs.slice(0, 1_200)).toEqual(Array.from({ length: 1_200 }, (_, index) => 4 + index))
  expect(seqs.length).toBeLessThan(1_204)
})

it('verifying at a screen is written down, with what it found', async () => {
  const { verdict, keep } = await log.verifyFor({ accountId: 'a1', route: '/audit' })
  expect(verdict).toMatchObject({ kind: 'whole', events: 3 })
  expect(keep).toBeNull()
  expect((await log.page({ action: 'audit.verified', limit: 5 })).rows).toMatchObject([{ actorId: 'a1', outcome: 'success' }])
})
