import { expect, test } from 'vitest'
import { collections } from '#domain/collections.ts'
import type { ConflictDetail } from '#domain/sync/issue.ts'
import { conflictOf } from './conflict.ts'

type Row = ConflictDetail['fields'][number]
const phone: Row = { field: 'phone', from: '0700 0', current: '0700 1', to: '0700 2', stands: 'to' }
const name: Row = { field: 'givenName', from: 'Amina', current: 'Aminah', to: 'Amyna', stands: 'current' }

test('the value that stands and the other one, whichever of the two the server took', () => {
  expect(conflictOf(collections.clients, [phone, name], true)).toEqual({
    kind: 'values',
    units: [[{ field: 'phone', stands: '0700 2', other: '0700 1' }], [{ field: 'givenName', stands: 'Aminah', other: 'Amyna' }]],
  })
})

test('a conflict of a record that is gone is one about bringing it back', () => {
  expect(conflictOf(collections.clients, [name], false).kind).toBe('edit-of-removed')
})

test('a removal that was refused is a question of its own while the record is there', () => {
  const removal: Row = { field: 'deleted', from: false, current: false, to: true, stands: 'current' }
  expect(conflictOf(collections.clients, [removal], true)).toEqual({ kind: 'removal' })
})
