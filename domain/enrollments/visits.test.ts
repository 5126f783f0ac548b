import { expect, test } from 'vitest'
import { dueOf, dueVisits } from './visits.ts'

const TODAY = '2026-05-04'
const visit = (id: string, nextVisitOn: string | null, status = 'active' as const) => ({ id, nextVisitOn, status })

test('a visit is late, today, soon or later; who has left, or has none, is not due', () => {
  const days = ['2026-05-03', '2026-05-04', '2026-05-05', '2026-05-11', '2026-05-12', null]
  expect(days.map((day) => dueOf(visit('a', day), TODAY))).toEqual(['late', 'today', 'soon', 'soon', 'later', null])
  expect(dueOf({ status: 'completed', nextVisitOn: '2026-05-03' }, TODAY)).toBeNull()
})

test('the list begins with who has waited longest', () => {
  const due = dueVisits([visit('b', '2026-05-01'), visit('c', '2026-04-01'), visit('a', '2026-05-01'), visit('d', TODAY)], TODAY)
  expect([due.late.map(({ id }) => id), due.today.map(({ id }) => id), due.soon, due.later]).toEqual([['c', 'a', 'b'], ['d'], [], []])
})
