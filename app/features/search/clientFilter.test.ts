import { expect, test } from 'vitest'
import { type ClientFilter, type Enrolled, isNarrowing, narrowedBy, readClientFilter } from './clientFilter.ts'

const today = '2026-11-25'
const amina = { id: 'a', sex: 'female', bornOn: '1990-05-01', facilityId: 'north' } as const
const juma = { id: 'j', sex: 'male', bornOn: null, facilityId: 'south' } as const
const episodes: Record<string, Enrolled[]> = {
  a: [
    { clientId: 'a', programId: 'HIV-001', status: 'active' },
    { clientId: 'a', programId: 'TB-001', status: 'completed' },
  ],
  j: [{ clientId: 'j', programId: 'TB-001', status: 'entered-in-error' }],
}

function fitting(filter: ClientFilter): string[] {
  return [amina, juma].filter(narrowedBy(filter, today, (id) => episodes[id] ?? [])).map(({ id }) => id)
}

test('each filter is of its own, and together they all have to fit', () => {
  expect(fitting({})).toEqual(['a', 'j'])
  expect(fitting({ sex: 'male' })).toEqual(['j'])
  expect(fitting({ facility: 'north' })).toEqual(['a'])
  expect(fitting({ age: '25-49' })).toEqual(['a'])
  expect(fitting({ age: 'unknown' })).toEqual(['j'])
  expect(fitting({ age: 'unknown', sex: 'female' })).toEqual([])
})

test('program and status are asked of one episode; what was entered in error only when that is asked for', () => {
  expect(fitting({ program: 'HIV-001' })).toEqual(['a'])
  expect(fitting({ program: 'TB-001', status: 'active' })).toEqual([])
  expect(fitting({ status: 'completed' })).toEqual(['a'])
  expect(fitting({ program: 'TB-001' })).toEqual(['a'])
  expect(fitting({ program: 'TB-001', status: 'entered-in-error' })).toEqual(['j'])
})

test('an address of anybody makes a filter or none', () => {
  expect(readClientFilter(new URLSearchParams('program=TB-001&status=lost&age=from-50&more=1'))).toEqual({
    program: 'TB-001',
    status: 'lost',
    age: 'from-50',
  })
  const none = readClientFilter(new URLSearchParams(`program=&status=gone&sex=x&age=7&facility=${'x'.repeat(41)}`))
  expect(isNarrowing(none)).toBe(false)
})
