import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { clientChange, helloOf, NOON, openSite, type Site } from './sync.fixture.ts'

let site: Site
let amina: SignedInAccount
const DEVICE = 'device-amina'
const greet = (said: Parameters<typeof helloOf>[1] = {}, credential: string | null = null, account: SignedInAccount | null = amina) =>
  site.services.records.welcome({ account, shown: { deviceId: DEVICE, credential } }, helloOf(DEVICE, said))
const device = () => site.row('SELECT * FROM "Device" WHERE id = ?', DEVICE)

beforeEach(async () => {
  site = await openSite()
  amina = await site.addDoctor('amina')
})
afterEach(() => site.close())

describe('a device that greets', () => {
  test('P13: is registered above the number it names, and its next number is taken', async () => {
    expect(await greet({ startsAfter: 41, lastN: 43 })).toMatchObject({ verdict: 'ok', lastN: 41, account: 'amina', rooms: ['*', 'main'] })
    expect(await device()).toMatchObject({ accountId: 'amina', lastN: 41 })
    expect((await greet({ startsAfter: 7 })).lastN).toBe(41)
    const author = { accountId: 'amina', deviceId: DEVICE, facilities: ['main'] }
    const push = (n: number) => site.services.records.push(author, [clientChange(DEVICE, 'amina', n)])
    expect(await push(44)).toMatchObject({ results: [{ outcome: 'gap' }], lastN: 41 })
    expect(await push(42)).toMatchObject({ results: [{ outcome: 'applied' }], lastN: 42 })
  })
  test('P12: of an older protocol or schema may push, and is told to upgrade', async () => {
    expect((await greet({ protocol: 1 })).verdict).toBe('upgrade')
    expect((await greet({ schema: 0 })).verdict).toBe('upgrade')
    expect((await greet()).verdict).toBe('ok')
  })
  test('L3: hears the time, and is refused for none, however far its own is off', async () => {
    const year = 365 * 24 * 3_600_000
    for (const time of [NOON - 3 * year, NOON + 3 * year]) expect(await greet({ time })).toMatchObject({ verdict: 'ok', time: NOON })
    expect(await device()).toMatchObject({ clockOffset: 3 * year })
  })
  test('of another account is refused', async () => {
    await greet()
    const juma = await site.addDoctor('juma')
    await expect(greet({}, null, juma)).rejects.toThrow('another account')
  })
  test('that says nothing new within a minute costs no write', async () => {
    const { credential } = await greet()
    const before = await device()
    site.clock.now += 59_000
    await greet({ cursor: 9, time: NOON + 59_000 }, credential)
    expect(await device()).toEqual(before)
    const unsent = [
      { account: 'amina', count: 2 },
      { account: 'juma', count: 3 },
    ]
    await greet({ unsent, cursor: 9, time: NOON + 59_000 }, credential)
    expect(await device()).toMatchObject({ unsent: 2, unsentOthers: 3, cursor: 9, lastSeenAt: NOON + 59_000 })
    site.clock.now += 60_000
    await greet({ unsent, cursor: 12, time: NOON + 119_000 }, credential)
    expect(await device()).toMatchObject({ cursor: 12, lastSeenAt: NOON + 119_000 })
  })
})

describe('a credential', () => {
  test('W1: is given once, and another to a device that never got the answer', async () => {
    const first = (await greet()).credential ?? ''
    expect(Buffer.from(first, 'base64url')).toHaveLength(32)
    expect((await greet({}, first)).credential).toBeNull()
    expect(JSON.stringify(await device())).not.toContain(first)
    const second = (await greet({}, null)).credential ?? ''
    expect(second).not.toBe(first)
    await expect(greet({}, first, null)).rejects.toThrow('not-signed-in')
  })
  test('W1: greets without a session, and hears whether to sign in or to wipe', async () => {
    const { credential } = await greet()
    expect(await greet({}, credential, null)).toMatchObject({ verdict: 'reauth', rooms: [], account: 'amina', credential: null })
    await site.database.write((sql) => sql.run('UPDATE "Account" SET "disabledAt" = ?', new Date(NOON).toISOString()))
    expect(await greet({}, credential, null)).toMatchObject({ verdict: 'wipe' })
    await expect(greet({}, 'x'.repeat(43), null)).rejects.toThrow('not-signed-in')
  })
  test('W1: a revoked device is told to wipe itself, also with a session, and may push nothing', async () => {
    await greet()
    await site.database.write((sql) => sql.run('UPDATE "Device" SET "revokedAt" = ?', NOON))
    expect((await greet()).verdict).toBe('wipe')
    const author = { accountId: 'amina', deviceId: DEVICE, facilities: ['main'] }
    const nothing = { deviceId: DEVICE, n: 1, changeId: crypto.randomUUID(), op: 'void' as const, reason: 'unreadable' }
    await expect(site.services.records.push(author, [nothing])).rejects.toThrow('revoked')
  })
})
