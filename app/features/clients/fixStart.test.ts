import { expect, test } from 'vitest'
import { fixStart } from './fixStart.ts'

const current = { givenName: 'Amina', phone: '1', facilityId: 'main' }

test('the form begins with what was refused, on top of what the record says now', () => {
  expect(fixStart({ phone: '22' }, current, ['main', 'north'])).toMatchObject({
    known: { givenName: 'Amina', phone: '22', address: null, facilityId: 'main' },
    isElsewhere: false,
  })
})

test('P8: a facility that is not the account’s gives way to the client’s own, or to one of the account’s, and that is said', () => {
  expect(fixStart({ facilityId: 'gone' }, current, ['north', 'main'])).toMatchObject({ known: { facilityId: 'main' }, isElsewhere: true })
  expect(fixStart({ facilityId: 'gone' }, null, ['north', 'main'])).toMatchObject({ known: { facilityId: 'north' }, isElsewhere: true })
  expect(fixStart({ facilityId: 'gone' }, null, [])).toMatchObject({ known: { facilityId: '' }, isElsewhere: true })
})

test('one of the account’s facilities stays as it was meant', () => {
  expect(fixStart({ facilityId: 'north' }, current, ['main', 'north'])).toMatchObject({
    known: { facilityId: 'north' },
    isElsewhere: false,
  })
})

test('S15: a client who is shared with the account’s facility stays at home, whatever was refused', () => {
  const shared = { ...current, sharedWith: 'north' }
  expect(fixStart({ phone: '22' }, shared, ['north'])).toMatchObject({ known: { phone: '22', facilityId: 'main' }, isElsewhere: false })
  expect(fixStart({ facilityId: 'gone' }, shared, ['north'])).toMatchObject({ known: { facilityId: 'main' }, isElsewhere: true })
})
