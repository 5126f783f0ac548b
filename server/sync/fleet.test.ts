import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clientChange, helloOf, NOON, openSite, type Site } from './sync.fixture.ts'

let site: Site
const DEVICE = 'device-amina'
const by = { accountId: 'boss', route: '/devices' }

beforeEach(async () => {
  site = await openSite()
  const account = await site.addDoctor('amina')
  await site.services.records.welcome({ account, shown: null }, helloOf(DEVICE, { repairs: 2, unsent: [{ account: 'amina', count: 3 }] }))
})
afterEach(() => site.close())

const openSession = () =>
  site.database.writePrisma((prisma) =>
    prisma.session.create({ data: { idHash: 'h', publicId: 'p', accountId: 'amina', expiresAt: new Date(NOON + 1e9) } }),
  )

describe('the list of devices', () => {
  test('says whose each is, how much is unsent and how far it is behind', async () => {
    const author = { accountId: 'amina', deviceId: DEVICE, facilities: ['main'] }
    await site.services.records.push(author, [clientChange(DEVICE, 'amina', 1)])
    const { seq } = await site.services.records.head()
    const known = { id: DEVICE, accountName: 'amina', app: 'test', unsent: 3, repairs: 2, behind: seq, clockOffset: 0 }
    expect(await site.services.fleet.list()).toMatchObject([{ ...known, revokedAt: null, wipedAt: null }])
  })
  test('L6: what each account has unsent is its own, and the tablet holds what all of them have', async () => {
    const unsent = [
      { account: 'amina', count: 3 },
      { account: 'juma', count: 5 },
    ]
    const juma = await site.addDoctor('juma')
    const amina = { ...juma, id: 'amina' }
    await site.services.records.welcome({ account: amina, shown: null }, helloOf(DEVICE, { unsent }))
    await site.services.records.welcome({ account: juma, shown: null }, helloOf('device-juma', { unsent }))
    const told = (await site.services.fleet.list()).map(({ accountId, unsent, unsentOthers }) => [accountId, unsent, unsentOthers])
    expect(told.sort()).toEqual([
      ['amina', 3, 5],
      ['juma', 5, 3],
    ])
  })
  test('W1: a device is revoked once; sessions that it may hold end, and its connections are told', async () => {
    await openSession()
    const told: string[] = []
    site.services.records.onRightsChanged((id) => told.push(id))
    await site.services.fleet.revoke(DEVICE, by)
    site.clock.now += 1_000
    await site.services.fleet.revoke(DEVICE, by)
    expect(await site.services.fleet.list()).toMatchObject([{ revokedAt: NOON }])
    expect(await site.row('SELECT count(*) AS n FROM "Session"')).toEqual({ n: 0 })
    expect(told).toContain('amina')
    const events = await site.database.read.all(`SELECT "actorId", subject FROM "AuditEvent" WHERE action = 'device.revoked'`)
    expect(events).toEqual([{ actorId: 'boss', subject: DEVICE }])
    await expect(site.services.fleet.revoke('no-such-device', by)).rejects.toThrow('not-found')
  })
  test('W3: what was handed in is listed by number and record, never with its content', async () => {
    await site.services.fleet.revoke(DEVICE, by)
    const change = clientChange(DEVICE, 'amina', 7)
    await site.services.records.quarantine({ account: { id: 'amina' }, device: null }, [change])
    const listed = await site.services.fleet.handedIn()
    const about = {
      changeId: change.changeId,
      deviceId: DEVICE,
      accountName: 'amina',
      n: 7,
      collection: 'clients',
      recordId: change.recordId,
    }
    expect(listed).toEqual([{ ...about, receivedAt: NOON }])
  })
  test('P6: what was not taken, or waits, is listed by number, record and reason, never with its content', async () => {
    const author = { accountId: 'amina', deviceId: DEVICE, facilities: ['main'] }
    const bad = clientChange(DEVICE, 'amina', 1, { fields: { givenName: { from: null, to: ' Neema ' } } })
    const early = clientChange(DEVICE, 'amina', 2, { op: 'edit', fields: { phone: { from: null, to: '0700' } } })
    const lost = { deviceId: DEVICE, n: 3, changeId: crypto.randomUUID(), op: 'void' as const, reason: 'damaged', text: 'Neema' }
    await site.services.records.push(author, [bad, early, lost, clientChange(DEVICE, 'amina', 4)])
    const listed = await site.services.fleet.notTaken()
    const by = { deviceId: DEVICE, accountName: 'amina', receivedAt: NOON, collection: 'clients' }
    expect(listed).toEqual([
      { ...by, changeId: lost.changeId, n: 3, recordId: `void.${DEVICE}.3`, outcome: 'rejected', reason: 'unreadable' },
      { ...by, changeId: early.changeId, n: 2, recordId: early.recordId, outcome: 'parked', reason: null },
      { ...by, changeId: bad.changeId, n: 1, recordId: bad.recordId, outcome: 'rejected', reason: 'invalid' },
    ])
    expect(await site.row('SELECT body FROM "Push" WHERE n = 3')).toMatchObject({ body: expect.stringContaining('"text":"Neema"') })
  })
})
