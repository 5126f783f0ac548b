import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import type { Change } from '#domain/sync/change.ts'
import type { UnsentFile } from '#domain/sync/unsentFile.ts'
import { readDevice } from './devices.ts'
import { clientChange, helloOf, NOON, openSite, type Site } from './sync.fixture.ts'

let site: Site
let amina: SignedInAccount
const DEVICE = 'device-amina'
const author = { accountId: 'amina', deviceId: DEVICE, facilities: ['main'] }
const admin = { accountId: 'boss', deviceId: 'office', facilities: 'all' as const }
const push = (...changes: Change[]) => site.services.records.push(author, changes)
const revoke = () => site.database.write((sql) => sql.run('UPDATE "Device" SET "revokedAt" = ? WHERE id = ?', NOON, DEVICE))
const handIn = (...changes: Change[]) => site.services.records.quarantine({ account: amina, device: null }, changes)
const count = async (table: string) => (await site.row(`SELECT count(*) AS n FROM "${table}"`))?.n
const aChange = (n: number, more: Partial<Change> = {}) => clientChange(DEVICE, 'amina', n, more)
const fileOf = (changes: Change[], more: Partial<UnsentFile> = {}): UnsentFile => ({
  kind: 'hims-unsent-changes',
  version: 1,
  deviceId: DEVICE,
  account: 'amina',
  savedAt: NOON,
  changes,
  ...more,
})
const bringIn = (file: UnsentFile) => site.services.records.bringIn(admin, file)

beforeEach(async () => {
  site = await openSite()
  amina = await site.addDoctor('amina')
  await site.services.records.welcome({ account: amina, shown: null }, helloOf(DEVICE))
})
afterEach(() => site.close())

describe('a revoked device', () => {
  test('W1 W3: hands in what is unsent, once, and each is kept whole and shown at its facility', async () => {
    const changes = [aChange(1), aChange(2)]
    await revoke()
    expect(await handIn(...changes)).toEqual({ received: 2 })
    expect(await handIn(...changes)).toEqual({ received: 2 })
    expect(await count('Client')).toBe(0)
    expect(await count('Push')).toBe(2)
    for (const { changeId } of changes) {
      const row = await site.row('SELECT * FROM "Push" WHERE "changeId" = ?', changeId)
      expect(row).toMatchObject({ outcome: 'rejected', reason: 'quarantined' })
      expect(JSON.parse(String(row?.body))).toEqual(changes.find((change) => change.changeId === changeId))
      const issue = await site.row('SELECT * FROM "Issue" WHERE id = ?', `rejected.${changeId}`)
      expect(issue).toMatchObject({ kind: 'rejected', reason: 'quarantined', facilityId: 'main', state: 'open' })
    }
  })
  test('W3: one that is longer than a change may be stays whole on the server, and no tablet has to carry it', async () => {
    const fields = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`notes${index}`, { from: null, to: 'x'.repeat(9_000) }]))
    const long = aChange(1, { fields })
    await revoke()
    await handIn(long)
    expect(JSON.parse(String((await site.row('SELECT body FROM "Push"'))?.body))).toEqual(long)
    const issue = await site.row('SELECT * FROM "Issue" WHERE id = ?', `rejected.${long.changeId}`)
    expect(JSON.parse(String(issue?.detail)).change).toEqual({ ...long, fields: {} })
  })
  test('W1: numbers do not matter, and what had arrived before counts as received', async () => {
    const first = aChange(1)
    await push(first)
    const forked = aChange(1)
    const nothing = { deviceId: DEVICE, n: 9, changeId: crypto.randomUUID(), op: 'void' as const, reason: 'unreadable' }
    await revoke()
    expect(await site.services.records.quarantine({ account: amina, device: null }, [first, forked, aChange(7), nothing])).toEqual({
      received: 4,
    })
    expect(await count('Push')).toBe(4)
    expect(await count('Client')).toBe(1)
    expect(await count('Issue')).toBe(3)
  })
  test('W1: a device that may push does so, and one of another account hands in nothing', async () => {
    await expect(handIn(aChange(1))).rejects.toThrow('not revoked')
    const juma = await site.addDoctor('juma')
    await revoke()
    await expect(site.services.records.quarantine({ account: juma, device: null }, [aChange(1)])).rejects.toThrow('another account')
    expect(await count('Push')).toBe(0)
  })
  test('W3: nothing is shown at a facility that the author never had', async () => {
    const north = await site.services.records.createFacility({ name: 'North', code: null }, { accountId: 'boss' })
    await site.addDoctor('north', [north])
    const theirs = clientChange('device-north', 'north', 1)
    Object.assign(theirs.fields, { facilityId: { from: null, to: north } })
    await site.services.records.push({ accountId: 'north', deviceId: 'device-north', facilities: [north] }, [theirs])
    await revoke()
    const stray = aChange(1, { recordId: theirs.recordId, op: 'edit', base: 3, fields: { phone: { from: null, to: 'x' } } })
    await handIn(stray)
    expect(await site.row('SELECT "facilityId" FROM "Issue" WHERE id = ?', `rejected.${stray.changeId}`)).toEqual({ facilityId: 'main' })
  })
  test('W2: nobody notes a wipe that nobody asked for', async () => {
    const device = await readDevice(site.database.read, DEVICE)
    await site.services.records.wiped({ account: null, device }, DEVICE)
    expect(await site.row('SELECT "wipedAt" FROM "Device" WHERE id = ?', DEVICE)).toEqual({ wipedAt: null })
    await site.database.write((sql) => sql.run('UPDATE "Account" SET "disabledAt" = ?', new Date(NOON).toISOString()))
    await site.services.records.wiped({ account: null, device }, DEVICE)
    expect(await site.row('SELECT "wipedAt" FROM "Device" WHERE id = ?', DEVICE)).toEqual({ wipedAt: NOON })
  })
  test('W2: that has wiped itself is noted once', async () => {
    await revoke()
    await site.services.records.wiped({ account: amina, device: null }, DEVICE)
    site.clock.now += 1_000
    await site.services.records.wiped({ account: amina, device: null }, DEVICE)
    expect(await site.row('SELECT "wipedAt", unsent FROM "Device" WHERE id = ?', DEVICE)).toEqual({ wipedAt: NOON, unsent: 0 })
    expect(await site.row(`SELECT count(*) AS n FROM "AuditEvent" WHERE action = 'device.wiped'`)).toEqual({ n: 1 })
  })
})

describe('a file of unsent changes', () => {
  test('W3: is applied in the name of its author, and what the tablet sends later by itself counts once', async () => {
    const changes = [aChange(1), aChange(2)]
    expect((await bringIn(fileOf(changes))).map(({ n, outcome }) => [n, outcome])).toEqual([
      [1, 'taken'],
      [2, 'taken'],
    ])
    expect(await site.row('SELECT "createdBy" FROM "Client" LIMIT 1')).toEqual({ createdBy: 'amina' })
    expect(await push(...changes)).toMatchObject({ lastN: 2, results: [{ repeated: true, outcome: 'applied' }, { repeated: true }] })
    expect((await bringIn(fileOf(changes))).map(({ outcome }) => outcome)).toEqual(['known', 'known'])
    expect(await count('Client')).toBe(2)
  })
  test('W3: also when numbers before it are missing, and the tablet goes on with its own', async () => {
    const [first, third] = [aChange(1), aChange(3)]
    expect(await bringIn(fileOf([third]))).toMatchObject([{ n: 3, outcome: 'taken' }])
    const { results, lastN } = await push(first, aChange(2), third, aChange(4))
    expect(results.map(({ outcome, repeated }) => [outcome, repeated])).toEqual([
      ['applied', false],
      ['applied', false],
      ['applied', true],
      ['applied', false],
    ])
    expect(lastN).toBe(4)
  })
  test('W3: of an account that may not write any more is set aside', async () => {
    await site.database.write((sql) => sql.run('UPDATE "Account" SET "disabledAt" = ?', new Date(NOON).toISOString()))
    const change = aChange(1)
    expect(await bringIn(fileOf([change]))).toMatchObject([{ outcome: 'quarantined' }])
    expect(await count('Client')).toBe(0)
    expect(await site.row('SELECT reason FROM "Push" WHERE "changeId" = ?', change.changeId)).toEqual({ reason: 'quarantined' })
  })
  test('W3 O6: a row that could not be read keeps for the administrator what lay there, and no tablet hears of it', async () => {
    const { changeId } = aChange(1)
    const row = {
      deviceId: DEVICE,
      n: 1,
      changeId,
      op: 'void' as const,
      reason: 'this change could not be read',
      text: '{"givenName":"Nee',
    }
    expect(await bringIn(fileOf([], { changes: [row, aChange(2)] }))).toMatchObject([{ outcome: 'rejected' }, { outcome: 'taken' }])
    const kept = await site.row('SELECT outcome, reason, body FROM "Push" WHERE "changeId" = ?', changeId)
    expect(kept).toMatchObject({ outcome: 'rejected', reason: 'unreadable' })
    expect(JSON.parse(String(kept?.body))).toEqual(row)
    const issue = await site.row('SELECT detail FROM "Issue" WHERE id = ?', `rejected.${changeId}`)
    expect(JSON.parse(String(issue?.detail)).change.n).toBe(1)
    expect(JSON.stringify(issue)).not.toContain('Nee')
  })
  test('W3: of an unknown device is registered below its numbers', async () => {
    const other = 'device-other'
    const changes = [clientChange(other, 'amina', 5), clientChange(other, 'amina', 6)]
    await bringIn(fileOf(changes, { deviceId: other }))
    expect(await site.row('SELECT "lastN" FROM "Device" WHERE id = ?', other)).toEqual({ lastN: 6 })
  })
  test('W3: the answer and the log name what came, never what is in it', async () => {
    const change = aChange(1)
    const told = await bringIn(fileOf([change]))
    expect(told).toEqual([{ n: 1, deviceTime: NOON, collection: 'clients', recordId: change.recordId, outcome: 'taken' }])
    const event = await site.row(`SELECT * FROM "AuditEvent" WHERE action = 'device.unsent-file'`)
    expect(event).toMatchObject({ actorId: 'boss', subject: DEVICE })
    expect(JSON.stringify(event)).not.toContain('Neema')
  })
  test('W3: of a stranger, or with changes of another device, is refused', async () => {
    await expect(bringIn(fileOf([aChange(1)], { account: 'nobody' }))).rejects.toThrow('not here')
    await expect(bringIn(fileOf([clientChange('device-other', 'amina', 1)]))).rejects.toThrow('another device')
    await expect(bringIn(fileOf([clientChange(DEVICE, 'juma', 1)]))).rejects.toThrow('another account')
  })
})
