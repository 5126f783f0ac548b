import { expect, test } from 'vitest'
import { rowsOf, waitsFor } from './refused.ts'

const fields = { givenName: { from: null, to: 'Amina' }, phone: { from: null, to: null }, notes: { from: 'a', to: 'a' } }

test('of a refused registration what was given is shown, of an edit what differs, of a removal nothing', () => {
  expect(rowsOf({ op: 'create', fields }).map(({ field }) => field)).toEqual(['givenName', 'notes'])
  expect(rowsOf({ op: 'edit', fields }).map(({ field }) => field)).toEqual(['givenName'])
  expect(rowsOf({ op: 'delete', fields })).toEqual([])
})

test('an enrollment waits for its client, or for its program when the client is here', () => {
  const enrolment = { collection: 'enrollments', op: 'create', recordId: 'AAA.HIV-001.1' } as const
  expect(waitsFor(enrolment, () => false)).toEqual({ collection: 'clients', recordId: 'AAA' })
  expect(waitsFor(enrolment, (collection) => collection === 'clients')).toEqual({ collection: 'programs', recordId: 'HIV-001' })
})

test('an edit waits for its own record', () => {
  expect(waitsFor({ collection: 'clients', op: 'edit', recordId: 'AAA' }, () => false)).toEqual({ collection: 'clients', recordId: 'AAA' })
})
