import { expect, test } from 'vitest'
import type { OutboxItem } from '#app/data/tablet.ts'
import { renumbered } from './renumbered.ts'

const create = (n: number, recordId: string, values: Partial<OutboxItem> = {}): OutboxItem => ({
  n,
  changeId: `change-${n}`,
  collection: 'clients',
  recordId,
  op: 'create',
  at: n,
  state: 'sent',
  reason: null,
  fields: { givenName: { from: null, to: 'Amina' } },
  ...values,
})

test('O8: who was given another number is told with both numbers, before and after the tablet has settled it', () => {
  for (const state of ['rejected', 'sent'] as const) {
    const outbox = [create(5, 'NEW'), create(2, 'OLD', { state, reason: 'id-taken' })]
    expect(renumbered(outbox)).toEqual([{ changeId: 'change-2', was: 'OLD', is: 'NEW', at: 5 }])
  }
})

test('somebody else who was registered later is not taken for them', () => {
  const other = create(5, 'OTHER', { fields: { givenName: { from: null, to: 'Baraka' } } })
  expect(renumbered([other, create(2, 'OLD', { state: 'rejected', reason: 'id-taken' })])).toEqual([])
})
