import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { couldBeOne, duplicateIssueId, LIKELY, resemblance } from './duplicates.ts'
import { keysToLookUnder, matchKeys, type Person } from './matchKeys.ts'
import { soundKey, spokenForm } from './nameSound.ts'
import { editDistance, isOneEdit, jaroWinkler } from './similarity.ts'

const amina: Person = {
  givenName: 'Amina',
  middleName: null,
  familyName: 'Odhiambo',
  sex: 'female',
  bornOn: '1990-03-04',
  bornOnEstimated: false,
  phone: '+254 012 345 678',
  email: null,
  address: 'Plot 12, Siaya',
  nationalId: '12345678',
}
const person = (changes: Partial<Person>): Person => ({ ...amina, ...changes })
const bare = { phone: null, nationalId: null, address: null }
const likely = (a: Person, b: Person) => resemblance(a, b).score >= LIKELY

describe('similarity', () => {
  it('knows the published values of Jaro-Winkler', () => {
    expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.961, 3)
    expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 3)
    expect(jaroWinkler('abc', 'xyz')).toBe(0)
  })
  it('counts two neighbours exchanged as one edit', () => {
    expect(editDistance('1234', '1324')).toBe(1)
    expect(editDistance('kitten', 'sitting')).toBe(3)
  })
  it('tells one edit from none and from more, as the distance does', () => {
    const word = fc.array(fc.constantFrom('a', 'b', '1'), { maxLength: 6 }).map((letters) => letters.join(''))
    const pairs = fc.sample(fc.tuple(word, word), { numRuns: 5_000, seed: 11 })
    expect(pairs.filter(([a, b]) => isOneEdit(a, b)).length).toBeGreaterThan(300)
    expect(pairs.filter(([a, b]) => isOneEdit(a, b) !== (editDistance(a, b) === 1))).toEqual([])
  })
})

describe('names by sound', () => {
  it.each([
    ['muhammad', 'mohamed'],
    ['khadija', 'hadija'],
    ['yusuf', 'yussuf'],
    ['zainabu', 'zeinab'],
    ['wafula', 'wafura'],
  ])('%s sounds like %s', (a, b) => {
    expect(soundKey(a)).toBe(soundKey(b))
  })
  it('keeps Hassan and Hussein apart', () => {
    expect(editDistance(spokenForm('hassan'), spokenForm('hussein'))).toBeGreaterThan(1)
  })
  it('keeps names in other scripts as they are', () => expect(soundKey('محمد')).toBe('محمد'))
})

describe('resemblance', () => {
  it.each<[string, Partial<Person>]>([
    ['the same person without id and phone', bare],
    ['another spelling', { ...bare, givenName: 'Aminah' }],
    ['given and family name exchanged', { ...bare, givenName: 'Odhiambo', familyName: 'Amina' }],
    ['day and month exchanged', { ...bare, bornOn: '1990-04-03' }],
    ['one digit of the birth date off', { ...bare, bornOn: '1990-03-14' }],
    ['an id with two digits exchanged and no birth date', { phone: null, nationalId: '12354678', bornOn: null }],
    ['a new family name and the same phone', { nationalId: null, familyName: 'Mushi' }],
    ['the same id, whatever else differs', { givenName: 'Peter', familyName: 'Kamau', bornOn: '1950-01-01', phone: null }],
  ])('finds %s', (_, changes) => expect(likely(amina, person(changes))).toBe(true))

  it.each<[string, Partial<Person>]>([
    ['a twin in the same house', { givenName: 'Zuhura', nationalId: null }],
    ['a child with the same phone', { givenName: 'Baraka', sex: 'male', bornOn: '2015-01-01', nationalId: null }],
    ['a namesake of another age', { ...bare, bornOn: '1961-11-30' }],
    ['a namesake of whom nothing else is known', { ...bare, bornOn: null }],
    ['a mother with the same name and house', { bornOn: '1965-08-20', nationalId: null }],
  ])('leaves %s alone', (_, changes) => expect(likely(amina, person(changes))).toBe(false))

  it('is never likely for two whom a glance tells apart', () => {
    const anybody = fc
      .record({
        givenName: fc.constantFrom('Amina', 'Odhiambo', 'Zuhura', null),
        familyName: fc.constantFrom('Odhiambo', 'Amina', null),
        sex: fc.constantFrom('female', 'male', 'unknown'),
        bornOn: fc.constantFrom('1990-03-04', '1990-04-03', '1990-03-14', '1961-11-30', null),
        bornOnEstimated: fc.boolean(),
        phone: fc.constantFrom('+254 012 345 678', null),
        nationalId: fc.constantFrom('12345678', '12345687', '99999998', null),
      })
      .map(person)
    const pairs = fc.sample(fc.tuple(anybody, anybody), { numRuns: 5_000, seed: 7 })
    const apart = pairs.filter(([a, b]) => !couldBeOne(a, b))
    expect(apart.length).toBeGreaterThan(500)
    expect(apart.filter(([a, b]) => likely(a, b))).toEqual([])
  })

  it('gives the reasons as codes and the same answer from both sides', () => {
    const other = person({ givenName: 'Aminah', nationalId: null })
    expect(resemblance(amina, other)).toEqual(resemblance(other, amina))
    expect(resemblance(amina, other).reasons).toEqual(['similar-name', 'same-birth-date', 'same-phone', 'similar-address'])
  })
})

describe('match keys', () => {
  it('are looked under with day and month exchanged too', () => {
    expect(keysToLookUnder(amina)).toContain('b:1990-04-03')
    expect(matchKeys(amina)).not.toContain('b:1990-04-03')
  })
  it('read a phone with and without the code of its country', () => {
    expect(matchKeys(amina)).toContain('p:012345678')
    expect(matchKeys(person({ phone: '0012345678' }))).toContain('p:012345678')
  })
  it('name a pair the same from both sides', () => expect(duplicateIssueId('B', 'A')).toBe('duplicate.A.B'))
})
