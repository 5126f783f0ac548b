import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Change } from '#domain/sync/change.ts'
import { type Databases, openDatabases } from './databases.ts'
import { RecordMemory } from './memory.ts'
import { Outbox } from './outbox.ts'
import { rowsOfGone } from './purge.ts'
import { testStorage } from './tablet.fixture.ts'

let databases: Databases
let outbox: Outbox
let opened = 0

beforeEach(async () => {
  opened += 1
  databases = await openDatabases({ storage: testStorage, name: `purge-${opened}`, multiInstance: false })
  outbox = await Outbox.open(databases.outbox.outbox)
})
afterEach(() => databases.close())

async function wrote(op: Change['op'], recordId: string, fields: Change['fields'], collection: Change['collection'] = 'clients') {
  const changeId = `00000000-0000-4000-8000-${String(outbox.lastN).padStart(12, '0')}`
  const change = { deviceId: 'device-one', changeId, collection, recordId, op, fields, base: 0, actor: 'amina' }
  await outbox.add({ ...change, deviceTime: 1, schemaVersion: 1 })
}
const kept = (value: string) => ({ from: value, to: value })
const goes = () => rowsOfGone(outbox, new RecordMemory(), outbox.entries(), ['main']).map(({ change }) => change?.op)
const settle = (reason = '') => outbox.change(outbox.entries(), () => ({ state: 'settled', seq: 5, reason }))

test('S10: what this tablet removed stays, so that it can be brought back; of a facility that was taken away it goes', async () => {
  await wrote('create', 'A', {})
  await wrote('delete', 'A', { facilityId: kept('main') })
  await wrote('delete', 'B', { facilityId: kept('north') })
  await settle()
  expect(goes()).toEqual(['delete'])
})

test('S10: a removal that was refused is none: the client lives, and what was said of them goes when they move away', async () => {
  await wrote('create', 'A', {})
  await settle()
  await wrote('delete', 'A', { facilityId: kept('main') })
  await outbox.change(outbox.entries().slice(1), () => ({ state: 'settled', seq: 6, reason: 'not-permitted' }))
  expect(goes()).toEqual(['create', 'delete'])
})

test('S10: an enrollment that was removed here goes with its client', async () => {
  await wrote('delete', 'A.HIV-001.1', { clientId: kept('A'), reason: { from: 'private', to: null } }, 'enrollments')
  await settle()
  expect(goes()).toEqual(['delete'])
  await wrote('delete', 'A', { facilityId: kept('main') })
  await settle()
  expect(goes()).toEqual([])
})
