import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collections } from '../collections.ts'
import { clientRules, fullName } from './client.ts'
import { clientNumber, isClientNumber, readClientNumber, spokenClientNumber } from './number.ts'

const anyNumber = fc.uint8Array({ minLength: 12, maxLength: 12 }).map(clientNumber)
const valid = { ...collections.clients.absent, givenName: 'Amina', facilityId: 'main' }

describe('client number', () => {
  test('is 13 characters that check themselves, also when read aloud and typed back', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        expect(isClientNumber(number)).toBe(true)
        expect(readClientNumber(spokenClientNumber(number).toLowerCase())).toBe(number)
      }),
    )
  })
  test('one wrong character or two swapped neighbours are noticed', () => {
    fc.assert(
      fc.property(anyNumber, fc.nat(11), fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), (number, at, other) => {
        const wrong = number.slice(0, at) + other + number.slice(at + 1)
        if (wrong !== number) expect(isClientNumber(wrong)).toBe(false)
      }),
    )
  })
  test('letters that look like digits are read as digits', () => {
    const number = clientNumber(new Uint8Array(12))
    expect(number).toBe('0000000000000')
    expect(readClientNumber('oooo oooo-oooo o')).toBe(number)
  })
})

describe('client', () => {
  test('needs at least one name part', () => {
    expect(clientRules.safeParse(valid).success).toBe(true)
    expect(clientRules.safeParse({ ...valid, givenName: null }).error?.issues[0]?.message).toBe('name-missing')
  })
  test.each(['2021-02-30', '2021-2-3', '20210203', 'yesterday'])('refuses the birth date %s', (bornOn) => {
    expect(clientRules.safeParse({ ...valid, bornOn }).success).toBe(false)
  })
  test('has the known name parts joined by one space', () => {
    expect(fullName({ givenName: 'Amina', middleName: null, familyName: 'Hassan' })).toBe('Amina Hassan')
  })
})
