import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { clientChange, NOON, openSite, type Site } from './sync.fixture.ts'

let site: Site
let amina: SignedInAccount
const DEVICE = 'device-amina'
const admin = { accountId: 'boss', ip: '10.0.0.1', route: '/erasure' }
let id: string

beforeEach(async () => {
  site = await openSite()
  amina = await site.addDoctor('amina')
  const change = clientChange(DEVICE, 'amina', 1)
  id = change.recordId
  await site.services.records.push({ accountId: 'amina', deviceId: DEVICE, facilities: ['main'] }, [change])
})
afterEach(() => site.close())

const ask = (account = amina, clientId = id) => site.services.erasures.request(account, { clientId, reason: 'asked-by-client' }, {})
const events = () => site.database.read.all(`SELECT action, "actorId", subject FROM "AuditEvent" WHERE action LIKE 'client.%' ORDER BY seq`)

describe('a request', () => {
  test('X9: of a doctor of the facility is shown to an administrator, without a word about who it is', async () => {
    expect(await ask()).toBe('requested')
    expect(await ask()).toBe('known')
    const open = await site.services.erasures.open()
    expect(open).toMatchObject([{ reason: 'asked-by-client', requestedBy: 'amina', requestedAt: NOON }])
    expect(open[0]?.facts).toEqual({
      clientId: id,
      facility: 'Main clinic',
      registeredAt: NOON,
      changedAt: NOON,
      enrollments: 0,
      changes: 1,
      joined: [],
    })
    expect(JSON.stringify(open)).not.toContain('Neema')
    expect(await events()).toEqual([{ action: 'client.erasure-requested', actorId: 'amina', subject: id }])
  })
  test('X9: about a client of another facility there is nothing to ask', async () => {
    await expect(ask({ ...amina, facilities: ['north'] })).rejects.toMatchObject({ problem: { code: 'not-found' } })
    await expect(ask(amina, '0000000000000')).rejects.toMatchObject({ problem: { code: 'not-found' } })
    expect(await site.services.erasures.open()).toEqual([])
  })
  test('X9: is done when an administrator erases the client, and both steps are in the audit log', async () => {
    await ask()
    await site.services.erasures.erase({ clientId: id, reason: 'legal-duty' }, admin)
    expect(await site.services.erasures.open()).toEqual([])
    const decided = await site.services.erasures.decided()
    expect(decided).toMatchObject([{ clientId: id, reason: 'asked-by-client', state: 'done', requestedBy: 'amina', decidedBy: 'boss' }])
    expect(await events()).toEqual([
      { action: 'client.erasure-requested', actorId: 'amina', subject: id },
      { action: 'client.erased', actorId: 'boss', subject: id },
    ])
    expect(await site.services.erasures.facts(id)).toBeNull()
    await expect(site.services.erasures.erase({ clientId: id, reason: 'legal-duty' }, admin)).rejects.toMatchObject({
      problem: { code: 'not-found' },
    })
    expect(await site.row(`SELECT count(*) AS n FROM "ErasureRequest"`)).toEqual({ n: 1 })
  })
  test('X9: may be refused, once; the client stays, and may be asked about again', async () => {
    await ask()
    const [request] = await site.services.erasures.open()
    await site.services.erasures.refuse(request?.id ?? '', admin)
    await expect(site.services.erasures.refuse(request?.id ?? '', admin)).rejects.toMatchObject({ problem: { code: 'not-found' } })
    expect(await site.row('SELECT deleted FROM "Client"')).toEqual({ deleted: 0 })
    expect(await site.services.erasures.decided()).toMatchObject([{ state: 'refused' }])
    expect((await events()).at(-1)).toEqual({ action: 'client.erasure-refused', actorId: 'boss', subject: id })
    expect(await ask()).toBe('requested')
  })
})
