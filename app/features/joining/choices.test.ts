import { expect, test } from 'vitest'
import { collections } from '#domain/collections.ts'
import { type Client, chosenValues, differences, whoStays } from './choices.ts'

const client = (id: string, more: Partial<Client>) =>
  ({ ...collections.clients.absent, id, seq: 1, createdAt: 1, facilityId: 'main', ...more }) as Client
const stays = client('A', {
  givenName: 'Neema',
  familyName: 'Otieno',
  sex: 'unknown',
  bornOn: '1990-01-01',
  phone: '0711',
  nationalId: null,
})
const goes = client('B', {
  ...{ givenName: 'Neema', familyName: 'Atieno', sex: 'female', bornOn: '1990-07-01', bornOnEstimated: true },
  ...{ phone: null, nationalId: '77', facilityId: 'north', shareWithPartners: false, createdAt: 2 },
})

test('what differs is asked, and what only one of them says is taken from that one', () => {
  expect(differences(stays, goes).map(({ field, taken }) => [field, taken])).toEqual([
    ['familyName', 'stays'],
    ['sex', 'goes'],
    ['bornOn', 'stays'],
    ['phone', 'stays'],
    ['nationalId', 'goes'],
    ['shareWithPartners', 'goes'],
  ])
  expect(differences(stays, stays)).toEqual([])
})

test('what was chosen from the one that goes is written; a birth date goes with whether it is estimated', () => {
  const chosen = new Map<string, 'stays' | 'goes'>([
    ['bornOn', 'goes'],
    ['familyName', 'stays'],
    ['nationalId', 'goes'],
  ])
  expect(chosenValues(goes, chosen)).toEqual({ bornOn: '1990-07-01', bornOnEstimated: true, nationalId: '77' })
})

test('the older record stays, whichever was opened', () => {
  for (const [one, other] of [
    [stays, goes],
    [goes, stays],
  ] as const)
    expect(whoStays(one, other).stays.id).toBe('A')
})
