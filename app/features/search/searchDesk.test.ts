import { expect, test } from 'vitest'
import { type SearchAnswer, SearchDesk } from './searchDesk.ts'

const DESCRIBED = { sex: 'female', bornOn: null, facilityId: 'north' } as const
const person = (id: string, givenName: string) => ({
  id,
  givenName,
  middleName: null,
  familyName: null,
  phone: null,
  nationalId: null,
  ...DESCRIBED,
})

function openDesk() {
  const answers: SearchAnswer[] = []
  const waiting: (() => void)[] = []
  const desk = new SearchDesk({ answer: (answer) => answers.push(answer), later: (work) => waiting.push(work) })
  const build = () => {
    for (const work of waiting.splice(0)) work()
  }
  return { desk, answers, waiting, build }
}

test('a question before anybody is known waits for the first index', () => {
  const { desk, answers, build } = openDesk()
  desk.take({ kind: 'search', typed: 'neema', limit: 5, filter: {}, today: '' })
  expect(answers).toEqual([])
  desk.take({ kind: 'put', clients: [person('a', 'Neema')], gone: [] })
  build()
  expect(answers).toEqual([{ typed: 'neema', filter: {}, ids: ['a'], total: 1 }])
})

test('it is answered at once by the index there is, and again when a newer one stands', () => {
  const { desk, answers, build } = openDesk()
  desk.take({ kind: 'put', clients: [person('a', 'Neema'), person('b', 'Juma')], gone: [] })
  build()
  desk.take({ kind: 'put', clients: [person('c', 'Neema')], gone: ['a'] })
  desk.take({ kind: 'search', typed: 'neema', limit: 5, filter: {}, today: '' })
  build()
  expect(answers.map(({ ids }) => ids)).toEqual([['a'], ['c']])
})

test('several portions make one index, and only the latest question is answered by it', () => {
  const { desk, answers, waiting, build } = openDesk()
  desk.take({ kind: 'put', clients: [person('a', 'Neema')], gone: [] })
  desk.take({ kind: 'put', clients: [person('b', 'Juma')], gone: [] })
  desk.take({ kind: 'search', typed: 'neema', limit: 5, filter: {}, today: '' })
  desk.take({ kind: 'search', typed: 'juma', limit: 5, filter: {}, today: '' })
  expect(waiting).toHaveLength(1)
  build()
  expect(answers).toEqual([{ typed: 'juma', filter: {}, ids: ['b'], total: 1 }])
})

test('a question about programs waits until it is told who is enrolled in what, also when that is nobody', () => {
  const { desk, answers, build } = openDesk()
  const active = { kind: 'search', typed: '', limit: 5, filter: { program: 'TB-001', status: 'active' }, today: '2026-11-25' } as const
  desk.take({ kind: 'put', clients: [person('a', 'Neema'), person('b', 'Juma')], gone: [] })
  desk.take(active)
  build()
  expect(answers).toEqual([])
  const episode = { id: 'b.TB-001.1', clientId: 'b', programId: 'TB-001' }
  desk.take({ kind: 'enrolled', enrollments: [{ ...episode, status: 'active' }], gone: [] })
  build()
  desk.take({ kind: 'enrolled', enrollments: [{ ...episode, status: 'completed' }], gone: [] })
  build()
  desk.take({ kind: 'enrolled', enrollments: [], gone: ['b.TB-001.1'] })
  build()
  desk.take({ ...active, filter: { sex: 'female' } })
  expect(answers.map(({ ids }) => ids)).toEqual([['b'], [], [], ['b', 'a']])
  expect(answers[0]?.filter).toEqual(active.filter)
})
