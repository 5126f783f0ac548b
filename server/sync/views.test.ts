import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { audit } from '#server/audit/audit.ts'
import { readDevice } from './devices.ts'
import { clientChange, helloOf, NOON, openSite, type Site } from './sync.fixture.ts'

let site: Site
let amina: SignedInAccount
const DEVICE = 'device-amina'
const HOUR_MS = 3_600_000

beforeEach(async () => {
  site = await openSite()
  amina = await site.addDoctor('amina')
  await site.services.records.welcome({ account: amina, shown: null }, helloOf(DEVICE))
})
afterEach(() => site.close())

const view = (clientId: string, at: number) => ({ id: crypto.randomUUID(), clientId, at })
const viewed = () =>
  site.database.read.all(
    `SELECT "actorId", "deviceId", subject, at, "deviceTime", ip FROM "AuditEvent" WHERE action = 'client.viewed' ORDER BY seq`,
  )
const byAmina = (ip?: string) => ({ account: amina, device: null, ...(ip ? { ip } : {}) })

async function register(): Promise<string> {
  const change = clientChange(DEVICE, 'amina', 1)
  await site.services.records.push({ accountId: 'amina', deviceId: DEVICE, facilities: [site.facilityId] }, [change])
  return change.recordId
}

describe('views of a tablet', () => {
  test('become audit events with both times, each once however often it is sent', async () => {
    const [one, two] = [view('7K2M9QXA41RTC', NOON - 48 * HOUR_MS), view('8K2M9QXA41RTC', NOON - HOUR_MS)]
    await site.services.views.take(byAmina('10.0.0.9'), DEVICE, [one, two])
    await site.services.views.take(byAmina('10.0.0.9'), DEVICE, [two, one, two, view('9', NOON)])
    const common = { actorId: 'amina', deviceId: DEVICE, at: NOON, ip: '10.0.0.9' }
    expect(await viewed()).toEqual([
      { ...common, subject: '7K2M9QXA41RTC', deviceTime: NOON - 48 * HOUR_MS },
      { ...common, subject: '8K2M9QXA41RTC', deviceTime: NOON - HOUR_MS },
      { ...common, subject: '9', deviceTime: NOON },
    ])
    expect(await site.services.auditLog.verify()).toMatchObject({ kind: 'whole' })
  })

  test('are taken from a device without a session by its credential, also when it was revoked, and from no other', async () => {
    await site.database.write((sql) => sql.run('UPDATE "Device" SET "revokedAt" = 1 WHERE id = ?', DEVICE))
    const device = await readDevice(site.database.read, DEVICE)
    await site.services.views.take({ account: null, device }, DEVICE, [view('a', 1)])
    expect(await viewed()).toHaveLength(1)
    const juma = await site.addDoctor('juma')
    await expect(site.services.views.take({ account: juma, device: null }, DEVICE, [view('a', 1)])).rejects.toThrow('another account')
    await expect(site.services.views.take({ account: null, device }, 'device-other', [view('a', 1)])).rejects.toThrow('another device')
    await expect(site.services.views.take(byAmina(), 'device-unknown', [view('a', 1)])).rejects.toThrow('another device')
    expect(await viewed()).toHaveLength(1)
  })
})

describe('who has seen a client', () => {
  test('names people, tablets and applications, newest first, with what they did', async () => {
    const clientId = await register()
    await site.services.views.take(byAmina(), DEVICE, [view(clientId, NOON - HOUR_MS), view('somebody else', NOON)])
    await site.database.writePrisma((prisma) =>
      prisma.application.create({
        data: { id: 'register', name: 'National register', scopes: '', programs: '', allPrograms: true, createdBy: 'a' },
      }),
    )
    const read = { at: NOON, action: 'partner.client-read', applicationId: 'register', subject: clientId } as const
    await site.database.write((sql) => audit(sql, { ...read, outcome: 'success' }, { ...read, outcome: 'failure' }))
    const { rows, names, more } = await site.services.records.seen(['*', site.facilityId], { clientId, before: null })
    expect(
      rows.map(({ action, actorId, applicationId, deviceId, deviceTime }) => [action, actorId ?? applicationId, deviceId, deviceTime]),
    ).toEqual([
      ['partner.client-read', 'register', null, null],
      ['client.viewed', 'amina', DEVICE, NOON - HOUR_MS],
      ['record.changed', 'amina', DEVICE, null],
    ])
    expect(names).toEqual({ amina: 'amina', register: 'National register' })
    expect(more).toBe(false)
  })

  test('is told page by page', async () => {
    const clientId = await register()
    await site.services.views.take(
      byAmina(),
      DEVICE,
      Array.from({ length: 120 }, (_, at) => view(clientId, at + 1)),
    )
    const seqs: number[] = []
    for (let before: number | null = null; ; ) {
      const page = await site.services.records.seen(['*', site.facilityId], { clientId, before })
      seqs.push(...page.rows.map(({ seq }) => seq))
      if (!page.more) break
      before = page.rows.at(-1)?.seq ?? null
    }
    expect(seqs).toHaveLength(121)
    expect(seqs).toEqual([...seqs].sort((a, b) => b - a))
  })

  test('is told to nobody outside of the client’s facility', async () => {
    const clientId = await register()
    await expect(site.services.records.seen(['*', 'elsewhere'], { clientId, before: null })).rejects.toThrow()
    await expect(site.services.records.seen(['*', site.facilityId], { clientId: 'nobody', before: null })).rejects.toThrow()
  })
})

test('a history that was read is written down, once in ten minutes for each tablet and record', async () => {
  const read = () => site.services.views.noteReading({ accountId: 'amina', deviceId: DEVICE, ip: '' }, 'c')
  await read()
  await read()
  site.clock.now += 600_000
  await read()
  expect(await site.row(`SELECT count(*) AS n FROM "AuditEvent" WHERE action = 'client.history-read' AND subject = 'c'`)).toEqual({ n: 2 })
})
