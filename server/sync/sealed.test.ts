import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { type SealingKey, sealTo } from '#domain/sealedBox.ts'
import type { Change } from '#domain/sync/change.ts'
import { sealedContext } from '#domain/sync/sealed.ts'
import { readDevice } from './devices.ts'
import { clientChange, helloOf, NOON, openSite, type Site } from './sync.fixture.ts'

let site: Site
let amina: SignedInAccount
let key: SealingKey
const DEVICE = 'device-amina'
const aChange = (n: number, more: Partial<Change> = {}) => clientChange(DEVICE, 'amina', n, more)
const count = async (table: string) => (await site.row(`SELECT count(*) AS n FROM "${table}"`))?.n
const device = async () => readDevice(site.database.read, DEVICE)

/** As a locked tablet sends it: by its credential alone. */
async function deliver(...rows: { n: number; changeId: string; box: string }[]) {
  return site.services.records.sealed({ account: null, device: await device() }, DEVICE, rows)
}
const rowOf = async (change: Change, of = key) => ({
  n: change.n,
  changeId: change.changeId,
  box: await sealTo(of, JSON.stringify(change), sealedContext(change.changeId)),
})
const outcomes = ({ results }: { results: { outcome: string }[] }) => results.map(({ outcome }) => outcome)

beforeEach(async () => {
  site = await openSite()
  amina = await site.addDoctor('amina')
  await site.services.records.welcome({ account: amina, shown: null }, helloOf(DEVICE))
  const answer = await site.services.accounts.sessionAnswer(amina)
  key = answer.sealingKey ?? expect.fail('no sealing key')
})
afterEach(() => site.close())

describe('sealed copies', () => {
  test('K1: of a locked tablet are applied as its push, in order, once, also beside the push itself', async () => {
    const [first, second, third] = [aChange(1), aChange(2), aChange(3)]
    expect(outcomes(await deliver(await rowOf(first), await rowOf(second)))).toEqual(['applied', 'applied'])
    expect(await count('Client')).toBe(2)
    const again = await deliver(await rowOf(second), await rowOf(third))
    expect(again.results.map(({ repeated }) => repeated)).toEqual([true, false])
    const pushed = await site.services.records.push({ accountId: 'amina', deviceId: DEVICE, facilities: ['main'] }, [first, third])
    expect(pushed.results.every(({ repeated }) => repeated)).toBe(true)
    expect(await count('Client')).toBe(3)
  })

  test('K1: beyond the next number nothing is taken', async () => {
    expect(outcomes(await deliver(await rowOf(aChange(5))))).toEqual(['gap'])
    expect(await count('Client')).toBe(0)
  })

  test('K1: a box that does not open stops there; what is behind it waits for the unlock', async () => {
    const [first, second, third] = [aChange(1), aChange(2), aChange(3)]
    const exchanged = { ...(await rowOf(first)), n: 2, changeId: second.changeId }
    expect(outcomes(await deliver(await rowOf(first), exchanged, await rowOf(third)))).toEqual(['applied'])
    expect((await device())?.lastN).toBe(1)
  })

  test('K1: a row cannot carry another number or name than its box, nor the change of another account', async () => {
    const change = aChange(1)
    expect(outcomes(await deliver({ ...(await rowOf(change)), n: 2 }))).toEqual([])
    await site.addDoctor('otieno')
    await expect(deliver(await rowOf(aChange(1, { actor: 'otieno' })))).rejects.toThrow('another account')
    expect(await count('Push')).toBe(0)
  })

  test('K2: of a revoked tablet, and of a disabled account, are set aside whole; what does not open is noted', async () => {
    const [first, second] = [aChange(1), aChange(2)]
    await site.database.write((sql) => sql.run('UPDATE "Device" SET "revokedAt" = ? WHERE id = ?', NOON, DEVICE))
    const broken = { ...(await rowOf(second)), box: (await rowOf(first)).box }
    expect(await deliver(await rowOf(first), broken)).toEqual({ results: [], received: 2 })
    expect(await count('Client')).toBe(0)
    const row = await site.row('SELECT * FROM "Push" WHERE "changeId" = ?', first.changeId)
    expect(row).toMatchObject({ outcome: 'rejected', reason: 'quarantined' })
    expect(JSON.parse(String(row?.body))).toEqual(first)
    await site.database.write((sql) => sql.run('UPDATE "Device" SET "revokedAt" = NULL WHERE id = ?', DEVICE))
    await site.database.writePrisma((prisma) => prisma.account.update({ where: { id: 'amina' }, data: { disabledAt: new Date(NOON) } }))
    expect(await deliver(await rowOf(aChange(3)))).toEqual({ results: [], received: 1 })
  })

  test('K2: a box of another key is not given up: the tablet is asked to keep it', async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
    const raw = Buffer.from(await crypto.subtle.exportKey('raw', pair.publicKey)).toString('base64url')
    const row = await rowOf(aChange(1), { kid: 'elsewhere', raw })
    await expect(deliver(row)).rejects.toMatchObject({ problem: { code: 'unavailable' } })
    expect(await count('Push')).toBe(0)
  })

  test('K1: another device cannot deliver for this one', async () => {
    const row = await rowOf(aChange(1))
    const other = site.services.records.sealed({ account: null, device: await device() }, 'device-other', [row])
    await expect(other).rejects.toMatchObject({ problem: { code: 'not-permitted' } })
    await expect(site.services.records.sealed({ account: { id: 'otieno' }, device: null }, DEVICE, [row])).rejects.toThrow(
      'another account',
    )
  })

  test('K1: the private half is in the database sealed only, and outlives a restart', async () => {
    const row = await rowOf(aChange(1))
    await site.restart()
    expect(outcomes(await deliver(row))).toEqual(['applied'])
    const stored = await site.row('SELECT "sealedPrivate" FROM "SealingKey"')
    expect(String(stored?.sealedPrivate)).not.toContain('"d"')
  })
})
