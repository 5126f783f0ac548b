import { expect, test } from 'vitest'
import { carriedPerson, carry, dropCarried } from './carried.ts'

test('what was typed is there for every render until the form is shown, and for no form after it', () => {
  const person = { name: 'Amani Wekesa', phone: '' }
  carry(person)
  expect([carriedPerson(), carriedPerson()]).toEqual([person, person])
  dropCarried()
  expect(carriedPerson()).toEqual({ name: '', phone: '' })
})
