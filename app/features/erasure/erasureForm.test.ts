import { expect, test } from 'vitest'
import { clientNumber, spokenClientNumber } from '#domain/clients/number.ts'
import { readErasure } from './erasureForm.ts'

const clientId = clientNumber(new Uint8Array(12).fill(9))
const other = clientNumber(new Uint8Array(12).fill(8))
const form = (values: Record<string, string>) => {
  const data = new FormData()
  for (const [name, value] of Object.entries(values)) data.set(name, value)
  return data
}
const erase = (more: Record<string, string>) => readErasure(form({ intent: 'erase', clientId, reason: 'asked-by-client', ...more }))

test('an erasure counts with the number of that very client typed once more, as people write it', () => {
  const wish = { clientId, reason: 'asked-by-client' }
  expect(erase({ typed: spokenClientNumber(clientId).toLowerCase() })).toEqual({ kind: 'erase', wish })
  expect(erase({ typed: other })).toEqual({ kind: 'mistyped', clientId })
  expect(erase({ typed: '' })).toEqual({ kind: 'mistyped', clientId })
  expect(erase({})).toEqual({ kind: 'mistyped', clientId })
})

test('a reason that is not in the list, or no client number, is not read', () => {
  expect(erase({ typed: clientId, reason: 'because' })).toEqual({ kind: 'unreadable' })
  expect(erase({ typed: 'x', clientId: 'x' })).toEqual({ kind: 'unreadable' })
})

test('a refusal names its request', () => {
  const id = '00000000-0000-4000-8000-000000000001'
  expect(readErasure(form({ intent: 'refuse', id, clientId }))).toEqual({ kind: 'refuse', id, clientId })
  expect(readErasure(form({ intent: 'refuse', id: 'x', clientId }))).toEqual({ kind: 'unreadable' })
})
