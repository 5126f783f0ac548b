import { expect, test } from 'vitest'
import { collections } from '#domain/collections.ts'
import type { HistoryAnswer } from '#domain/sync/asking.ts'
import { askHeld, heldFields, isWhole } from './removedRecord.ts'

test('bringing back says all that was known of the record, and names nothing of the server’s', () => {
  const known = { id: 'X', seq: 7, givenName: 'Amina', phone: null, mergedInto: null, facilityId: 'riverside' }
  expect(heldFields(collections.clients, known)).toEqual({ givenName: 'Amina', phone: null, facilityId: 'riverside' })
})

test('a record of which only a part is known is not brought back by this tablet', () => {
  const held = { ...collections.clients.absent, givenName: 'Amina', facilityId: 'riverside' }
  expect(isWhole(collections.clients, held)).toBe(true)
  expect(isWhole(collections.clients, { phone: '0700 1' })).toBe(false)
})

const row = (seq: number, field: string, to: string, more = {}): HistoryAnswer['rows'][number] => ({
  changeId: `c${seq}`,
  collection: 'clients',
  recordId: 'X',
  op: 'edit',
  field,
  from: null,
  old: null,
  to,
  outcome: 'taken',
  actorId: 'a',
  deviceId: 'd',
  deviceTime: 1,
  at: 1,
  seq,
  ...more,
})

test('what somebody else removed is folded from all pages of its history, without what did not stand and what is of its enrollments', async () => {
  const pages: Record<string, HistoryAnswer['rows']> = {
    null: [row(9, 'deleted', 'x'), row(8, 'phone', '2'), row(7, 'phone', 'refused', { outcome: 'refused' })],
    7: [row(5, 'reason', 'of an enrollment', { collection: 'enrollments', recordId: 'X.HIV-001.1' }), row(4, 'phone', '1')],
    4: [row(2, 'givenName', 'Amina'), row(2, 'facilityId', 'riverside')],
  }
  const history = async (_collection: unknown, _id: unknown, before: number | null) => ({
    rows: pages[String(before)] ?? [],
    people: {},
    more: before !== 4,
  })
  const held = await askHeld({ history }, 'clients', 'X')
  expect(held).toMatchObject({ givenName: 'Amina', phone: '2', facilityId: 'riverside', address: null })
  expect(Object.keys(held ?? {})).not.toContain('mergedInto')
  expect(await askHeld({ history: async () => null }, 'clients', 'X')).toBeNull()
})
