import { expect, test } from 'vitest'
import { clientNumber, spokenClientNumber } from '#domain/clients/number.ts'
import { lookupOf } from './lookupOf.ts'

test('a number is asked for as a number, however it was typed', () => {
  const number = clientNumber(new Uint8Array(12).fill(7))
  expect(lookupOf(spokenClientNumber(number).toLowerCase())).toEqual({ by: 'number', value: number })
})

test('what holds digits may be a national id; a name, and a year, find nobody elsewhere', () => {
  expect(lookupOf(' 1234-5678 ')).toEqual({ by: 'national-id', value: '1234-5678' })
  expect(lookupOf('٣٤٥٦٧٨')).toEqual({ by: 'national-id', value: '٣٤٥٦٧٨' })
  for (const typed of ['', 'Neema Otieno', '1984', 'a-1-b', `${'9'.repeat(61)}`]) expect(lookupOf(typed), typed).toBeNull()
})
