import { expect, test } from 'vitest'
import { readPhone } from './phoneNote.ts'

const read = (international: string, dial: string) => ({ kind: 'read', international, dial })

test('a number is read as it is dialled in the facility’s country, or by its own country’s code', async () => {
  expect(await readPhone('0711 300 000', 'KE')).toEqual(read('+254 711 300000', '+254711300000'))
  expect(await readPhone('(0711) 300-000', 'KE')).toEqual(read('+254 711 300000', '+254711300000'))
  expect(await readPhone('+256 772 123456', 'KE')).toEqual(read('+256 772 123456', '+256772123456'))
  expect(await readPhone('+33 6 12 34 56 78', null)).toEqual(read('+33 6 12 34 56 78', '+33612345678'))
})

test('what no plan knows is doubtful, and never an error', async () => {
  for (const typed of ['0711', '07113000001234', 'ask the neighbour', '+999 1']) {
    expect(await readPhone(typed, 'KE'), typed).toEqual({ kind: 'doubtful' })
  }
})

test('without a country nothing is said, nor of nothing', async () => {
  expect(await readPhone('0711 300 000', null)).toBeNull()
  expect(await readPhone('0711 300 000', 'XX')).toBeNull()
  expect(await readPhone('  ', 'KE')).toBeNull()
})
