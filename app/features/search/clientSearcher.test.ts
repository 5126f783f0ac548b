import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ClientSearcher, type Clients } from './clientSearcher.ts'
import { type SearchAnswer, SearchDesk, type SearchTask } from './searchDesk.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A thread that is none: the same desk, told of by messages. */
class FakeWorker {
  readonly tasks: SearchTask[] = []
  onmessage: ((event: { data: SearchAnswer }) => void) | null = null
  onerror: (() => void) | null = null
  ended = false
  readonly #desk = new SearchDesk({ answer: (data) => this.onmessage?.({ data }), later: (work) => setTimeout(work) })
  postMessage(task: SearchTask): void {
    this.tasks.push(structuredClone(task))
    this.#desk.take(structuredClone(task))
  }
  terminate(): void {
    this.ended = true
  }
}

const people = (...names: string[]): Clients =>
  names.map((givenName, index) => ({
    record: {
      id: `c${index}`,
      givenName,
      middleName: null,
      familyName: null,
      phone: null,
      nationalId: null,
      mergedInto: null,
      sex: 'female',
      bornOn: null,
      facilityId: 'north',
    },
    state: 'sent',
  })) as never
const open = (worker: FakeWorker) => new ClientSearcher(() => worker as never)

test('people are told of in portions, once; afterwards only who has changed or gone', () => {
  const worker = new FakeWorker()
  const searcher = open(worker)
  const many = people(...Array.from({ length: 2_500 }, () => 'Neema'))
  searcher.update(many)
  vi.advanceTimersByTime(1_000)
  expect(worker.tasks.map((task) => task.kind === 'put' && task.clients.length)).toEqual([1_000, 1_000, 500])
  const [first, , ...rest] = many
  const changed = { ...first, record: { ...first?.record, givenName: 'Juma' } }
  searcher.update([changed, ...rest] as Clients)
  vi.advanceTimersByTime(1_000)
  expect(worker.tasks.slice(3)).toMatchObject([{ clients: [{ id: 'c0', givenName: 'Juma' }], gone: ['c1'] }])
  searcher.search('juma', 5)
  expect(searcher.answer).toEqual({ typed: 'juma', filter: {}, ids: ['c0'], total: 1 })
})

test('who comes while the thread is still being told of others is told of too', () => {
  const worker = new FakeWorker()
  const searcher = open(worker)
  const many = people(...Array.from({ length: 2_500 }, () => 'Neema'))
  searcher.update(many)
  vi.advanceTimersByTime(300)
  expect(worker.tasks).toHaveLength(1)
  searcher.update([...many, ...people(...Array.from({ length: 2_501 }, () => 'Juma')).slice(2_500)])
  vi.advanceTimersByTime(2_000)
  searcher.search('juma', 5)
  expect(searcher.answer).toEqual({ typed: 'juma', filter: {}, ids: ['c2500'], total: 1 })
})

test('a question that is taken back has no answer, also not one that was on its way', () => {
  const worker = new FakeWorker()
  const searcher = open(worker)
  searcher.update(people('Neema'))
  vi.advanceTimersByTime(1_000)
  searcher.search('neema', 5)
  searcher.forget()
  expect(searcher.answer).toBeNull()
  worker.onmessage?.({ data: { typed: 'neema', filter: {}, ids: ['c0'], total: 1 } })
  expect(searcher.answer).toBeNull()
})

test('who was joined into another is not found, and nobody at all is an answer too', () => {
  const searcher = open(new FakeWorker())
  const [one] = people('Neema')
  searcher.search('neema', 5)
  searcher.update([{ ...one, record: { ...one?.record, mergedInto: 'c9' } }] as Clients)
  vi.advanceTimersByTime(1_000)
  expect(searcher.answer).toEqual({ typed: 'neema', filter: {}, ids: [], total: 0 })
})

test('without a thread, or when it fails later, the page searches itself', () => {
  const none = new ClientSearcher(() => {
    throw new Error('no threads here')
  })
  const worker = new FakeWorker()
  const failing = open(worker)
  for (const searcher of [none, failing]) {
    searcher.update(people('Neema'))
    searcher.search('neema', 5)
  }
  worker.onerror?.()
  vi.advanceTimersByTime(1_000)
  for (const searcher of [none, failing]) expect(searcher.answer).toEqual({ typed: 'neema', filter: {}, ids: ['c0'], total: 1 })
  expect(worker.ended).toBe(true)
})

test('the thread is told who is enrolled in what once somebody looks for people of a program, and not before', () => {
  const worker = new FakeWorker()
  const searcher = open(worker)
  const enrollment = { id: 'c1.TB-001.1', clientId: 'c1', programId: 'TB-001', status: 'active' }
  searcher.update(people('Neema', 'Juma'))
  searcher.updateEnrollments([{ record: enrollment, state: 'sent' }] as never)
  searcher.search('', 5, { sex: 'female' }, '2026-11-25')
  vi.advanceTimersByTime(1_000)
  expect(worker.tasks.map(({ kind }) => kind)).not.toContain('enrolled')
  expect(searcher.answer).toMatchObject({ total: 2 })
  searcher.search('', 5, { program: 'TB-001' }, '2026-11-25')
  vi.advanceTimersByTime(1_000)
  expect(searcher.answer).toMatchObject({ ids: ['c1'], filter: { program: 'TB-001' } })
  searcher.updateEnrollments([])
  vi.advanceTimersByTime(1_000)
  expect(searcher.answer).toMatchObject({ ids: [] })
})

test('who changes places in the list is told of once, and who leaves before being told of is never', () => {
  const worker = new FakeWorker()
  const searcher = open(worker)
  const [a, b, c] = people('Amina', 'Baraka', 'Neema') as unknown as [Clients[number], Clients[number], Clients[number]]
  searcher.update([a, b, c])
  vi.advanceTimersByTime(1_000)
  // The last one takes the place of one who left.
  searcher.update([c, b])
  vi.advanceTimersByTime(1_000)
  expect(worker.tasks.slice(1)).toMatchObject([{ clients: [], gone: ['c0'] }])
  const joined = { ...b, record: { ...b.record, mergedInto: 'c2' } } as Clients[number]
  searcher.update([c, joined])
  vi.advanceTimersByTime(1_000)
  expect(worker.tasks.slice(2)).toMatchObject([{ clients: [], gone: ['c1'] }])
  searcher.search('baraka', 5)
  expect(searcher.answer?.total).toBe(0)
  searcher.update([c, b])
  vi.advanceTimersByTime(1_000)
  expect(worker.tasks.at(-1)).toMatchObject({ clients: [{ id: 'c1' }], gone: [] })
})
