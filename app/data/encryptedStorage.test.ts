import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { beforeEach, expect, test } from 'vitest'
import { Cipher, OtherKey } from './cipher.ts'
import { type Databases, openDatabases, readAll } from './databases.ts'
import { openDevice } from './device.ts'
import { encryptedStorage } from './encryptedStorage.ts'
import { Mirror } from './mirror.ts'
import { type NewChange, Outbox } from './outbox.ts'
import { testKey } from './tablet.fixture.ts'

/** As the rows lie on the disk: the same databases without a key. */
const disk = getRxStorageMemory()
let key: CryptoKey
let opened = 0
const name = () => `sealed-${opened}`

beforeEach(async () => {
  opened += 1
  key = await testKey()
})

async function open(by: CryptoKey | null = key): Promise<Databases> {
  const storage = by === null ? disk : encryptedStorage(disk, await Cipher.of(by))
  return openDatabases({ storage, name: name(), multiInstance: false })
}

async function lying<T>(read: (databases: Databases) => Promise<T>): Promise<T> {
  const databases = await open(null)
  const found = await read(databases)
  await databases.close()
  return found
}

const client = (id: string, seq: number, givenName: string) => ({ id, seq, givenName, phone: '0712 345 678', _deleted: false }) as never
const change: NewChange = {
  deviceId: 'device-one',
  changeId: '00000000-0000-4000-8000-000000000001',
  collection: 'clients',
  recordId: 'a',
  op: 'create',
  fields: { givenName: { from: null, to: 'Neema' } },
  base: 0,
  actor: 'amina',
  deviceTime: 1,
  schemaVersion: 1,
}

async function write(databases: Databases, ...documents: never[]): Promise<number> {
  return new Mirror(databases.mirror.collections, () => true).write('clients', documents)
}

test('of a record the id and the number lie readable on the disk, and nothing else of it', async () => {
  const databases = await open()
  await write(databases, client('a', 7, 'Neema'))
  await databases.close()
  const [row] = await lying((found) => readAll(found.mirror.clients))
  expect(Object.keys(row ?? {}).sort()).toEqual(['_attachments', '_deleted', '_meta', '_rev', 'id', 'sealed', 'seq'])
  expect(row).toMatchObject({ id: 'a', seq: 7, _deleted: false })
  expect(JSON.stringify(row)).not.toMatch(/Neema|0712/)
})

test('of a change its state and numbers lie readable, and not what it says', async () => {
  const databases = await open()
  const outbox = await Outbox.open(databases.outbox.outbox)
  await outbox.add(change, { conflict: true })
  await outbox.change(outbox.entries(), () => ({ state: 'rejected', reason: 'a reason with Neema in it' }))
  await databases.close()
  const [row] = await lying((found) => readAll(found.outbox.outbox))
  expect(row).toMatchObject({ id: '000000000001', changeId: change.changeId, state: 'rejected', seq: 0, epoch: '', reason: '', extra: '' })
  expect(JSON.stringify(row)).not.toContain('Neema')
})

test('who the device is to the server lies readable, so that a locked one can hand in its work; how far it came does not', async () => {
  const databases = await open()
  const device = await openDevice(databases, () => 'device-one')
  await device.write('contact', { receivedAt: 5, facilities: ['north'] })
  await databases.mirror.progress.insert({ id: 'clients', text: '{"epoch":"e1"}' })
  await databases.close()
  const rows = await lying((found) => readAll(found.outbox.device))
  expect(rows.map(({ id, text }) => [id, JSON.parse(text)])).toEqual([
    ['contact', expect.objectContaining({ receivedAt: 5, facilities: ['north'] })],
    ['device', { deviceId: 'device-one', startsAfter: 0, credential: null }],
  ])
  const [progress] = await lying((found) => readAll(found.mirror.progress))
  expect(progress?.text).toMatch(/^~1/)
})

test('with the key everything is there again after a restart', async () => {
  const before = await open()
  await write(before, client('a', 7, 'Neema'), client('b', 8, 'Juma'))
  await (await Outbox.open(before.outbox.outbox)).add(change, { insteadOf: 'x' })
  await before.close()
  const databases = await open()
  expect((await readAll(databases.mirror.clients)).map(({ id, givenName }) => [id, givenName])).toEqual([
    ['a', 'Neema'],
    ['b', 'Juma'],
  ])
  const [entry] = (await Outbox.open(databases.outbox.outbox)).pending()
  expect(entry).toMatchObject({ change: { ...change, n: 1 }, extra: { insteadOf: 'x' } })
  await databases.close()
})

test('another key reads nothing and is told so, before anything could be taken for damaged', async () => {
  const databases = await open()
  await (await Outbox.open(databases.outbox.outbox)).add(change)
  await databases.close()
  const other = await open(await testKey())
  await expect(readAll(other.outbox.outbox)).rejects.toThrow(OtherKey)
  await other.close()
})

test('a record that was altered on the disk is not there, and is overwritten by what the server sends', async () => {
  const before = await open()
  await write(before, client('a', 7, 'Neema'), client('b', 8, 'Juma'))
  await before.close()
  await lying(async ({ mirror }) => {
    const [first, second] = await readAll(mirror.clients)
    await mirror.clients.storageInstance.bulkWrite([{ previous: first, document: { ...first, sealed: second?.sealed } }] as never, 'test')
  })
  const databases = await open()
  expect((await readAll(databases.mirror.clients)).map(({ id }) => id)).toEqual(['b'])
  expect(await write(databases, client('a', 7, 'Neema'))).toBe(1)
  expect((await readAll(databases.mirror.clients)).map(({ givenName }) => givenName)).toEqual(['Neema', 'Juma'])
  await databases.close()
})

test('a row that was written before there was a key is read, and encrypted when it is written next', async () => {
  await lying(async (plain) => (await Outbox.open(plain.outbox.outbox)).add(change))
  const databases = await open()
  const outbox = await Outbox.open(databases.outbox.outbox)
  expect(outbox.pending()[0]?.change).toMatchObject(change)
  await outbox.change(outbox.pending(), () => ({ state: 'acknowledged', seq: 9 }))
  await databases.close()
  const [row] = await lying((found) => readAll(found.outbox.outbox))
  expect(row).toMatchObject({ state: 'acknowledged', seq: 9, body: expect.stringMatching(/^~1/) })
})

test('whoever writes hears of it before the write ends, in words', async () => {
  const databases = await open()
  const heard: unknown[] = []
  databases.mirror.clients.eventBulks$.subscribe(({ events }) => heard.push(...events.map(({ documentData }) => documentData.givenName)))
  await write(databases, client('a', 7, 'Neema'))
  expect(heard).toEqual(['Neema'])
  await write(databases, client('a', 8, 'Neema Ann'))
  expect(heard).toEqual(['Neema', 'Neema Ann'])
  await databases.close()
})

test('a write that comes too late is told what is there, in words', async () => {
  const databases = await open()
  await write(databases, client('a', 7, 'Neema'))
  const row = { ...(client('a', 9, 'Juma') as object), _attachments: {}, _meta: { lwt: 1 }, _rev: '1-other' }
  const { error } = await databases.mirror.clients.storageInstance.bulkWrite([{ document: row }] as never, 'test')
  expect(error).toMatchObject([{ status: 409, documentInDb: { givenName: 'Neema' }, writeRow: { document: { givenName: 'Juma' } } }])
  await databases.close()
})

test('to ask for an encrypted field is a defect, and is said: it would find nothing', async () => {
  const databases = await open()
  await expect(databases.mirror.clients.find({ selector: { givenName: 'Neema' } }).exec()).rejects.toThrow(/encrypted/)
  await databases.close()
})
