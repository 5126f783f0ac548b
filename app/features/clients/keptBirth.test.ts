import { expect, test } from 'vitest'
import type { ClientValues } from './clientEntry.ts'
import { withKeptBirth } from './keptBirth.ts'

const TODAY = '2026-06-01'
const typed = (values: Partial<ClientValues>) => ({ bornOn: '1990-06-01', bornOnEstimated: true, ...values }) as ClientValues

test('an age nobody touched keeps the day it was worked out from', () => {
  expect(withKeptBirth(typed({}), { bornOn: '1989-07-15', bornOnEstimated: true }, TODAY).bornOn).toBe('1989-07-15')
})

test('an age that was corrected is taken as typed', () => {
  expect(withKeptBirth(typed({}), { bornOn: '1980-07-15', bornOnEstimated: true }, TODAY).bornOn).toBe('1990-06-01')
})

test('a date of birth in place of the age is taken as typed', () => {
  const values = typed({ bornOn: '1990-02-03', bornOnEstimated: false })
  expect(withKeptBirth(values, { bornOn: '1989-07-15', bornOnEstimated: true }, TODAY)).toEqual(values)
})
