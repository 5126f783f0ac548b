import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Change } from '#domain/sync/change.ts'
import { type Databases, openDatabases } from './databases.ts'
import type { DeviceNotes } from './device.ts'
import { RecordMemory } from './memory.ts'
import type { Notes } from './notes.ts'
import { Outbox } from './outbox.ts'
import { freshProgress, type ProgressOf } from './progress.ts'
import { Settling } from './settling.ts'
import { testStorage } from './tablet.fixture.ts'

let databases: Databases
let outbox: Outbox
let opened = 0

beforeEach(async () => {
  opened += 1
  databases = await openDatabases({ storage: testStorage, name: `settling-${opened}`, multiInstance: false })
  outbox = await Outbox.open(databases.outbox.outbox)
})
afterEach(() => databases.close())

async function wrote(recordId: string, seq: number, state: 'acknowledged' | 'settled' | 'parked'): Promise<void> {
  const changeId = `00000000-0000-4000-8000-${String(outbox.lastN).padStart(12, '0')}`
  const change: Omit<Change, 'n'> = {
    deviceId: 'device-one',
    changeId,
    collection: 'clients',
    recordId,
    op: 'edit',
    fields: {},
    base: 0,
    ...WHO,
  }
  await outbox.add(change)
  await outbox.change(
    outbox.entries().filter(({ change: it }) => it?.changeId === changeId),
    () => ({ state, seq }),
  )
}
const WHO = { actor: 'amina', deviceTime: 1, schemaVersion: 1 }

function settling(isWhole: () => boolean, memory = new RecordMemory()): Settling {
  return new Settling({
    outbox,
    memory,
    progress: { read: (name: 'clients') => freshProgress()[name] } as unknown as Notes<ProgressOf>,
    device: { read: () => ({ facilities: ['main'] }) } as unknown as DeviceNotes,
    databases,
    receiver: { reached: () => 5 },
    isWhole,
    without: new Set(),
  })
}
const left = () => outbox.entries().flatMap(({ change }) => change?.recordId ?? [])

test('O10 S10: while records are on their way none has left, and what was said of them stays', async () => {
  await wrote('A', 4, 'settled')
  await wrote('B', 5, 'acknowledged')
  let isWhole = false
  const settler = settling(() => isWhole)
  await settler.settle()
  await settler.purge()
  expect(left()).toEqual(['A', 'B'])
  expect(outbox.inState('settled')).toHaveLength(2)
  isWhole = true
  await settler.purge()
  expect(left()).toEqual([])
})

test('P7: what waits on the server has another answer once its record is here', async () => {
  await wrote('A', 4, 'parked')
  const memory = new RecordMemory()
  const it = settling(() => true, memory)
  expect(it.hasOtherAnswer).toBe(false)
  memory.putMirror('clients', 'B', { id: 'B', seq: 5 } as never)
  expect(it.hasOtherAnswer).toBe(false)
  memory.putMirror('clients', 'A', { id: 'A', seq: 6 } as never)
  expect(it.hasOtherAnswer).toBe(true)
})
