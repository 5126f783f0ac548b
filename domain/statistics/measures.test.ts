import { expect, test } from 'vitest'
import { MEASURES, report } from './measures.ts'
import { monthAfter, monthsBetween, tally } from './tally.ts'

const client = (fields: object) => ({
  fields: { facilityId: 'north', mergedInto: null, sex: 'female', bornOn: '1990-05-01', ...fields },
  deleted: false,
  createdAt: Date.UTC(2026, 3, 2),
})
const enrollment = (fields: object) => ({
  fields: {
    facilityId: 'north',
    programId: 'TB-001',
    status: 'active',
    enrolledOn: '2025-01-10',
    endedOn: null,
    nextVisitOn: null,
    ...fields,
  },
  deleted: false,
  createdAt: 0,
})
const woman = { sex: 'female', year: '1990' }

function counted(...keys: string[][]): Map<string, number> {
  const total = new Map<string, number>()
  for (const key of keys.flat()) total.set(key, (total.get(key) ?? 0) + 1)
  return total
}
const PROGRAMS = [
  { id: 'HIV-001', name: 'HIV Care' },
  { id: 'TB-001', name: 'Tuberculosis' },
]
const FILTER = { facility: null, program: null, from: '2025-01', to: '2026-05' }
const made = (counters: Map<string, number>, filter = {}) =>
  report({ counters, programs: PROGRAMS, filter: { ...FILTER, ...filter }, today: '2026-05-06', asOf: 7 })

const COUNTERS = counted(
  tally('clients', client({}), 'UTC'),
  tally('clients', client({ sex: 'male', bornOn: null, facilityId: 'south' }), 'UTC'),
  tally('clients', client({ mergedInto: 'x' }), 'UTC'),
  tally('enrollments', enrollment({ nextVisitOn: '2026-05-01' }), 'UTC', woman),
  tally('enrollments', enrollment({ nextVisitOn: '2026-05-06', enrolledOn: '2026-04-01' }), 'UTC', woman),
  tally('enrollments', enrollment({ status: 'lost', endedOn: '2025-02-20' }), 'UTC', woman),
  tally('enrollments', enrollment({ status: 'completed', endedOn: '2025-07-20', facilityId: 'south' }), 'UTC', woman),
  tally('enrollments', enrollment({ status: 'transferred', endedOn: '2025-02-01' }), 'UTC', woman),
  tally('enrollments', enrollment({ status: 'entered-in-error' }), 'UTC', woman),
)

test('one episode has one state, and what was entered in error is nobody’s', () => {
  const { total, programs, clients } = made(COUNTERS)
  expect(total).toMatchObject({ active: 2, ever: 5, completed: 1, droppedOut: 1, lost: 1, transferred: 1, died: 0 })
  expect(programs.map(({ programId, values }) => [programId, values.active])).toEqual([
    ['TB-001', 2],
    ['HIV-001', 0],
  ])
  expect(clients).toBe(2)
})

test('the median of how long those lasted that ended, of one program too; of none there is none', () => {
  const ended = (endedOn: string, programId = 'TB-001') =>
    tally('enrollments', enrollment({ status: 'completed', enrolledOn: '2025-01-01', endedOn, programId }), 'UTC', woman)
  const some = counted(
    ended('2025-01-11'),
    ended('2025-01-21'),
    ended('2025-07-01'),
    ended('2025-01-03', 'HIV-001'),
    tally('enrollments', enrollment({}), 'UTC', woman),
  )
  expect(made(some, { program: 'TB-001' }).total.medianDays).toBe(20)
  expect(made(some).total.medianDays).toBe(10)
  expect(made(counted(ended('2025-07-01'))).total.medianDays).toBe(182)
  // Three years, to 30 days.
  expect(Math.abs((made(counted(ended('2028-01-01'))).total.medianDays ?? 0) - 1_095)).toBeLessThanOrEqual(15)
  expect(made(counted(tally('enrollments', enrollment({}), 'UTC', woman))).total.medianDays).toBeNull()
})

test('quality: what is not known, of the clients or of those who are enrolled', () => {
  expect(made(COUNTERS).quality).toEqual({ people: 2, sexUnknown: 0, birthUnknown: 1 })
  const unknown = counted(
    tally('enrollments', enrollment({}), 'UTC', { sex: 'unknown', year: '?' }),
    tally('enrollments', enrollment({}), 'UTC', woman),
  )
  expect(made(unknown, { program: 'TB-001' }).quality).toEqual({ people: 2, sexUnknown: 1, birthUnknown: 1 })
  expect(made(unknown, { program: 'HIV-001' }).quality).toEqual({ people: 0, sexUnknown: 0, birthUnknown: 0 })
})

test('retention: of those who began long enough ago and did not go elsewhere, who was not lost by then', () => {
  // Four began in January 2025: one left after a month, one went elsewhere, one completed, one goes on.
  expect(made(COUNTERS).total).toMatchObject({ retention3: (100 * 2) / 3, retention6: (100 * 2) / 3, retention12: (100 * 2) / 3 })
  expect(made(COUNTERS, { program: 'HIV-001' }).programs[0]?.values.retention3).toBeNull()
  expect(made(COUNTERS, { from: '2026-01' }).total.retention3).toBeNull()
})

test('months: who was registered, began, completed and dropped out, each in its own; none is left out', () => {
  const { months } = made(COUNTERS)
  expect(months).toHaveLength(17)
  expect(months.filter((one) => one.registered + one.begun + one.completed + one.droppedOut > 0)).toEqual([
    { month: '2025-01', registered: 0, begun: 4, completed: 0, droppedOut: 0 },
    { month: '2025-02', registered: 0, begun: 0, completed: 0, droppedOut: 1 },
    { month: '2025-07', registered: 0, begun: 0, completed: 1, droppedOut: 0 },
    { month: '2026-04', registered: 2, begun: 1, completed: 0, droppedOut: 0 },
  ])
})

test('a facility or a program alone', () => {
  expect(made(COUNTERS, { facility: 'south' })).toMatchObject({ clients: 1, total: { active: 0, completed: 1 } })
  const { ages, visits } = made(COUNTERS, { program: 'TB-001' })
  expect(ages.find(({ band }) => band === '25-49')?.bySex).toEqual([2, 0, 0, 0])
  expect(visits).toEqual({ overdue: 1, today: 1, thisWeek: 0 })
  expect(made(COUNTERS).ages.find(({ band }) => band === 'unknown')?.bySex).toEqual([0, 1, 0, 0])
})

test('months are reckoned by the calendar', () => {
  expect(monthsBetween('2025-11', '2026-02')).toBe(3)
  expect([monthAfter('2025-11', 3), monthAfter('2025-01', 11), monthAfter('2025-12', 1), monthAfter('2026-01', -1)]).toEqual([
    '2026-02',
    '2025-12',
    '2026-01',
    '2025-12',
  ])
})

test('every measure has a source and an id of its own', () => {
  expect(new Set(MEASURES.map(({ id }) => id)).size).toBe(MEASURES.length)
  for (const { source } of MEASURES) expect(source.length).toBeGreaterThan(0)
})
