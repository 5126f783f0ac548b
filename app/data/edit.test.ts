import { expect, test } from 'vitest'
import { collections } from '#domain/collections.ts'
import { CHANGE_BYTES } from '#domain/sync/change.ts'
import { fieldsToChange } from './edit.ts'

const header = { id: 'AAA', seq: 4, createdAt: 1, createdBy: 'a', updatedAt: 1, updatedBy: 'a' }
const client = { ...header, ...collections.clients.absent, givenName: 'Neema', facilityId: 'main', notes: 'long' }

test('O15 M8: a removal says once what goes, so that the tablet can bring it back; what must hold a value keeps it', () => {
  const fields = fieldsToChange({ collection: 'clients', recordId: 'AAA', op: 'delete', values: {}, seen: client })
  expect(fields).toMatchObject({
    givenName: { from: 'Neema', to: null },
    notes: { from: 'long', to: null },
    facilityId: { from: 'main', to: 'main' },
    sex: { from: 'unknown', to: 'unknown' },
  })
  expect(fields).not.toHaveProperty('mergedInto')
})

test('O15: the longest client there can be is removed in one change, in any script', () => {
  const long = { ...client, notes: '\u1200'.repeat(10_000), address: '\u1200'.repeat(500) }
  const fields = fieldsToChange({ collection: 'clients', recordId: 'AAA', op: 'delete', values: {}, seen: long })
  expect(new TextEncoder().encode(JSON.stringify(fields)).length).toBeLessThan(CHANGE_BYTES * 0.6)
})

test('M12: a restore names what the record held, old and new alike: it edits nothing', () => {
  const { id: _, ...held } = client
  const fields = fieldsToChange({ collection: 'clients', recordId: 'AAA', op: 'restore', values: {}, seen: held })
  expect(fields.notes).toEqual({ from: 'long', to: 'long' })
})
