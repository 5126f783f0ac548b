import { expect, test } from 'vitest'
import type { OutboxItem } from '#app/data/tablet.ts'
import { removedHere } from './removedHere.ts'

const item = (n: number, values: Partial<OutboxItem> = {}): OutboxItem => ({
  n,
  changeId: `change-${n}`,
  collection: 'clients',
  recordId: 'AAA',
  op: 'delete',
  at: n,
  state: 'sent',
  reason: null,
  fields: { givenName: { from: 'Amina', to: 'Amina' }, mergedInto: { from: null, to: null } },
  ...values,
})
const gone = () => false

test('who was removed here is listed with what the record held', () => {
  expect(removedHere([item(1)], 'amina', gone)).toMatchObject([
    { id: 'AAA', at: 1, held: { givenName: 'Amina', mergedInto: null }, by: { id: 'amina' } },
  ])
})

test('who was brought back is not, unless removed again after', () => {
  const back = item(2, { op: 'restore', state: 'unsent' })
  expect(removedHere([item(1), back], 'amina', gone)).toEqual([])
  expect(removedHere([item(1), back, item(3)], 'amina', gone).map(({ at }) => at)).toEqual([3])
})

test('nor is who is there: another device brought them back, or the removal did not stand', () => {
  expect(removedHere([item(1)], 'amina', () => true)).toEqual([])
  expect(removedHere([item(1, { state: 'rejected' })], 'amina', gone)).toEqual([])
})
