import { expect, it } from 'vitest'
import { clientNumber, spokenClientNumber } from '#domain/clients/number.ts'
import { searchClients } from './searchClients.ts'
import { buildIndex, type Searchable } from './searchIndex.ts'

const NUMBER = clientNumber(new Uint8Array([7, 18, 2, 20, 9, 22, 29, 10, 4, 1, 24, 26]))

function client(name: string, more: Partial<Searchable> = {}): Searchable {
  const [givenName = null, ...rest] = name.split(' ')
  const familyName = rest.pop() ?? null
  return { id: `id-${name}`, givenName, middleName: rest.join(' ') || null, familyName, phone: null, nationalId: null, ...more }
}

function names(people: Searchable[], typed: string, limit = 50): string[] {
  return searchClients(buildIndex(people), typed, limit).clients.map(({ givenName, familyName }) => `${givenName} ${familyName}`)
}

const amina = client('Amina Juma Hassan', { phone: '+255 712 345 678', nationalId: '1990-0412-1112', id: NUMBER })
const aminata = client('Aminata Diallo', { phone: '0765 111 222' })
const jose = client('José Ng’ang’a')
const everybody = [amina, aminata, jose, client('Mary Hassan')]

it.each([
  ['a beginning, and the whole word first', 'amina', ['Amina Hassan', 'Aminata Diallo']],
  ['name parts in any order', 'hassan am', ['Amina Hassan']],
  ['the middle name', 'juma', ['Amina Hassan']],
  ['no accents', 'jose', ['José Ng’ang’a']],
  ['no apostrophes', 'nganga', ['José Ng’ang’a']],
  ['capitals and another apostrophe', "NG'ANG'A", ['José Ng’ang’a']],
  ['a wrong letter', 'amena', ['Amina Hassan', 'Aminata Diallo']],
  ['a missing letter', 'amna', ['Amina Hassan', 'Aminata Diallo']],
  ['a letter too many', 'hasssan', ['Amina Hassan', 'Mary Hassan']],
  ['two letters exchanged', 'aimna', ['Amina Hassan', 'Aminata Diallo']],
  ['a slip in each of two words', 'hasan amena', ['Amina Hassan']],
  ['not two slips in one word', 'hzszan', []],
  ['phone digits in the middle', '345', ['Amina Hassan']],
  ['phone digits with spaces', '0712 345', ['Amina Hassan']],
  ['the whole phone as it is dialled at home', '0712345678', ['Amina Hassan']],
  ['the whole phone with the country code', '+255 765 111 222', ['Aminata Diallo']],
  ['the national id in any form', '199004121112', ['Amina Hassan']],
  ['the client number', NUMBER, ['Amina Hassan']],
  ['the client number as it is read aloud', spokenClientNumber(NUMBER).toLowerCase(), ['Amina Hassan']],
  ['the beginning of a client number', NUMBER.slice(0, 6), ['Amina Hassan']],
  ['nothing for nobody', 'zebedee', []],
])('finds by %s', (_, typed, expected) => {
  expect(names(everybody, typed)).toEqual(expected)
})

it('keeps a slip away from those who are written as typed', () => {
  expect(names([client('Jon Abel'), client('Jan Abel')], 'jon')).toEqual(['Jon Abel'])
})

it('says how many there are beyond the limit', () => {
  const many = Array.from({ length: 70 }, (_, n) => client(`Ali Bakari${String(n).padStart(2, '0')}`))
  const found = searchClients(buildIndex(many), 'ali', 50)
  expect([found.clients.length, found.total]).toEqual([50, 70])
})
