import { expect, test } from 'vitest'
import type { OutboxItem } from '#app/data/tablet.ts'
import { localEntries } from './localEntries.ts'

const item = (n: number, values: Partial<OutboxItem> = {}): OutboxItem => ({
  n,
  changeId: `change-${n}`,
  collection: 'clients',
  recordId: 'AAA',
  op: 'edit',
  at: n * 100,
  state: 'unsent',
  reason: null,
  fields: { phone: { from: '1', to: '2' } },
  ...values,
})
const record = { seq: 4, createdAt: 10, createdBy: 'joseph', updatedAt: 20, updatedBy: 'fatma' }
const known = { collection: 'clients', recordId: 'AAA', record, accountId: 'amina', deviceId: 'device-1' } as const

test('offline the history is the tablet’s own changes, and who made and changed the record last', () => {
  const entries = localEntries({ ...known, outbox: [item(1)] })
  expect(entries.map(({ op, who }) => [op, who.id])).toEqual([
    ['edit', 'amina'],
    ['updated', 'fatma'],
    ['created', 'joseph'],
  ])
  expect(entries[0]?.fields).toEqual([{ field: 'phone', from: '1', to: '2', outcome: 'taken' }])
})

test('a removal lists nothing of what went', () => {
  const [entry] = localEntries({
    ...known,
    record: undefined,
    outbox: [item(1, { op: 'delete', fields: { phone: { from: '1', to: null } } })],
  })
  expect(entry).toMatchObject({ op: 'delete', fields: [] })
})

test('changes of other records are not in it, those of the client’s enrollments are', () => {
  const outbox = [item(1, { recordId: 'BBB' }), item(2, { collection: 'enrollments', recordId: 'AAA.HIV-001.1', op: 'create' })]
  expect(localEntries({ ...known, outbox }).map(({ recordId }) => recordId)).toEqual(['AAA.HIV-001.1', 'AAA', 'AAA'])
})

test('a registration of this tablet is said once', () => {
  const entries = localEntries({
    ...known,
    record: { ...record, createdAt: 100, updatedAt: 100, createdBy: 'amina' },
    outbox: [item(1, { op: 'create' })],
  })
  expect(entries.map(({ op }) => op)).toEqual(['create'])
})

test('a removal that carries the whole record names no field as changed', () => {
  const outbox = [item(1, { op: 'delete', fields: { phone: { from: '1', to: '1' } } })]
  expect(localEntries({ ...known, record: undefined, outbox })[0]?.fields).toEqual([])
})

test('of a record that the tablet does not hold only its own changes are known', () => {
  expect(localEntries({ ...known, record: undefined, outbox: [] })).toEqual([])
})
