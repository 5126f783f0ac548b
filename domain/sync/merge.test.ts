import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collections } from '../collections.ts'
import type { Fields, Scalar } from '../scalars.ts'
import { type MergedField, merge, type PriorField } from './merge.ts'

const clients = collections.clients
const amina: Fields = {
  ...clients.absent,
  givenName: 'Amina',
  familyName: 'Hassan',
  sex: 'female',
  bornOn: '1990-02-03',
  phone: '0700 000 001',
  facilityId: 'main',
}
const edit = (field: string, from: Scalar, to: Scalar) => ({ op: 'edit' as const, fields: { [field]: { from, to } } })
const prior = (field: string, from: Scalar, to: Scalar, own: boolean, outcome: PriorField['outcome'] = 'taken'): PriorField => ({
  field,
  from,
  to,
  own,
  outcome,
})
const mergeClient = (fields: Fields, change: Parameters<typeof merge>[0]['change'], since: PriorField[] = [], deleted = false) =>
  merge({ collection: clients, current: { fields, deleted }, change, since })

describe('one field', () => {
  test('M2: the server holds what the device saw, so the new value is taken', () => {
    const merged = mergeClient(amina, edit('phone', '0700 000 001', '0700 000 002'))
    expect(merged).toMatchObject({ outcome: 'applied', fields: { phone: '0700 000 002' } })
  })
  test('M2: the server holds the new value already, so nothing happens', () => {
    const merged = mergeClient(amina, edit('phone', '0700 000 009', '0700 000 001'), [
      prior('phone', '0700 000 009', '0700 000 001', false),
    ])
    expect(merged).toMatchObject({ outcome: 'merged', fields: amina, history: [{ outcome: 'same' }] })
  })
  test('M3: another field by another person merges in silence', () => {
    const merged = mergeClient(amina, edit('phone', '0700 000 001', '0700 000 002'), [prior('address', null, 'Moshi', false)])
    expect(merged.outcome).toBe('merged')
  })
  test('M4: an ordinary field by two people: the later stands, the other is kept', () => {
    const now = { ...amina, phone: 'by another' }
    const merged = mergeClient(now, edit('phone', '0700 000 001', 'mine'), [prior('phone', '0700 000 001', 'by another', false)])
    expect(merged).toMatchObject({
      outcome: 'conflict',
      fields: { phone: 'mine' },
      history: [{ current: 'by another', to: 'mine', outcome: 'replaced' }],
    })
  })
  test('M5: a name by two people: the server stays, the other is kept', () => {
    const now = { ...amina, givenName: 'Aminah' }
    const merged = mergeClient(now, edit('givenName', 'Amina', 'Ameena'), [prior('givenName', 'Amina', 'Aminah', false)])
    expect(merged).toMatchObject({ outcome: 'conflict', fields: { givenName: 'Aminah' }, history: [{ to: 'Ameena', outcome: 'refused' }] })
  })
})

describe('one fact of several fields', () => {
  const dates = {
    op: 'edit' as const,
    fields: { bornOn: { from: '1990-02-03', to: '1988-01-01' }, bornOnEstimated: { from: false, to: true } },
  }
  test('M6: birth date and estimate are taken together', () => {
    expect(mergeClient(amina, dates).fields).toMatchObject({ bornOn: '1988-01-01', bornOnEstimated: true })
  })
  test('M6: and refused together, also when only one of them was changed by another', () => {
    const now = { ...amina, bornOn: '1991-02-03' }
    const merged = mergeClient(now, dates, [prior('bornOn', '1990-02-03', '1991-02-03', false)])
    expect(merged).toMatchObject({ outcome: 'conflict', fields: { bornOn: '1991-02-03', bornOnEstimated: false } })
  })
})

describe('own changes', () => {
  test('M7: an own change since the device looked never counts as another person', () => {
    const now = { ...amina, phone: 'first' }
    const merged = mergeClient(now, edit('phone', '0700 000 001', 'second'), [prior('phone', '0700 000 001', 'first', true)])
    expect(merged).toMatchObject({ outcome: 'applied', fields: { phone: 'second' } })
  })
  test('M7: a refused own value counts as the one it was to replace', () => {
    const since = [prior('address', null, 'Moshi', false), prior('email', null, 'refused@example.org', true, 'refused')]
    const merged = mergeClient(amina, edit('email', 'refused@example.org', 'good@example.org'), since)
    expect(merged).toMatchObject({ outcome: 'merged', fields: { email: 'good@example.org' } })
  })
})

describe('deletion', () => {
  const remove = { op: 'delete' as const, fields: {} }
  test('M8: stands when nobody else changed the record', () => {
    expect(mergeClient(amina, remove).deleted).toBe(true)
  })
  test('M8: is a conflict when somebody did', () => {
    const merged = mergeClient(amina, remove, [prior('phone', null, '1', false)])
    expect(merged).toMatchObject({ outcome: 'conflict', deleted: false })
  })
  test('M8: an edit of a deleted record is a conflict that keeps its value', () => {
    const merged = mergeClient(amina, edit('phone', '0700 000 001', 'new'), [], true)
    expect(merged).toMatchObject({ outcome: 'conflict', deleted: true, history: [{ to: 'new', outcome: 'refused' }] })
  })
  test('M8: a restore brings it back', () => {
    expect(mergeClient(amina, { op: 'restore', fields: {} }, [], true)).toMatchObject({ outcome: 'applied', deleted: false })
  })
})

test('M9: a merge that leaves a client without any name is refused', () => {
  const now = { ...amina, familyName: null }
  const merged = mergeClient(now, edit('givenName', 'Amina', null), [prior('familyName', 'Hassan', null, false)])
  expect(merged).toMatchObject({ outcome: 'conflict', fields: { givenName: 'Amina' } })
})

const value = fc.constantFrom<Scalar>('a', 'b', 'c', null)
const fieldName = fc.constantFrom('phone', 'address', 'notes', 'givenName', 'middleName', 'nationalId')
const anyChange = fc.record({
  op: fc.constantFrom('edit' as const, 'create' as const, 'delete' as const, 'restore' as const),
  fields: fc.dictionary(fieldName, fc.record({ from: value, to: value }), { maxKeys: 4 }),
})
const anyPrior = fc.record({
  field: fieldName,
  from: value,
  to: value,
  own: fc.boolean(),
  outcome: fc.constantFrom<PriorField['outcome']>('taken', 'refused', 'replaced', 'same'),
})
const anyRecord = fc
  .record({ phone: value, address: value, notes: value, givenName: value, middleName: value, nationalId: value })
  .map((fields): Fields => ({ ...amina, ...fields }))

describe('for all histories', () => {
  test('M1: every value that changes something is in the record or in the history', () => {
    fc.assert(
      fc.property(anyRecord, anyChange, fc.array(anyPrior, { maxLength: 5 }), fc.boolean(), (fields, change, since, deleted) => {
        const merged = mergeClient(fields, change, since, deleted)
        if (change.op === 'delete') return
        for (const [field, { from, to }] of Object.entries(change.fields)) {
          if (from === to) continue
          expect(merged.fields[field] === to || merged.history.some((row: MergedField) => row.field === field && row.to === to)).toBe(true)
        }
        for (const row of merged.history) if (row.outcome === 'replaced') expect(row.current).toBe(fields[row.field])
        expect(Object.keys(merged.fields).sort()).toEqual(Object.keys(amina).sort())
      }),
      { numRuns: 2_000 },
    )
  })

  test('M10: a change that was applied alters nothing when it comes again', () => {
    fc.assert(
      fc.property(anyRecord, anyChange, fc.array(anyPrior, { maxLength: 5 }), (fields, change, since) => {
        const once = mergeClient(fields, change, since)
        const own = once.history.map(({ field, from, to, outcome }) => ({ field, from, to, outcome, own: true }))
        const twice = merge({ collection: clients, current: once, change, since: [...since, ...own] })
        if (once.outcome !== 'conflict') expect(twice.fields).toEqual(once.fields)
      }),
      { numRuns: 2_000 },
    )
  })

  test('M11: edits of disjoint fields commute', () => {
    fc.assert(
      fc.property(anyRecord, value, value, (fields, phone, address) => {
        const named: Fields = { ...fields, givenName: 'Amina' }
        const first = edit('phone', named.phone ?? null, phone)
        const second = edit('address', named.address ?? null, address)
        const seen = (change: ReturnType<typeof edit>) =>
          Object.entries(change.fields).map(([field, { from, to }]) => prior(field, from, to, false))
        const oneWay = mergeClient(mergeClient(named, first).fields, second, seen(first))
        const otherWay = mergeClient(mergeClient(named, second).fields, first, seen(second))
        expect(oneWay.fields).toEqual(otherWay.fields)
        expect([oneWay.outcome, otherWay.outcome]).not.toContain('conflict')
      }),
    )
  })
})
