import { expect, test } from 'vitest'
import { type Followed, followRecord } from '#app/live/followRecord.ts'
import type { Fields } from '#domain/scalars.ts'
import { endEntryOf } from './endParts.ts'
import type { TypedEnd } from './enrollmentEntry.ts'

const entry = endEntryOf('2026-03-15')
const open: Fields = {
  id: 'A.TB-001.1',
  seq: 4,
  status: 'active',
  enrolledOn: '2026-01-10',
  endedOn: null,
  reason: null,
  updatedBy: 'amina',
}
const ended: Fields = { ...open, seq: 5, status: 'died', endedOn: '2026-03-01', reason: 'At home', updatedBy: 'joseph' }
const form = (typed: Partial<TypedEnd> = {}): Followed<TypedEnd> => ({
  typed: { ...entry.typedFrom(open), ...typed },
  seen: open,
  notes: {},
})

test('L5: an end that another person wrote arrives in the open form, and says so', () => {
  const { typed, seen, notes } = followRecord(form(), ended, entry)
  expect(typed).toEqual({ status: 'died', endedOn: '2026-03-01', reason: 'At home' })
  expect(seen).toBe(ended)
  expect(notes.status).toEqual({ kind: 'taken', by: 'joseph' })
})

test('L5: what was chosen stays, with the other’s beside it; the save then knows what it replaces', () => {
  const { typed, seen, notes } = followRecord(form({ status: 'completed' }), ended, entry)
  expect(typed.status).toBe('completed')
  expect(notes.status).toEqual({ kind: 'other', by: 'joseph' })
  expect(seen?.seq).toBe(5)
})
