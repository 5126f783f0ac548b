import { expect, test } from 'vitest'
import type { RemovedAnswer } from '#domain/sync/asking.ts'
import { removedClients, withOlder } from './removedClients.ts'
import type { RemovedClient } from './removedHere.ts'

const row = (id: string, removedAt: number, removedBy = 'joseph'): RemovedAnswer['rows'][number] => ({
  id,
  seq: removedAt,
  removedAt,
  removedBy,
  givenName: 'Amina',
  middleName: null,
  familyName: null,
  sex: 'female',
  bornOn: null,
  bornOnEstimated: false,
  facilityId: 'riverside',
})
const own: RemovedClient = { id: 'AAA', at: 5, held: { givenName: 'Amina', phone: '1' }, names: {}, by: { id: 'amina', name: null } }
const told = { rows: [row('CCC', 9), row('AAA', 6, 'amina')], people: { joseph: 'Dr Joseph' } }
const gone = () => false

test('whoever removed them, they are listed, newest first, with who did it', () => {
  expect(removedClients([], told, gone).map(({ id, by, held }) => [id, by.name, held])).toEqual([
    ['CCC', 'Dr Joseph', null],
    ['AAA', null, null],
  ])
})

test('what this device kept stays with the one it removed; each is listed once', () => {
  const list = removedClients([own], told, gone)
  expect(list.map(({ id }) => id)).toEqual(['CCC', 'AAA'])
  expect(list[1]).toMatchObject({ held: { phone: '1' }, at: 6 })
})

test('without a server there is what was removed on this device', () => {
  expect(removedClients([own], null, gone)).toEqual([own])
})

test('who is back on this tablet is not listed, even before the server knows', () => {
  expect(removedClients([], told, (id) => id === 'CCC').map(({ id }) => id)).toEqual(['AAA'])
})

test('an older page follows the one that is shown', () => {
  const first: RemovedAnswer = { ...told, more: true }
  const older: RemovedAnswer = { rows: [row('BBB', 1, 'neema')], people: { neema: 'Neema' }, more: false }
  const both = withOlder(first, older)
  expect([both.rows.map(({ id }) => id), both.people, both.more]).toEqual([
    ['CCC', 'AAA', 'BBB'],
    { joseph: 'Dr Joseph', neema: 'Neema' },
    false,
  ])
})
