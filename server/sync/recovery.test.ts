import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CollectionName } from '#domain/collections.ts'
import { collections } from '#domain/collections.ts'
import type { Scalar } from '#domain/scalars.ts'
import { aClientId, clientChange, NOON, openSite, type Site } from './sync.fixture.ts'

let site: Site
const author = { accountId: 'amina', deviceId: 'device-amina', facilities: ['main'] }
const PAST = 'a-past-epoch'

beforeEach(async () => {
  site = await openSite()
  await site.addDoctor('amina')
  const text = 'INSERT INTO "PastEpoch" (epoch, "endSeq", "endedAt") VALUES (?, 1, ?)'
  await site.database.write((sql) => sql.run(text, PAST, NOON))
})
afterEach(() => site.close())

const HEADER = { createdAt: NOON, createdBy: 'amina', updatedAt: NOON, updatedBy: 'amina' }
const client = (id: string, seq: number, more: Record<string, Scalar> = {}) => ({
  ...collections.clients.absent,
  ...HEADER,
  ...{ id, seq, givenName: 'Neema', sex: 'female', facilityId: 'main', ...more },
})
const recover = (records: { id: string; seq: number }[], collection: CollectionName = 'clients', epoch = PAST) =>
  site.services.records.recover(author, { epoch, collection, records })
const issues = () => site.database.read.all<Record<string, string>>('SELECT * FROM "Issue" ORDER BY id')

describe('records that a tablet hands in after a restore', () => {
  test('R3: what is missing is shown at its facility, and the question closes when it has been sent again', async () => {
    const id = aClientId()
    expect(await recover([client(id, 7)])).toEqual({ kept: 1 })
    const [issue] = await issues()
    expect(issue).toMatchObject({ kind: 'recovered', state: 'open', recordId: id, facilityId: 'main', actorId: 'amina' })
    expect(JSON.parse(issue?.detail ?? '')).toMatchObject({ epoch: PAST, seq: 7, record: { givenName: 'Neema', id } })
    const change = clientChange('device-amina', 'amina', 1, { recordId: id })
    await site.services.records.push(author, [change])
    expect((await issues())[0]).toMatchObject({ state: 'resolved' })
  })
  test('R3: what the server holds already is no question, and something else stays one', async () => {
    const change = clientChange('device-amina', 'amina', 1)
    const phone = { phone: { from: null, to: 'between' } }
    const edit = clientChange('device-amina', 'amina', 2, { recordId: change.recordId, op: 'edit', base: 5, fields: phone })
    await site.services.records.push(author, [change])
    await recover([client(change.recordId, 7)])
    expect(await issues()).toEqual([])
    await recover([client(change.recordId, 9, { phone: '0700 000 001' })])
    await site.services.records.push(author, [edit])
    expect(await issues()).toMatchObject([{ state: 'open' }])
  })
  test('R3: of each record the newest is kept, whoever hands it in', async () => {
    const id = aClientId()
    expect(await recover([client(id, 9, { phone: 'newest' })])).toEqual({ kept: 1 })
    expect(await recover([client(id, 7), client(id, 9)])).toEqual({ kept: 0 })
    expect(JSON.parse((await issues())[0]?.detail ?? '').record.phone).toBe('newest')
    expect(await site.row('SELECT count(*) AS n, max(seq) AS seq FROM "Recovered"')).toEqual({ n: 1, seq: 9 })
  })
  test('R3: a record that the server has at another facility is kept apart, and pushes none out', async () => {
    const id = aClientId()
    await site.services.records.apply({ accountId: 'x', deviceId: 'office', facilities: 'all' }, [
      clientChange('office', 'x', 1, { recordId: id }),
    ])
    await site.database.write((sql) => sql.run(`UPDATE "Client" SET "facilityId" = 'north' WHERE id = ?`, id))
    expect(await recover([client(id, 10 ** 9, { phone: 'foreign' })])).toEqual({ kept: 1 })
    expect(await issues()).toMatchObject([{ kind: 'recovered', recordId: id, facilityId: 'main' }])
    const juma = { accountId: 'juma', deviceId: 'device-juma', facilities: ['north'] }
    const own = { epoch: PAST, collection: 'clients' as const, records: [client(id, 7, { facilityId: 'north', phone: 'own' })] }
    expect(await site.services.records.recover(juma, own)).toEqual({ kept: 1 })
    expect(await recover([client(id, 10 ** 9, { phone: 'foreign' })])).toEqual({ kept: 0 })
    const rows = await site.database.read.all('SELECT epoch, seq, "deviceId" FROM "Recovered" ORDER BY epoch')
    expect(rows).toEqual([
      { epoch: PAST, seq: 7, deviceId: 'device-juma' },
      { epoch: `${PAST} elsewhere`, seq: 10 ** 9, deviceId: 'device-amina' },
    ])
    expect((await issues()).map(({ detail }) => JSON.parse(detail ?? '').record.phone).sort()).toEqual(['foreign', 'own'])
  })
  test('R3: one that the server has nowhere is shown at its facility, also when the doctor’s right to it was lost with the backup', async () => {
    const north = await site.services.records.createFacility({ name: 'North', code: null }, { accountId: 'amina' })
    const id = aClientId()
    const enrollment = {
      ...{ ...collections.enrollments.absent, ...HEADER, id: `${id}.HIV-001.1`, seq: 8, clientId: id, programId: 'HIV-001' },
      ...{ facilityId: north, episode: 1, status: 'active', enrolledOn: '2026-01-02' },
    }
    expect(await recover([client(id, 7, { facilityId: north })])).toEqual({ kept: 1 })
    expect(await recover([enrollment], 'enrollments')).toEqual({ kept: 1 })
    expect((await issues()).map(({ facilityId }) => facilityId)).toEqual([north, north])
  })
  test('R3: one of a facility that was made after the backup is shown where the tablet is', async () => {
    expect(await recover([client(aClientId(), 7, { facilityId: 'made-later' })])).toEqual({ kept: 1 })
    expect((await issues()).map(({ facilityId }) => facilityId)).toEqual(['main'])
  })
  test('R3: one that moved beyond the backup is asked about where the server has it', async () => {
    const change = clientChange('device-amina', 'amina', 1)
    await site.services.records.push(author, [change])
    const north = await site.services.records.createFacility({ name: 'North', code: null }, { accountId: 'amina' })
    expect(await recover([client(change.recordId, 7, { facilityId: north })])).toEqual({ kept: 1 })
    expect((await issues()).map(({ facilityId }) => facilityId)).toEqual(['main'])
  })
  test('R3: nothing of the running epoch, or that is no record', async () => {
    const { epoch } = await site.services.records.head()
    await expect(recover([client(aClientId(), 7)], 'clients', epoch)).rejects.toThrow('running')
    const odd = { ...client(aClientId(), 7), givenName: { not: 'a name' } }
    const nameless = { id: aClientId(), seq: 7 }
    expect(await recover([odd as never, nameless])).toEqual({ kept: 0 })
    expect(await issues()).toEqual([])
  })
  test('R3: a program belongs to no facility, and is asked about where the doctor works', async () => {
    const program = { ...HEADER, id: 'HIV-001', seq: 7, name: 'HIV', category: 'hiv', active: true }
    expect(await recover([program], 'programs')).toEqual({ kept: 1 })
    expect(await issues()).toMatchObject([{ collection: 'programs', recordId: 'HIV-001', facilityId: 'main' }])
  })
})
