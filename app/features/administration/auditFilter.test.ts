import { expect, it } from 'vitest'
import { filterQuery, readFilter } from './auditFilter.ts'

it('an address that was typed wrong asks for everything', () => {
  expect(readFilter(new URLSearchParams('?action=nonsense&actor=&outcome=maybe&day=2026-02-30&before=-1'))).toEqual({})
})

it('the next page keeps the filter', () => {
  const filter = readFilter(new URLSearchParams('?action=account.sign-in&outcome=failure&day=2026-05-04&before=90'))
  expect(filterQuery(filter, 40)).toBe('?action=account.sign-in&outcome=failure&day=2026-05-04&before=40')
  expect(filterQuery(filter)).toBe('?action=account.sign-in&outcome=failure&day=2026-05-04')
})
