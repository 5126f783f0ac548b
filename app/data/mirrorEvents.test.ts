import { expect, test, vi } from 'vitest'
import type { RecordOf } from '#domain/collections.ts'
import { RecordMemory } from './memory.ts'
import { MirrorEvents } from './mirrorEvents.ts'
import type { MirrorRow } from './readRows.ts'

const row = (seq: number, phone: string | null = null): MirrorRow => ({ id: 'c1', seq, phone, facilityId: 'main' })
const gone = (seq: number): MirrorRow => ({ id: 'c1', seq, _deleted: true })

function tab(disk: () => MirrorRow[]) {
  const memory = new RecordMemory()
  const stored = vi.fn(async () => disk())
  const events = new MirrorEvents({ memory, stored, announce: () => undefined })
  const shown = () => (memory.get('clients', 'c1')?.record as RecordOf<'clients'> | undefined)?.phone
  return { memory, events, stored, shown, hear: (one: MirrorRow) => events.hear('clients', [one]) }
}

test('O12 S8: a record that another tab removed stays removed, however late an older word of it comes', async () => {
  const { memory, hear, stored } = tab(() => [])
  hear(row(30))
  hear(gone(33))
  hear(row(32))
  await vi.waitFor(() => expect(stored).toHaveBeenCalledOnce())
  hear(row(31))
  await vi.waitFor(() => expect(stored).toHaveBeenCalledTimes(2))
  expect(memory.list('clients')).toEqual([])
})

test('O12 S8: an older word changes nothing when the disk holds the newer record', async () => {
  const { hear, stored, shown } = tab(() => [row(33, 'new')])
  hear(row(33, 'new'))
  hear(row(32, 'old'))
  await vi.waitFor(() => expect(stored).toHaveBeenCalledWith('clients', ['c1']))
  expect(shown()).toBe('new')
})

test('R6: a mirror that is rebuilt stands at older numbers, as the disk says', async () => {
  const { hear, shown } = tab(() => [row(5, 'of the backup')])
  hear(row(33, 'lost'))
  hear(row(5, 'of the backup'))
  await vi.waitFor(() => expect(shown()).toBe('of the backup'))
  hear(gone(40))
  expect(shown()).toBeUndefined()
  hear(row(5, 'of the backup'))
  await vi.waitFor(() => expect(shown()).toBe('of the backup'))
})

test('O12: what is written while the disk is asked stands over its answer', async () => {
  let answer = (_rows: MirrorRow[]): void => undefined
  const memory = new RecordMemory()
  const stored = () => new Promise<MirrorRow[]>((resolve) => (answer = resolve))
  const events = new MirrorEvents({ memory, stored, announce: () => undefined })
  events.hear('clients', [row(33, 'a')])
  events.hear('clients', [row(32, 'late')])
  events.hear('clients', [row(34, 'b')])
  answer([row(33, 'a')])
  await new Promise((resolve) => setTimeout(resolve))
  expect(memory.mirrorSeq('clients', 'c1')).toBe(34)
})

test('a disk that is closed meanwhile harms nobody', async () => {
  const { memory, hear } = tab(() => {
    throw new Error('closed')
  })
  hear(row(33))
  hear(row(32))
  await new Promise((resolve) => setTimeout(resolve))
  expect(memory.mirrorSeq('clients', 'c1')).toBe(33)
})
