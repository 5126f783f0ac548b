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
  resent: null,
})
/** A change that was sent again after a restore: it had number `seq` in epoch `old`. */
const again = (seq: number, change: Parameters<typeof merge>[0]['change']) => ({ ...change, resent: { epoch: 'old', seq } })
const priorAgain = (seq: number, ...args: Parameters<typeof prior>): PriorField => ({ ...prior(...args), resent: { epoch: 'old', seq } })
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
  test('M8: the fields that a delete carries are no edits of it', () => {
    const whole = { op: 'delete' as const, fields: { phone: { from: amina.phone ?? null, to: amina.phone ?? null } } }
    expect(mergeClient({ ...amina, phone: 'newer' }, whole)).toMatchObject({ deleted: true, fields: { phone: 'newer' } })
  })
  test('M12: a restore brings back what the record held', () => {
    const fields = { phone: { from: 'old', to: 'old' } }
    const merged = mergeClient(amina, { op: 'restore', fields }, [], true)
    expect(merged).toMatchObject({ outcome: 'applied', deleted: false, fields: amina })
    expect(merged.history).toEqual([{ field: 'deleted', from: true, current: true, to: false, outcome: 'taken' }])
  })
  test('M12: a restore of what is not deleted changes nothing, and is in the history', () => {
    const merged = mergeClient(amina, { op: 'restore', fields: {} })
    expect(merged).toMatchObject({ outcome: 'applied', deleted: false, fields: amina, history: [{ field: 'deleted', outcome: 'same' }] })
  })
  test('M12: a create of a deleted and closed enrollment is a new beginning of it', () => {
    const { collection, held, create } = closedEnrollment()
    const merged = merge({ collection, current: { fields: held, deleted: true }, change: create, since: [] })
    expect(merged).toMatchObject({ outcome: 'applied', deleted: false, fields: { status: 'active', endedOn: null, reason: null } })
  })
})

function closedEnrollment() {
  const collection = collections.enrollments
  const fixed = { clientId: 'c', programId: 'HIV-001', episode: 1, facilityId: 'main' }
  const held: Fields = {
    ...collection.absent,
    ...fixed,
    status: 'completed',
    enrolledOn: '2026-01-01',
    endedOn: '2026-02-01',
    reason: 'well',
  }
  const values: Fields = { ...fixed, status: 'active', enrolledOn: '2026-03-01' }
  const fields = Object.fromEntries(Object.entries(values).map(([name, to]) => [name, { from: null, to }]))
  return { collection, held, create: { op: 'create' as const, fields } }
}

describe('sent again after a restore', () => {
  test('R4: the one that came later then stands, whichever is sent first', () => {
    const early = again(110, edit('givenName', 'Amina', 'Aminah'))
    const late = again(120, edit('givenName', 'Aminah', 'Ameena'))
    const first = mergeClient(amina, late)
    expect(first).toMatchObject({ outcome: 'applied', fields: { givenName: 'Ameena' } })
    const second = mergeClient(first.fields, early, [priorAgain(120, 'givenName', 'Aminah', 'Ameena', false)])
    expect(second).toMatchObject({ outcome: 'merged', fields: { givenName: 'Ameena' }, history: [{ to: 'Aminah', outcome: 'superseded' }] })
    const otherWay = mergeClient({ ...amina, givenName: 'Aminah' }, late, [priorAgain(110, 'givenName', 'Amina', 'Aminah', false)])
    expect(otherWay).toMatchObject({ outcome: 'merged', fields: { givenName: 'Ameena' } })
  })
  test('R4: a value found in place was the later one’s too', () => {
    const merged = mergeClient(amina, again(110, edit('phone', '0700 000 001', 'between')), [
      priorAgain(120, 'phone', 'between', '0700 000 001', false, 'same'),
    ])
    expect(merged).toMatchObject({ outcome: 'applied', fields: { phone: '0700 000 001' }, history: [{ outcome: 'superseded' }] })
  })
  test('R4: what somebody wrote since the restore is a conflict as ever', () => {
    const now = { ...amina, phone: 'new' }
    const merged = mergeClient(now, again(120, edit('phone', '0700 000 001', 'old')), [
      priorAgain(110, 'phone', '0700 000 001', 'older', false),
      prior('phone', 'older', 'new', false),
    ])
    expect(merged).toMatchObject({ outcome: 'conflict', fields: { phone: 'old' }, history: [{ outcome: 'replaced' }] })
  })
  test('R4: changes of two epochs were never in an order', () => {
    const later = { ...priorAgain(120, 'givenName', 'Amina', 'Aminah', false), resent: { epoch: 'another', seq: 120 } }
    const merged = mergeClient({ ...amina, givenName: 'Aminah' }, again(110, edit('givenName', 'Amina', 'Ameena')), [later])
    expect(merged.outcome).toBe('conflict')
  })
  test('R4: a delete that came later stands over an edit, which is in the record when it comes back', () => {
    const merged = mergeClient(
      amina,
      again(110, edit('phone', '0700 000 001', 'x')),
      [priorAgain(120, 'deleted', false, true, false)],
      true,
    )
    expect(merged).toMatchObject({ outcome: 'merged', deleted: true, fields: { phone: 'x' } })
  })
  test('R4: a delete stands over earlier edits, and gives way to later ones', () => {
    const remove = again(115, { op: 'delete', fields: {} })
    expect(mergeClient(amina, remove, [priorAgain(110, 'phone', null, '1', false)])).toMatchObject({ outcome: 'applied', deleted: true })
    const late = mergeClient(amina, remove, [priorAgain(120, 'phone', null, '1', false)])
    expect(late).toMatchObject({ outcome: 'merged', deleted: false, history: [{ outcome: 'superseded' }] })
  })
})

test('M9: a merge that leaves a client without any name is refused', () => {
  const now = { ...amina, familyName: null }
  const merged = mergeClient(now, edit('givenName', 'Amina', null), [prior('familyName', 'Hassan', null, false)])
  expect(merged).toMatchObject({ outcome: 'conflict', fields: { givenName: 'Amina' } })
})

const value = fc.constantFrom<Scalar>('a', 'b', 'c', null)
const fieldName = fc.constantFrom('phone', 'address', 'notes', 'givenName', 'middleName', 'nationalId')
const resent = fc.record({ epoch: fc.constantFrom('old', 'older'), seq: fc.integer({ min: 1, max: 5 }) })
const anyChange = fc.record({
  op: fc.constantFrom('edit' as const, 'create' as const, 'delete' as const, 'restore' as const),
  fields: fc.dictionary(fieldName, fc.record({ from: value, to: value }), { maxKeys: 4 }),
  resent: fc.option(resent, { nil: undefined }),
})
const anyPrior = fc.record({
  field: fieldName,
  from: value,
  to: value,
  own: fc.boolean(),
  outcome: fc.constantFrom<PriorField['outcome']>('taken', 'refused', 'replaced', 'same', 'superseded'),
  resent: fc.option(resent, { nil: null }),
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

  test('R4: the end is the same in whatever order two resent changes of one field arrive', () => {
    const late = (to: Scalar) => again(120, edit('givenName', 'seen by nobody', to))
    fc.assert(
      fc.property(value, value, (one, two) => {
        const early = again(110, edit('givenName', 'Amina', one))
        const forward = mergeClient(mergeClient(amina, early).fields, late(two), [priorAgain(110, 'givenName', 'Amina', one, false)])
        const first = mergeClient(amina, late(two))
        const outcome = first.history[0]?.outcome ?? 'same'
        const back = mergeClient(first.fields, early, [priorAgain(120, 'givenName', 'seen by nobody', two, false, outcome)])
        expect(back.fields).toEqual(forward.fields)
        expect([forward.outcome, back.outcome]).not.toContain('conflict')
      }),
    )
  })

  test('M10: a change that was applied alters nothing when it comes again', () => {
    fc.assert(
      fc.property(anyRecord, anyChange, fc.array(anyPrior, { maxLength: 5 }), fc.boolean(), (fields, change, since, deleted) => {
        const once = mergeClient(fields, change, since, deleted)
        const own = once.history.map(({ field, from, to, outcome }) => ({
          field,
          from,
          to,
          outcome,
          own: true,
          resent: change.resent ?? null,
        }))
        const twice = merge({ collection: clients, current: once, change, since: [...since, ...own] })
        if (once.outcome === 'conflict') return
        expect([twice.fields, twice.deleted]).toEqual([once.fields, once.deleted])
      }),
      { numRuns: 2_000 },
    )
  })

  test('M11: edits of disjoint fields commute, whichever they are', () => {
    const facts: readonly string[][] = [
      ...['phone', 'address', 'notes', 'givenName', 'middleName', 'familyName', 'nationalId', 'sex', 'facilityId'].map((name) => [name]),
      ['bornOn', 'bornOnEstimated'],
    ]
    const values: Record<string, fc.Arbitrary<Scalar>> = {
      sex: fc.constantFrom('female', 'male', 'unknown'),
      facilityId: fc.constantFrom('main', 'north'),
      bornOn: fc.constantFrom('1990-02-03', '1961-01-01'),
      bornOnEstimated: fc.boolean(),
    }
    const both = fc.shuffledSubarray(facts as string[][], { minLength: 2, maxLength: 2 }).chain(([one = [], other = []]) => {
      const to = (names: string[]) =>
        fc.record(Object.fromEntries(names.map((name) => [name, values[name] ?? fc.constantFrom('a', 'b', 'c')])))
      return fc.tuple(to(one), to(other))
    })
    fc.assert(
      fc.property(anyRecord, both, (record, [one, other]) => {
        const named: Fields = { ...record, givenName: 'Amina' }
        const edits = (to: Record<string, Scalar>) => ({
          op: 'edit' as const,
          fields: Object.fromEntries(Object.keys(to).map((name) => [name, { from: named[name] ?? null, to: to[name] ?? null }])),
        })
        const [first, second] = [edits(one), edits(other)]
        const seen = (change: ReturnType<typeof edits>) =>
          Object.entries(change.fields).map(([field, { from, to }]) => prior(field, from, to, false))
        const oneWay = mergeClient(mergeClient(named, first).fields, second, seen(first))
        const otherWay = mergeClient(mergeClient(named, second).fields, first, seen(second))
        expect(oneWay.fields).toEqual(otherWay.fields)
        expect(oneWay.fields).toMatchObject({ ...one, ...other })
        expect([oneWay.outcome, otherWay.outcome]).not.toContain('conflict')
      }),
      { numRuns: 2_000 },
    )
  })
})
