import { expect, test } from 'vitest'
import { type Figure, forViewers, type Overview, overview } from './overview.ts'

test('figures add up over facilities, and the week is the one of today', () => {
  const counters: [string, number][] = [
    ['clients|a', 3],
    ['clients|b', 2],
    ['registered|2026-05-04|a', 1],
    ['registered|2026-05-10|b', 2],
    ['registered|2026-05-03|a', 7],
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
    enrolledNow: { count: 5, isMore: false },
    enrollments: [
      { programId: 'TB-001', name: 'Tuberculosis', active: 5, ever: 5 },
      { programId: 'HIV-001', name: 'HIV Care', active: 0, ever: 5 },
    ],
  })
})

const made = (active: readonly number[]): Overview =>
  overview(
    active.map((count, index) => [`enrollments|north|P-${index}|active`, count] as const),
    active.map((_, index) => ({ id: `P-${index}`, name: `Program ${index}` })),
    '2026-05-06',
    1,
  )

test('who may not see people is told nothing of fewer than five, neither by a sum nor by the order', () => {
  const shown = forViewers({ ...made([4, 9, 0, 5]), clients: 4, registeredThisWeek: 5 })
  expect(shown).toMatchObject({ clients: null, registeredThisWeek: 5, enrolledNow: { count: 14, isMore: true } })
  expect(shown.enrollments.map(({ programId, active }) => [programId, active])).toEqual([
    ['P-1', 9],
    ['P-3', 5],
    ['P-0', null],
    ['P-2', null],
  ])
  expect(forViewers(made([7, 5])).enrolledNow).toEqual({ count: 12, isMore: false })
})

test('a solver over all that a viewer is shown narrows no count of one to four to a single value', () => {
  const most = 7
  const possible = [...Array(most + 1).keys()]
  const all = possible.flatMap((a) => possible.flatMap((b) => possible.map((c) => [a, b, c])))
  const seen = new Map<string, number[][]>()
  for (const counts of all) {
    const told = JSON.stringify(forViewers(made(counts)))
    seen.set(told, [...(seen.get(told) ?? []), counts])
  }
  for (const alike of seen.values()) {
    for (const cell of [0, 1, 2]) {
      const values = new Set(alike.map((counts) => counts[cell] as number))
      const isSmall = [...values].some((value) => value > 0 && value < 5)
      if (isSmall) expect([...values].sort()).toEqual([0, 1, 2, 3, 4] satisfies Figure[])
    }
  }
})
