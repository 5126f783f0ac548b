import { expect, it } from 'vitest'
import { typedPerson } from './typedPerson.ts'

it.each([
  ['amina juma', { name: 'Amina Juma', phone: '' }],
  ['McDonald', { name: 'McDonald', phone: '' }],
  ['  0712 345 678 ', { name: '', phone: '0712 345 678' }],
  ['', { name: '', phone: '' }],
])('%j begins a registration with %j', (typed, person) => {
  expect(typedPerson(typed)).toEqual(person)
})
