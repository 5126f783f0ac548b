import { expect, test } from 'vitest'
import { type SearchAnswer, SearchDesk } from './searchDesk.ts'

const person = (id: string, givenName: string) => ({ id, givenName, middleName: null, familyName: null, phone: null, nationalId: null })

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
  desk.take({ kind: 'search', typed: 'neema', limit: 5 })
  expect(answers).toEqual([])
  desk.take({ kind: 'put', clients: [person('a', 'Neema')], gone: [] })
  build()
  expect(answers).toEqual([{ typed: 'neema', ids: ['a'], total: 1 }])
})

test('it is answered at once by the index there is, and again when a newer one stands', () => {
  const { desk, answers, build } = openDesk()
  desk.take({ kind: 'put', clients: [person('a', 'Neema'), person('b', 'Juma')], gone: [] })
  build()
  desk.take({ kind: 'put', clients: [person('c', 'Neema')], gone: ['a'] })
  desk.take({ kind: 'search', typed: 'neema', limit: 5 })
  build()
  expect(answers.map(({ ids }) => ids)).toEqual([['a'], ['c']])
})

test('several portions make one index, and only the latest question is answered by it', () => {
  const { desk, answers, waiting, build } = openDesk()
  desk.take({ kind: 'put', clients: [person('a', 'Neema')], gone: [] })
  desk.take({ kind: 'put', clients: [person('b', 'Juma')], gone: [] })
  desk.take({ kind: 'search', typed: 'neema', limit: 5 })
  desk.take({ kind: 'search', typed: 'juma', limit: 5 })
  expect(waiting).toHaveLength(1)
  build()
  expect(answers).toEqual([{ typed: 'juma', ids: ['b'], total: 1 }])
})
