import { expect, it } from 'vitest'
import { filterQuery, readFilter, readFormat, readPlace } from './auditFilter.ts'

it('an address that was typed wrong asks for everything', () => {
  const search = new URLSearchParams('?action=nonsense&actor=&client=%20&outcome=maybe&from=2026-02-30&to=soon&before=-1&format=exe')
  expect(readFilter(search)).toEqual({})
  expect(readPlace(search)).toBeUndefined()
  expect(readFormat(search)).toBe('csv')
})

it('the next page and the export keep the filter', () => {
  const search = new URLSearchParams('?action=account.sign-in&outcome=failure&from=2026-05-04&to=2026-05-06&before=90')
  const filter = readFilter(search)
  expect(readPlace(search)).toBe(90)
  const query = '?action=account.sign-in&outcome=failure&from=2026-05-04&to=2026-05-06'
  expect(filterQuery(filter)).toBe(query)
  expect(filterQuery(filter, { before: 40 })).toBe(`${query}&before=40`)
  expect(filterQuery(filter, { format: 'fhir' })).toBe(`${query}&format=fhir`)
})

it('a client is found by the number as people type it, and a device by the beginning of its id', () => {
  const number = '000000000000'
  const filter = readFilter(new URLSearchParams({ client: `${number.slice(0, 4)} ${number.slice(4)}0`, device: 'AB12CD34' }))
  expect(filter).toEqual({ client: '0000000000000', device: 'ab12cd34' })
})
