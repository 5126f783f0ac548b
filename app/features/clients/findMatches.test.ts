import { describe, expect, test } from 'vitest'
import { collections, type RecordOf } from '#domain/collections.ts'
import { findMatches, isEnoughToCompare } from './findMatches.ts'

const nobody = {
  givenName: null,
  middleName: null,
  familyName: null,
  sex: 'unknown' as const,
  bornOn: null,
  bornOnEstimated: false,
  phone: null,
  email: null,
  address: null,
  nationalId: null,
}
const client = (id: string, more: Partial<RecordOf<'clients'>>) =>
  ({ ...collections.clients.absent, id, seq: 1, facilityId: 'main', ...more }) as RecordOf<'clients'>
const wanjiru = client('A', { givenName: 'Wanjiru', familyName: 'Kamau', sex: 'female', bornOn: '1990-03-04', phone: '0712 345 678' })
const others = [
  client('B', { givenName: 'Peter', familyName: 'Otieno', sex: 'male', bornOn: '1971-11-30' }),
  client('C', { givenName: 'Wanjiku', familyName: 'Mwangi', sex: 'female', bornOn: '2001-01-09' }),
]
const atOnce = { now: () => 0, pause: () => Promise.resolve(), isStopped: () => false }

describe('who may be registered already', () => {
  test('a misspelt name with the date of birth, the day and month exchanged, or the phone', async () => {
    const typed = { ...nobody, givenName: 'Wanjiro', familyName: 'Kamaw' }
    for (const fact of [{ bornOn: '1990-03-04' }, { bornOn: '1990-04-03' }, { phone: '+254712345678' }]) {
      const found = await findMatches({ ...typed, ...fact }, [...others, wanjiru], atOnce)
      expect(found?.map(({ client: { id } }) => id)).toEqual(['A'])
      expect(found?.[0]?.reasons).toContain('similar-name')
    }
  })
  test('not somebody with another date of birth, and not who was joined into another', async () => {
    const typed = { ...nobody, givenName: 'Wanjiru', familyName: 'Kamau', bornOn: '1990-03-04' }
    expect(await findMatches({ ...typed, bornOn: '1955-12-31' }, [wanjiru], atOnce)).toEqual([])
    expect(await findMatches(typed, [{ ...wanjiru, mergedInto: 'B' }], atOnce)).toEqual([])
  })
  test('the three likeliest, the first of them first', async () => {
    const same = Array.from({ length: 5 }, (_, index) => client(`S${index}`, { givenName: 'Wanjiru', familyName: 'Kamau' }))
    const typed = { ...nobody, givenName: 'Wanjiru', familyName: 'Kamau', bornOn: '1990-03-04' }
    const found = await findMatches(typed, [...same, wanjiru], atOnce)
    expect(found?.map(({ client: { id } }) => id)).toEqual(['A', 'S0', 'S1'])
  })
  test('typing goes on between two slices, and ends a search that is old', async () => {
    let time = 0
    let pauses = 0
    const pace = {
      now: () => {
        time += 4
        return time
      },
      pause: async () => {
        pauses += 1
      },
      isStopped: () => pauses === 2,
    }
    expect(await findMatches({ ...nobody, givenName: 'Wanjiru', familyName: 'Kamau' }, Array(100).fill(wanjiru), pace)).toBeNull()
    expect(pauses).toBe(2)
  })
  test('a name alone is not enough to ask', () => {
    expect(isEnoughToCompare({ ...nobody, givenName: 'Wanjiru' })).toBe(false)
    expect(isEnoughToCompare({ ...nobody, phone: '0712 345 678' })).toBe(false)
    expect(isEnoughToCompare({ ...nobody, givenName: 'Wanjiru', familyName: 'Kamau' })).toBe(true)
    expect(isEnoughToCompare({ ...nobody, givenName: 'Wanjiru', bornOn: '1990-03-04' })).toBe(true)
    expect(isEnoughToCompare({ ...nobody, nationalId: '12345678' })).toBe(true)
  })
})
