import { describe, expect, test } from 'vitest'
import { readVisit, typedVisit, withOutcome } from './visitEntry.ts'

const TODAY = '2026-05-04'
const expected = { enrolledOn: '2026-01-01', nextVisitOn: '2026-05-01' }
const nothing = { enrolledOn: '2026-01-01', nextVisitOn: null }
const typed = (more: object) => ({ ...typedVisit(expected, TODAY), ...more })

describe('what an outcome does to the next day', () => {
  test('who came is not expected that day any more', () => {
    expect(withOutcome(typed({}), 'came', '2026-05-01').nextVisitOn).toBe('')
  })
  test('who did not come still is', () => {
    expect(withOutcome(typed({}), 'did-not-come', '2026-05-01').nextVisitOn).toBe('2026-05-01')
    expect(withOutcome(typed({ nextVisitOn: '' }), 'called', '2026-05-01').nextVisitOn).toBe('2026-05-01')
  })
  test('a day that was typed stands', () => {
    for (const outcome of ['came', 'moved', 'called'] as const)
      expect(withOutcome(typed({ nextVisitOn: '2026-06-01' }), outcome, '2026-05-01').nextVisitOn).toBe('2026-06-01')
  })
})

describe('reading the form', () => {
  const cases: [string, object, typeof expected | typeof nothing, object][] = [
    ['came', { visitOutcome: 'came', nextVisitOn: '' }, expected, { values: { visitOutcome: 'came', visitOn: TODAY, nextVisitOn: null } }],
    [
      'did not come, and is late from then on',
      { visitOutcome: 'did-not-come' },
      expected,
      { values: { visitOutcome: 'did-not-come', visitOn: TODAY, nextVisitOn: '2026-05-01' } },
    ],
    ['only another day', { nextVisitOn: '2026-05-09' }, expected, { values: { nextVisitOn: '2026-05-09' } }],
    ['no day any more', { nextVisitOn: '' }, expected, { values: { nextVisitOn: null } }],
    ['nothing at all', { nextVisitOn: '' }, nothing, { mistakes: { nextVisitOn: 'date-needed' } }],
    ['moved, and not said to when', { visitOutcome: 'moved', nextVisitOn: '' }, expected, { mistakes: { nextVisitOn: 'date-needed' } }],
    ['a new day that is over', { nextVisitOn: '2026-05-03' }, expected, { mistakes: { nextVisitOn: 'date-past' } }],
    ['a mistyped year', { nextVisitOn: '2206-05-09' }, expected, { mistakes: { nextVisitOn: 'date-far' } }],
    [
      'an outcome of tomorrow',
      { visitOutcome: 'came', visitOn: '2026-05-05', nextVisitOn: '' },
      expected,
      { mistakes: { visitOn: 'date-future' } },
    ],
    [
      'before the enrollment',
      { visitOutcome: 'came', visitOn: '2025-12-31', nextVisitOn: '' },
      expected,
      { mistakes: { visitOn: 'date-before-start' } },
    ],
    ['no day of the visit', { visitOutcome: 'came', visitOn: '', nextVisitOn: '' }, expected, { mistakes: { visitOn: 'date-needed' } }],
  ]
  test.each(cases)('%s', (_name, more, enrollment, read) => {
    expect(readVisit(typed(more), enrollment, TODAY)).toEqual(read)
  })
})
