import { expect, test } from 'vitest'
import { ownReport } from './ownReport.ts'

const enrollment = (clientId: string, more = {}) =>
  ({
    state: 'unsent',
    record: {
      clientId,
      programId: 'TB-001',
      facilityId: 'north',
      status: 'active',
      enrolledOn: '2026-04-03',
      endedOn: null,
      nextVisitOn: null,
      createdAt: 1,
      ...more,
    },
  }) as never

test('a tablet counts its own enrollments of one program, also those that are not sent and whose client is not here', () => {
  const { months, ages, total } = ownReport({
    enrollments: [
      enrollment('a'),
      enrollment('gone'),
      enrollment('a', { programId: 'HIV-001' }),
      enrollment('a', { status: 'completed', enrolledOn: '2026-02-01', endedOn: '2026-04-20' }),
    ],
    clientOf: (id) => (id === 'a' ? ({ sex: 'male', bornOn: '2010-01-01' } as never) : undefined),
    programId: 'TB-001',
    today: '2026-05-06',
    months: 4,
  })
  expect(months.map(({ month, begun, completed }) => [month, begun, completed])).toEqual([
    ['2026-02', 1, 0],
    ['2026-03', 0, 0],
    ['2026-04', 2, 1],
    ['2026-05', 0, 0],
  ])
  expect(ages.filter(({ bySex }) => bySex.some((count) => count > 0))).toEqual([
    { band: '15-24', bySex: [0, 1, 0, 0] },
    { band: 'unknown', bySex: [0, 0, 0, 1] },
  ])
  expect(total).toMatchObject({ active: 2, completed: 1 })
})
