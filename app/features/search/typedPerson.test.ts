import { expect, it } from 'vitest'
import { registerAddress } from './typedPerson.ts'

it.each([
  ['amina juma', '/clients/new?name=Amina+Juma'],
  ['McDonald', '/clients/new?name=McDonald'],
  ['  0712 345 678 ', '/clients/new?phone=0712+345+678'],
  ['', '/clients/new'],
])('%j starts a registration at %s', (typed, address) => {
  expect(registerAddress(typed)).toBe(address)
})
