import { expect, test } from 'vitest'
import { collections } from '#domain/collections.ts'
import { confirmsClient } from './typedName.ts'

const ID = '7K2M9QXA41RTC'
const client = { ...collections.clients.absent, givenName: 'Amina', familyName: 'Ndéreba', facilityId: 'riverside', id: ID } as Parameters<
  typeof confirmsClient
>[0]

test('the family name confirms, without capitals and accents', () => {
  expect(confirmsClient(client, ' ndereba ')).toBe(true)
})

test('another name, or nothing, does not', () => {
  for (const typed of ['', 'Amina', 'Nder']) expect(confirmsClient(client, typed)).toBe(false)
})

test('somebody with one name is confirmed by that one', () => {
  expect(confirmsClient({ ...client, familyName: null }, 'amina')).toBe(true)
})
