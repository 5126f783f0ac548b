import { Subject } from 'rxjs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CHANGE_BYTES, SCHEMA_VERSION } from '#domain/sync/change.ts'
import { type Databases, openDatabases } from './databases.ts'
import { type NewChange, Outbox } from './outbox.ts'
import { ChangeTooLong } from './problems.ts'
import { sayAgainUnderNewId } from './rekey.ts'
import { testStorage } from './tablet.fixture.ts'

let databases: Databases
let outbox: Outbox
let opened = 0
let ids = 0

beforeEach(async () => {
  opened += 1
  databases = await openDatabases({ storage: testStorage, name: `outbox-alone-${opened}`, multiInstance: false })
  outbox = await Outbox.open(databases.outbox.outbox)
})
afterEach(() => databases.close())

function newId(): string {
  ids += 1
  return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`
}

async function register(recordId: string, more: NewChange['fields'] = {}): Promise<void> {
  const fields = { givenName: { from: null, to: 'Neema' }, ...more }
  const change: NewChange = {
    deviceId: 'device-one',
    changeId: newId(),
    collection: 'clients',
    recordId,
    op: 'create',
    fields,
    base: 0,
    actor: 'amina',
    deviceTime: 1,
    schemaVersion: SCHEMA_VERSION,
  }
  await outbox.add(change)
}

test('O10: a row that is to be sent again stays whole, although it was about to be forgotten', async () => {
  for (const id of ['a', 'b', 'c']) await register(id)
  const settled = outbox.entries()
  await outbox.change(settled.slice(1), () => ({ state: 'settled' }))
  const chosen = outbox.inState('settled')
  // Meanwhile the server turned out to lack them.
  await outbox.change(chosen, () => ({ state: 'pending' }))
  await outbox.forget(chosen)
  await outbox.readAgain()
  expect(outbox.pending().map(({ change }) => change?.recordId)).toEqual(['a', 'b', 'c'])
})

test('O15: a change that is too long to be sent is refused when it is saved; nothing is written, and what fits is', async () => {
  await register('a')
  const long = { notes: { from: null, to: '\u1200'.repeat(CHANGE_BYTES / 3) } }
  await expect(register('b', long)).rejects.toBeInstanceOf(ChangeTooLong)
  await register('c', { notes: { from: null, to: '\u1200'.repeat(10_000) } })
  await outbox.readAgain()
  expect(outbox.entries().map(({ n, change }) => [n, change?.recordId])).toEqual([
    [1, 'a'],
    [2, 'c'],
  ])
})

test('O8: two answers at once make one new number, not two', async () => {
  await register('OLD')
  await outbox.change(outbox.entries(), () => ({ state: 'rejected', reason: 'id-taken' }))
  let drawn = 0
  const randomBytes = (count: number) => {
    drawn += 1
    return new Uint8Array(count).fill(drawn)
  }
  const options = { outbox, newId, randomBytes }
  await Promise.all([sayAgainUnderNewId(options), sayAgainUnderNewId(options)])
  expect(outbox.pending().map(({ change }) => change?.collection)).toEqual(['clients', 'issues'])
})

test('X7 S10: what another tab tells of a row after it has told that the row is gone does not bring it back', async () => {
  const heard = new Subject()
  const here = databases.outbox.outbox
  const otherTab = await Outbox.open(Object.create(here, { eventBulks$: { value: heard } }))
  await register('a')
  await register('b')
  await otherTab.readAgain()
  const [row] = outbox.entries().map((entry) => entry.row)
  heard.next({ events: [{ documentData: { ...row, _deleted: true, _rev: '3-other' } }] })
  heard.next({ events: [{ documentData: { ...row, state: 'acknowledged', _rev: '2-other' } }] })
  expect(otherTab.entries().map(({ change }) => change?.recordId)).toEqual(['b'])
  expect(otherTab.overlayOf('clients', 'a')).toEqual([])
})

test('X7 S10: the late word of an end does not hide a row that was written again meanwhile; it has to be forgotten again', async () => {
  const heard = new Subject()
  const otherTab = await Outbox.open(Object.create(databases.outbox.outbox, { eventBulks$: { value: heard } }))
  for (const id of ['a', 'b', 'c']) await register(id)
  await otherTab.readAgain()
  const rows = otherTab.entries()
  const end = ({ row }: (typeof rows)[number]) => ({ documentData: { ...row, _deleted: true, _rev: '2-other' } })
  // Forgotten by the other tab and written by this one at once: of the first the write came last, of the second the end.
  await otherTab.change(rows.slice(0, 2), () => ({ state: 'settled' }))
  await outbox.readAgain()
  await outbox.forget(outbox.entries().slice(1, 2))
  heard.next({ events: rows.slice(0, 2).map(end) })
  await expect.poll(() => otherTab.entries().map(({ change }) => change?.recordId)).toEqual(['a', 'c'])
  await otherTab.forget(otherTab.inState('settled'))
  await outbox.readAgain()
  expect(otherTab.entries().map(({ change }) => change?.recordId)).toEqual(['c'])
  expect(await databases.outbox.outbox.storageInstance.findDocumentsById([rows[0]?.row.id ?? ''], true)).toEqual([])
})
