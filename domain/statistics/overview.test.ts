import { expect, test } from 'vitest'
import { overview } from './overview.ts'

test('figures add up over facilities, and the week is the one of today', () => {
  const counters: [string, number][] = [
    ['clients|a', 3],
    ['clients|b', 2],
    ['registered|a|2026-05-04', 1],
    ['registered|b|2026-05-10', 2],
    ['registered|a|2026-05-03', 7],
    ['programs|*|active', 2],
    ['programs|*|inactive', 1],
    ['enrollments|a|TB-001|active', 4],
    ['enrollments|b|TB-001|active', 1],
    ['enrollments|a|HIV-001|completed', 5],
    ['enrollments|a|HIV-001|entered-in-error', 9],
  ]
  const programs = [
    { id: 'HIV-001', name: 'HIV Care' },
    { id: 'TB-001', name: 'Tuberculosis' },
  ]
  expect(overview(counters, programs, '2026-05-06', 17)).toEqual({
    asOf: 17,
    clients: 5,
    programsActive: 2,
    registeredThisWeek: 3,
    enrollments: [
      { programId: 'TB-001', name: 'Tuberculosis', active: 5, ever: 5 },
      { programId: 'HIV-001', name: 'HIV Care', active: 0, ever: 5 },
    ],
  })
})
