import { expect, it } from 'vitest'
import type { ClientFields } from '#domain/clients/client.ts'
import { readClient } from './clientEntry.ts'
import { emptyClient, type TypedClient, typedFrom } from './typedClient.ts'

const TODAY = '2026-03-15'

function read(typed: Partial<TypedClient>) {
  return readClient({ ...emptyClient, facilityId: 'main', givenName: 'Amina', ...typed }, TODAY)
}

it('trims, and takes what is empty as not given', () => {
  expect(read({ givenName: '  Amina  Zuhura ', familyName: ' ', phone: ' 0712 345 678 ', sex: 'female' }).values).toEqual({
    givenName: 'Amina Zuhura',
    middleName: null,
    familyName: null,
    sex: 'female',
    bornOn: null,
    bornOnEstimated: false,
    phone: '0712 345 678',
    email: null,
    address: null,
    nationalId: null,
    notes: null,
    shareWithPartners: true,
    facilityId: 'main',
  })
})

it('takes a sex that nobody chose as unknown', () => {
  expect(read({}).values?.sex).toBe('unknown')
})

it('keeps what the client said about partner systems', () => {
  expect(read({ shareWithPartners: 'no' }).values?.shareWithPartners).toBe(false)
})

it.each<[string, Partial<TypedClient>, string, boolean]>([
  ['a whole date', { birthDay: '5', birthMonth: '1', birthYear: '1990' }, '1990-01-05', false],
  ['a leap day', { birthDay: '29', birthMonth: '02', birthYear: '2024' }, '2024-02-29', false],
  ['today', { birthDay: '15', birthMonth: '3', birthYear: '2026' }, TODAY, false],
  ['a year alone as its middle', { birthYear: '1990' }, '1990-07-01', true],
  ['a month as its middle', { birthMonth: '4', birthYear: '1990' }, '1990-04-15', true],
  ['this year as its start when its middle is to come', { birthYear: '2026' }, '2026-01-01', true],
  ['an age', { birth: 'age', age: '34' }, '1992-03-15', true],
  ['an age of nothing', { birth: 'age', age: '0' }, TODAY, true],
])('reads %s', (_, typed, bornOn, bornOnEstimated) => {
  expect(read(typed).values).toMatchObject({ bornOn, bornOnEstimated })
})

it.each<[string, Partial<TypedClient>, Record<string, string>]>([
  ['no name', { givenName: ' ' }, { givenName: 'client-name-needed' }],
  ['a day that does not exist', { birthDay: '31', birthMonth: '4', birthYear: '1990' }, { birthDay: 'birth-impossible' }],
  ['a month that does not exist', { birthMonth: '13', birthYear: '1990' }, { birthDay: 'birth-impossible' }],
  ['letters in a date', { birthDay: 'x', birthMonth: '4', birthYear: '1990' }, { birthDay: 'birth-impossible' }],
  ['a date to come', { birthDay: '16', birthMonth: '3', birthYear: '2026' }, { birthYear: 'birth-future' }],
  ['a date over 120 years ago', { birthDay: '1', birthMonth: '1', birthYear: '1890' }, { birthYear: 'birth-too-old' }],
  ['two figures of a year', { birthDay: '1', birthMonth: '1', birthYear: '90' }, { birthYear: 'birth-year-needed' }],
  ['a day without its month', { birthDay: '1', birthYear: '1990' }, { birthMonth: 'birth-month-needed' }],
  ['an age over 120', { birth: 'age', age: '121' }, { age: 'age-impossible' }],
  ['an age that is no number', { birth: 'age', age: '3.5' }, { age: 'age-impossible' }],
  ['an e-mail that is none', { email: 'amina' }, { email: 'client-email' }],
  ['a phone that is too long', { phone: '1'.repeat(41) }, { phone: 'phone-long' }],
  [
    'several at once',
    { givenName: '', age: '200', birth: 'age', email: '@' },
    { givenName: 'client-name-needed', age: 'age-impossible', email: 'client-email' },
  ],
])('says what is wrong with %s', (_, typed, mistakes) => {
  expect(read(typed).mistakes).toEqual(mistakes)
})

it('leaves an estimated birth date as it was when the age was not touched', () => {
  const seen: ClientFields = {
    ...(read({}).values as Omit<ClientFields, 'mergedInto'>),
    mergedInto: null,
    bornOn: '1990-07-01',
    bornOnEstimated: true,
  }
  const typed = { ...typedFrom(seen, TODAY), phone: '0700' }
  expect(readClient(typed, TODAY, seen).values).toMatchObject({ bornOn: '1990-07-01', bornOnEstimated: true, phone: '0700' })
})
