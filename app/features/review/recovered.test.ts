import { expect, test } from 'vitest'
import { collections } from '#domain/collections.ts'
import { madeAgain, recoveredUnits } from './recovered.ts'

const then = { id: 'X', seq: 9, updatedAt: 1, ...collections.clients.absent, givenName: 'Amina', phone: '0700 2', facilityId: 'riverside' }

test('only what differs is shown, and never the header', () => {
  const now = { ...then, seq: 4, updatedAt: 2, phone: '0700 1' }
  expect(recoveredUnits(collections.clients, then, now)).toEqual([[{ field: 'phone', stands: '0700 1', other: '0700 2' }]])
})

test('of a record that is gone all that it held is shown', () => {
  const fields = recoveredUnits(collections.clients, then, undefined).flat()
  expect(fields.map(({ field }) => field)).toEqual(expect.arrayContaining(['givenName', 'phone', 'facilityId']))
})

test('making it again names every field a device may name', () => {
  const values = madeAgain(collections.clients, then)
  expect(values).toMatchObject({ givenName: 'Amina', phone: '0700 2', facilityId: 'riverside', sex: 'unknown' })
  expect(Object.keys(values)).not.toContain('mergedInto')
  expect(Object.keys(values)).not.toContain('seq')
})

test('an enrollment that is made again says whose it is, one that is corrected does not', () => {
  const enrollment = {
    clientId: 'C',
    programId: 'HIV-001',
    episode: 1,
    status: 'active',
    enrolledOn: '2024-01-05',
    facilityId: 'riverside',
  }
  expect(Object.keys(madeAgain(collections.enrollments, enrollment))).toEqual(expect.arrayContaining(['clientId', 'programId', 'episode']))
  const units = recoveredUnits(collections.enrollments, enrollment, { ...enrollment, episode: 2, enrolledOn: '2024-01-06' })
  expect(units.flat().map(({ field }) => field)).toEqual(['enrolledOn'])
})
