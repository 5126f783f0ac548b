import { expect, test } from 'vitest'
import { collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { fits, hasMovedOn, holdsOther, othersOf, unitsOf, valuesNow } from './choices.ts'

const choice = (field: string, stands: Fields[string], other: Fields[string]) => ({ field, stands, other })
const amina: Fields = {
  ...collections.clients.absent,
  givenName: 'Amina',
  familyName: 'Otieno',
  phone: '0700 1',
  bornOn: '1990-01-05',
  facilityId: 'riverside',
}

test('fields that are one fact are one choice, whatever stands between them', () => {
  const choices = [
    choice('bornOn', '1990-01-05', '1992-07-01'),
    choice('phone', '0700 1', '0700 2'),
    choice('bornOnEstimated', false, true),
  ]
  expect(unitsOf(collections.clients, choices).map((unit) => unit.map(({ field }) => field))).toEqual([
    ['bornOn', 'bornOnEstimated'],
    ['phone'],
  ])
})

test('"use the other" writes the other value of each field of the chosen facts, and no field besides', () => {
  const units = unitsOf(collections.clients, [choice('bornOn', '1990-01-05', '1992-07-01'), choice('bornOnEstimated', false, true)])
  expect(othersOf(units)).toEqual({ bornOn: '1992-07-01', bornOnEstimated: true })
})

test('taking it back writes what the record said before, not what stood when the two met', () => {
  expect(valuesNow([[choice('phone', '0700 1', '0700 2')]], { ...amina, phone: '0700 3' })).toEqual({ phone: '0700 3' })
})

test('a fact counts as answered when the record says the other value already', () => {
  const unit = [choice('phone', '0700 1', '0700 2')]
  expect(holdsOther(unit, { ...amina, phone: '0700 2' })).toBe(true)
  expect(holdsOther(unit, amina)).toBe(false)
})

test('a third value since then is said', () => {
  const unit = [choice('phone', '0700 1', '0700 2')]
  expect(hasMovedOn(unit, { ...amina, phone: '0700 3' })).toBe(true)
  expect(hasMovedOn(unit, amina)).toBe(false)
  expect(hasMovedOn(unit, { ...amina, phone: '0700 2' })).toBe(false)
})

test('a value that would break the rules of the record is not offered', () => {
  expect(fits(collections.clients, amina, { givenName: null })).toBe(true)
  expect(fits(collections.clients, { ...amina, familyName: null }, { givenName: null })).toBe(false)
})

test('a field that is the server’s is not offered', () => {
  expect(fits(collections.clients, amina, { mergedInto: '7K2M9QXA41RTC' })).toBe(false)
})
