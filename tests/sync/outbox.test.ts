import { createRxDatabase } from 'rxdb/plugins/core'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabases } from '#app/data/databases.ts'
import { type NewChange, Outbox } from '#app/data/outbox.ts'
import { overlay } from '#app/data/overlay.ts'
import { outboxSchema } from '#app/data/schemas.ts'
import { openTestTablet, testStorage } from '#app/data/tablet.fixture.ts'
import type { Tablet } from '#app/data/tablet.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { clientNumber } from '#domain/clients/number.ts'
import type { RecordOf } from '#domain/collections.ts'
import { type Change, SCHEMA_VERSION } from '#domain/sync/change.ts'
import { unsentFile } from '#domain/sync/unsentFile.ts'
import { DirectNetwork } from './directNetwork.ts'
import { createPrograms } from './proofs.ts'
import { type SimulatedServer, startServer } from './server.ts'

let server: SimulatedServer
let network: DirectNetwork
let tablet: Tablet
let count = 0
/** Whom the server takes this browser for; null when nobody is signed in. */
let connected: SignedInAccount | null
/** How many requests the server cannot answer. */
let failures = 0

const open = () =>
  openTestTablet(network, `outbox-${count}`, new Set(), { account: account(), now: () => 5, newId: () => crypto.randomUUID() })

beforeEach(async () => {
  server = await startServer(Date.now)
  count += 1
  connected = account()
  failures = 0
  network = new DirectNetwork(
    server,
    () => connected,
    () => failures-- > 0,
  )
  tablet = await open()
})
afterEach(async () => {
  await tablet.close()
  await server.close()
})

const id = clientNumber(new Uint8Array(12))
const register = () =>
  tablet.save({
    collection: 'clients',
    recordId: id,
    op: 'create',
    values: { givenName: 'Neema', bornOnEstimated: false, facilityId: server.facilityId },
    seen: null,
  })
const states = () => tablet.outbox().map(({ n, state }) => `${n} ${state}`)
const shown = () => tablet.record('clients', id)

describe('an edit without network', () => {
  test('O1 O3: is shown as soon as it is saved, marked as not yet sent', async () => {
    await register()
    expect(shown()).toMatchObject({ state: 'unsent', record: { givenName: 'Neema', sex: 'unknown', seq: 0 } })
    expect(tablet.sync()).toMatchObject({ connection: 'offline', unsent: 1 })
  })
  test('O3: is still there after the page was closed and opened again', async () => {
    await register()
    await tablet.close()
    tablet = await open()
    expect(states()).toEqual(['1 unsent'])
    expect(shown()).toMatchObject({ state: 'unsent', record: { givenName: 'Neema' } })
  })
  test('O5: carries old and new value, and the whole group when one field of it differs', async () => {
    await register()
    const seen = shown()?.record
    await tablet.save({
      collection: 'clients',
      recordId: id,
      op: 'edit',
      values: { bornOn: '1990-01-01', givenName: 'Neema' },
      seen: seen ?? null,
    })
    network.setReachable(true)
    await expect.poll(states, { timeout: 10_000 }).toEqual(['2 sent', '1 sent'])
    const rows = await server.database.read.all(`SELECT field, "from", "to" FROM "Change" WHERE op = 'edit' ORDER BY field`)
    expect(rows).toEqual([
      { field: 'bornOn', from: null, to: '"1990-01-01"' },
      { field: 'bornOnEstimated', from: 'false', to: 'false' },
    ])
  })
})

describe('with the server back', () => {
  test('P4 O4: the marks change after the answer, and the record then comes from the mirror', async () => {
    await register()
    network.setReachable(true)
    await expect.poll(() => shown()?.state, { timeout: 10_000 }).toBe('sent')
    expect(shown()?.record.seq).toBeGreaterThan(0)
    expect(shown()?.record.createdAt).not.toBe(5)
  })
  test('P4: an answer that is lost leaves the mark as it was, and the change is sent again', async () => {
    await register()
    network.losesAnswers = true
    network.setReachable(true)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(states()).toEqual(['1 unsent'])
    network.losesAnswers = false
    network.setReachable(true)
    await expect.poll(states, { timeout: 10_000 }).toEqual(['1 sent'])
  })
  test('P18: what waits and is given up leaves the overlay, and asks nothing', async () => {
    const recordId = `${id}.HIV-001.1`
    const values = { clientId: id, programId: 'HIV-001', episode: 1, status: 'active', enrolledOn: '2026-05-01' }
    await createPrograms(server)
    await server.database.writePrisma(async (prisma) => {
      const { id, name, email, facilities } = account()
      await prisma.account.create({ data: { id, name, email, passwordHash: '', roles: 'doctor' } })
      await prisma.accountFacility.create({ data: { accountId: id, facilityId: facilities[0] ?? '' } })
    })
    await tablet.save({ collection: 'enrollments', recordId, op: 'create', values, seen: null })
    network.setReachable(true)
    await expect.poll(states, { timeout: 10_000 }).toEqual(['1 parked'])
    await server.database.write((sql) => sql.run('UPDATE "Push" SET "receivedAt" = 0'))
    await server.records.lookAfterParked()
    await expect.poll(() => tablet.records('issues').length, { timeout: 10_000 }).toBe(1)
    const [issue] = tablet.records('issues')
    const closing = { recordId: issue?.record.id ?? '', op: 'edit', values: { state: 'discarded' } } as const
    await tablet.save({ collection: 'issues', ...closing, seen: { ...issue?.record } })
    await expect.poll(states, { timeout: 10_000 }).toEqual(['2 sent', '1 sent'])
    expect(tablet.record('enrollments', recordId)).toBeUndefined()
    expect(tablet.records('issues').filter(({ record }) => record.state === 'open')).toEqual([])
  })
  test('O4: a rejected change leaves the overlay at once and says why', async () => {
    const values = { givenName: 'Neema', bornOnEstimated: false, facilityId: 'nowhere' }
    await tablet.save({ collection: 'clients', recordId: id, op: 'create', values, seen: null })
    network.setReachable(true)
    await expect.poll(() => tablet.outbox()[0], { timeout: 10_000 }).toMatchObject({ state: 'rejected', reason: 'facility-missing' })
    await expect.poll(shown, { timeout: 10_000 }).toBeUndefined()
  })
})

describe('when the server knows somebody else, or nobody', () => {
  test('S4: records of another account never come into this database', async () => {
    await new Promise((resolve) => setTimeout(resolve, 10))
    connected = { ...account(), id: 'somebody-else' }
    await server.records.apply({ accountId: 'x', deviceId: 'device-x', facilities: 'all' }, [aClientOf(server.facilityId)])
    network.setReachable(true)
    await expect.poll(() => tablet.sync().connection, { timeout: 10_000 }).toBe('signed-out')
    expect(tablet.records('clients')).toEqual([])
  })
  test('P4: a greeting that failed is tried again, and what waits is sent', async () => {
    await register()
    failures = 1
    network.setReachable(true)
    await expect.poll(states, { timeout: 10_000 }).toEqual(['1 sent'])
  })
  test('P4: a session that ends while connected is said, and what waits stays', async () => {
    network.setReachable(true)
    await expect.poll(() => tablet.sync().connection, { timeout: 10_000 }).toBe('online')
    connected = null
    await register()
    await expect.poll(() => tablet.sync().connection, { timeout: 10_000 }).toBe('signed-out')
    expect(states()).toEqual(['1 unsent'])
    connected = account()
    network.setReachable(true)
    await expect.poll(states, { timeout: 10_000 }).toEqual(['1 sent'])
  })
})

test('O2: two tabs that write at once never take the same number', async () => {
  const database = await createRxDatabase({ name: `numbers-${count}`, storage: getRxStorageMemory(), multiInstance: false })
  const { outbox } = await database.addCollections({ outbox: { schema: outboxSchema } })
  const tabs = [await Outbox.open(outbox), await Outbox.open(outbox)]
  const writes = tabs.flatMap((tab) => Array.from({ length: 10 }, () => tab.add(aChange())))
  await Promise.all(writes)
  const numbers = tabs[0]?.entries().map(({ n }) => n)
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  await database.close()
})

test('O4 O10: the newest row is forgotten: who listens hears of its record, also when a tab never saw it settled', async () => {
  const database = await createRxDatabase({ name: `forget-${count}`, storage: getRxStorageMemory(), multiInstance: false })
  await database.addCollections({ outbox: { schema: outboxSchema } })
  const outbox = await Outbox.open(database.collections.outbox as never)
  await outbox.add(aChange())
  const heard: number[] = []
  outbox.onChange(({ change }) => change && heard.push(outbox.overlayOf(change.collection, change.recordId).length))
  await outbox.forget(outbox.entries())
  expect(heard.at(-1)).toBe(0)
  expect(outbox.lastN).toBe(1)
  await database.close()
})

test('O6: a row that cannot be read goes up as void, and the one behind it is sent', async () => {
  await register()
  await tablet.save({
    collection: 'clients',
    recordId: clientNumber(Uint8Array.from({ length: 12 }, () => 3)),
    op: 'create',
    values: { familyName: 'Okoth', bornOnEstimated: false, facilityId: server.facilityId },
    seen: null,
  })
  await tablet.close()
  await damage(1)
  tablet = await open()
  network.setReachable(true)
  await expect
    .poll(() => server.database.read.all('SELECT n, outcome FROM "Push" ORDER BY n'), { timeout: 10_000 })
    .toEqual([
      { n: 1, outcome: 'rejected' },
      { n: 2, outcome: 'applied' },
    ])
  const kept = await server.database.read.get<{ body: string }>('SELECT body FROM "Push" WHERE n = 1')
  expect(JSON.parse(kept?.body ?? '')).toMatchObject({ op: 'void', reason: 'unreadable: the text is damaged', text: '{"n":' })
  const issue = await server.database.read.get<{ detail: string }>('SELECT detail FROM "Issue"')
  expect(issue?.detail).toContain('the text is damaged')
  expect(issue?.detail).not.toContain('"text"')
})

test('W3 O6: a row that cannot be read is in the file of unsent changes as it lies there, in its place', async () => {
  await register()
  await register()
  await tablet.close()
  await damage(1)
  tablet = await open()
  const file = unsentFile.parse(JSON.parse(JSON.stringify(tablet.exportUnsent())))
  expect(file.changes.map(({ n, op }) => [n, op])).toEqual([
    [1, 'void'],
    [2, 'create'],
  ])
  expect(file.changes[0]).toMatchObject({ text: '{"n":' })
})

test('O3: a create and an edit over it compose; a delete takes the record away', () => {
  const change = (op: Change['op'], to: string) =>
    ({ op, recordId: id, fields: { givenName: { from: null, to } }, base: 0, deviceTime: 9, actor: 'amina' }) as unknown as Change
  const composed = overlay('clients', undefined, [change('create', 'Neema'), change('edit', 'Nema')])
  expect(composed).toMatchObject({ id, givenName: 'Nema', seq: 0, createdAt: 9 } satisfies Partial<RecordOf<'clients'>>)
  expect(overlay('clients', composed, [change('delete', '')])).toBeUndefined()
})

test('O7: what lies under a pending value was not seen, so the composed record is as old as the change on top of it', () => {
  const mirror = { id, seq: 20, givenName: 'By another' } as unknown as RecordOf<'clients'>
  const pending = { ...aChange(), n: 1, base: 10, fields: { givenName: { from: 'First', to: 'Mine' } } }
  expect(overlay('clients', mirror, [pending])).toMatchObject({ givenName: 'Mine', seq: 10 })
})

/** Makes one row of a closed tablet's outbox unreadable, as a damaged disk would. */
async function damage(n: number): Promise<void> {
  const databases = await openDatabases({ storage: testStorage, name: `outbox-${count}`, multiInstance: false })
  const row = await databases.outbox.outbox.findOne(String(n).padStart(12, '0')).exec(true)
  await row.incrementalPatch({ body: '{"n":' })
  await databases.close()
}

function account(): SignedInAccount {
  return { id: 'amina', name: 'Amina', email: 'amina@example.org', roles: ['doctor'], facilities: [server.facilityId] }
}

function aClientOf(facilityId: string): Change {
  const fields = {
    givenName: { from: null, to: 'Secret' },
    bornOnEstimated: { from: null, to: false },
    facilityId: { from: null, to: facilityId },
  }
  return { ...aChange(), n: 1, op: 'create', fields }
}

function aChange(): NewChange {
  return {
    deviceId: 'device-1',
    changeId: crypto.randomUUID(),
    collection: 'clients',
    recordId: id,
    op: 'edit',
    fields: {},
    base: 0,
    actor: 'amina',
    deviceTime: 0,
    schemaVersion: SCHEMA_VERSION,
  }
}
