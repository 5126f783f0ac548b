import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fields } from '#domain/scalars.ts'
import { type Entry, type Followed, followRecord, isTouched, takeOther, typeInto } from './followRecord.ts'

interface Typed {
  phone: string
  address: string
  year: string
  month: string
}

/** Two plain fields, and a fact of two boxes. */
const entry: Entry<Typed> = {
  parts: [
    { name: 'phone', typed: ['phone'], fields: ['phone'] },
    { name: 'address', typed: ['address'], fields: ['address'] },
    { name: 'birth', typed: ['year', 'month'], fields: ['bornOn'] },
  ],
  typedFrom: (record) => {
    const [year = '', month = ''] = String(record.bornOn ?? '').split('-')
    return { phone: String(record.phone ?? ''), address: String(record.address ?? ''), year, month }
  },
}

const RECORD = { id: 'A', seq: 7, updatedBy: 'me', phone: '0711', address: null, bornOn: '1990-05' }
const opened = (typed: Partial<Typed> = {}): Followed<Typed> => ({
  typed: { ...entry.typedFrom(RECORD), ...typed },
  seen: RECORD,
  notes: {},
})
const changed = (values: Fields, seq = 9): Fields => ({ ...RECORD, updatedBy: 'amina', seq, ...values })

describe('a record changes under an open form', () => {
  test('a field nobody typed in takes the new value, and a note says who', () => {
    const form = followRecord(opened(), changed({ phone: '0722' }), entry)
    expect(form).toEqual({
      typed: opened({ phone: '0722' }).typed,
      seen: changed({ phone: '0722' }),
      notes: { phone: { kind: 'taken', by: 'amina' } },
    })
  })

  test('a typed field keeps what was typed, and the other value stands beside it', () => {
    const form = followRecord(opened({ phone: '0733' }), changed({ phone: '0722' }), entry)
    expect(form.typed.phone).toBe('0733')
    expect(form.notes).toEqual({ phone: { kind: 'other', by: 'amina' } })
    expect(form.seen?.phone).toBe('0722')
  })

  test('of a fact with several boxes, one typed box keeps all of them', () => {
    const form = followRecord(opened({ month: '6' }), changed({ bornOn: '1985-01' }), entry)
    expect(form.typed).toMatchObject({ year: '1990', month: '6' })
    expect(form.notes).toEqual({ birth: { kind: 'other', by: 'amina' } })
  })

  test('the same value from both is no news', () => {
    expect(followRecord(opened({ phone: '0722' }), changed({ phone: '0722' }), entry).notes).toEqual({})
  })

  test('a new number alone is followed in silence', () => {
    const form = followRecord(opened({ phone: '0733' }), changed({}), entry)
    expect(form).toMatchObject({ seen: { seq: 9 }, notes: {} })
  })

  test('without any change the form is the same one', () => {
    const form = opened({ phone: '0733' })
    expect(followRecord(form, { ...RECORD }, entry)).toBe(form)
  })

  test('"take it" puts the other value in, and the note goes', () => {
    const form = followRecord(opened({ month: '6' }), changed({ bornOn: '1985-01' }), entry)
    const birth = entry.parts.find(({ name }) => name === 'birth')
    if (birth === undefined) throw new Error('no birth')
    expect(takeOther(form, birth, entry)).toMatchObject({ typed: { year: '1985', month: '01' }, notes: {} })
  })

  test('typing on keeps the other value in sight', () => {
    const form = followRecord(opened({ phone: '0733' }), changed({ phone: '0722' }), entry)
    expect(typeInto(form, { phone: '07334' }, entry).notes).toEqual(form.notes)
    expect(typeInto(form, { address: 'Hill' }, entry).notes).toEqual(form.notes)
    expect(typeInto(form, { phone: '0722' }, entry).notes).toEqual({})
  })

  test('typing over a value that was taken ends its note', () => {
    const form = followRecord(opened(), changed({ phone: '0722' }), entry)
    expect(typeInto(form, { phone: '07221' }, entry).notes).toEqual({})
  })
})

describe('whatever is typed and whatever comes', () => {
  const word = fc.constantFrom('', 'a', 'b', 'c')
  const born = fc.constantFrom(null, '1990-05', '1985-01', '1985-05')
  const record = fc.record({ phone: fc.constantFrom(null, 'a', 'b', 'c'), address: fc.constantFrom(null, 'a', 'b'), bornOn: born })
  const typing = fc.record({ phone: word, address: word, year: word, month: word }, { requiredKeys: [] })
  const step: fc.Arbitrary<Step> = fc.oneof(
    record.map((values) => ({ kind: 'record' as const, values })),
    typing.map((values) => ({ kind: 'typing' as const, values })),
  )
  type Step = { kind: 'record'; values: Fields } | { kind: 'typing'; values: Partial<Typed> }
  const history = fc.tuple(record, fc.array(step, { maxLength: 12 }))

  function run(start: Fields, steps: readonly Step[], look: (before: Followed<Typed>, after: Followed<Typed>, latest: Fields) => void) {
    let latest: Fields = { ...RECORD, ...start }
    let form: Followed<Typed> = { typed: entry.typedFrom(latest), seen: latest, notes: {} }
    steps.forEach(({ kind, values }, index) => {
      const before = form
      if (kind === 'typing') form = typeInto(form, values, entry)
      else {
        latest = { ...latest, ...values, updatedBy: 'amina', seq: 10 + index }
        form = followRecord(form, latest, entry)
      }
      look(before, form, latest)
    })
  }

  test('what was typed is never altered by what comes', () => {
    fc.assert(
      fc.property(history, ([start, steps]) =>
        run(start, steps, (before, after) => {
          if (before.seen === after.seen || before.seen === null) return
          const shown = entry.typedFrom(before.seen)
          for (const part of entry.parts) {
            if (part.typed.some((key) => before.typed[key] !== shown[key])) {
              for (const key of part.typed) expect(after.typed[key]).toBe(before.typed[key])
            }
          }
        }),
      ),
    )
  })

  test('a value that came is in the form or beside it, until it is taken', () => {
    fc.assert(
      fc.property(history, ([start, steps]) =>
        run(start, steps, (before, after, latest) => {
          expect(after.seen).toEqual(latest)
          const shown = entry.typedFrom(latest)
          for (const part of entry.parts) {
            const came = part.fields.some((field) => before.seen?.[field] !== latest[field])
            const waits = before.notes[part.name]?.kind === 'other'
            if (!came && !waits) continue
            const inForm = part.typed.every((key) => after.typed[key] === shown[key])
            expect(after.notes[part.name]?.kind === 'other').toBe(!inForm)
          }
        }),
      ),
    )
  })

  test('following twice is following once', () => {
    fc.assert(
      fc.property(record, typing, record, (start, values, next) => {
        const first: Fields = { ...RECORD, ...start }
        const form = typeInto({ typed: entry.typedFrom(first), seen: first, notes: {} }, values, entry)
        const once = followRecord(form, { ...first, ...next, seq: 9 }, entry)
        expect(followRecord(once, { ...first, ...next, seq: 9 }, entry)).toBe(once)
      }),
    )
  })

  test('an untouched form stays untouched, so that a save names nothing', () => {
    fc.assert(
      fc.property(record, fc.array(record), (start, nexts) => {
        const first: Fields = { ...RECORD, ...start }
        const end = nexts.reduce<Followed<Typed>>(
          (form, next, index) => followRecord(form, { ...first, ...next, seq: 10 + index }, entry),
          {
            typed: entry.typedFrom(first),
            seen: first,
            notes: {},
          },
        )
        expect(isTouched(end, entry)).toBe(false)
      }),
    )
  })
})
