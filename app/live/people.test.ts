import { expect, test } from 'vitest'
import { typingIn, withoutRepeats } from './people.ts'

const amina = { account: 'a', name: 'Amina', deviceId: 'd1', field: null }
const joseph = { account: 'j', name: 'Joseph', deviceId: 'd2', field: 'phone' }

test('two devices of one person are one person, who types if one of them does', () => {
  const typing = { ...amina, deviceId: 'd3', field: 'notes' }
  expect(withoutRepeats([joseph, amina, typing])).toEqual([typing, joseph])
  expect(withoutRepeats([typing, amina])).toEqual([typing])
})

test('who types in a field is told from who has the record open', () => {
  expect(typingIn([amina, joseph], ['phone'])).toEqual([joseph])
  expect(typingIn([amina, joseph], ['bornOn', 'bornOnEstimated'])).toEqual([])
})
