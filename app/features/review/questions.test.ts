import { expect, test } from 'vitest'
import type { OutboxItem } from '#app/data/tablet.ts'
import type { RecordOf } from '#domain/collections.ts'
import { concernsClient, questionsOf } from './questions.ts'

const CHANGE = '3f0c2a52-4b0e-4e57-9d5e-0b2d1f0b8a01'
const ISSUE = `rejected.${CHANGE}`

const item = (values: Partial<OutboxItem> = {}): OutboxItem => ({
  n: 1,
  changeId: CHANGE,
  collection: 'clients',
  recordId: '7K2M9QXA41RTC',
  op: 'create',
  at: 10,
  state: 'rejected',
  reason: 'invalid',
  fields: { givenName: { from: null, to: 'Amina' } },
  ...values,
})

const issue = (values: Partial<RecordOf<'issues'>> = {}): RecordOf<'issues'> => ({
  id: ISSUE,
  sharedWith: null,
  seq: 5,
  createdAt: 20,
  createdBy: 'a',
  updatedAt: 20,
  updatedBy: 'a',
  kind: 'rejected',
  state: 'open',
  collection: 'clients',
  recordId: '7K2M9QXA41RTC',
  facilityId: 'riverside',
  actorId: 'amina',
  reason: 'invalid',
  detail: JSON.stringify({ changeId: CHANGE, change: { ...item(), deviceTime: 10, deviceId: 'device-1', n: 1, base: 0 } }),
  ...values,
})

const ids = (issues: RecordOf<'issues'>[], outbox: OutboxItem[]) => questionsOf(issues, outbox, 'amina').map(({ id }) => id)

test('a refused change whose issue has not come down is an open question already', () => {
  const [question] = questionsOf([], [item()], 'amina')
  expect(question).toMatchObject({ id: ISSUE, issue: null, reason: 'invalid', actorId: 'amina', at: 10 })
  expect(question?.refused?.fields.givenName?.to).toBe('Amina')
})

test('it is asked once, when its issue is there as well', () => {
  expect(ids([issue()], [item()])).toEqual([ISSUE])
})

test('it is asked no more when the issue is closed, here or by another device', () => {
  expect(ids([issue({ state: 'discarded' })], [item()])).toEqual([])
  expect(ids([], [item(), item({ n: 2, changeId: 'other', collection: 'issues', recordId: ISSUE, op: 'edit', state: 'unsent' })])).toEqual(
    [],
  )
})

test('a change that waits to be sent is no question', () => {
  expect(ids([], [item({ state: 'unsent', reason: null })])).toEqual([])
})

test('O8: what this tablet says again under a new number by itself is no question here, but one elsewhere', () => {
  const taken = issue({ reason: 'id-taken' })
  expect(ids([taken], [item({ reason: 'id-taken' })])).toEqual([])
  expect(ids([], [item({ reason: 'id-taken' })])).toEqual([])
  expect(ids([taken], [])).toEqual([ISSUE])
})

test('nor does it stand on the page of the person whose number it is', () => {
  const [question] = questionsOf([issue({ reason: 'id-taken' })], [], 'amina')
  expect(question && concernsClient(question, '7K2M9QXA41RTC')).toBe(false)
})

test('the newest stands first', () => {
  expect(
    ids(
      [issue({ id: 'conflict.a', kind: 'conflict', createdAt: 5 }), issue({ id: 'conflict.b', kind: 'conflict', createdAt: 30 })],
      [item()],
    ),
  ).toEqual(['conflict.b', ISSUE, 'conflict.a'])
})

test('what a newer server writes in another form is shown without its content', () => {
  expect(questionsOf([issue({ detail: '{"changed":true}' })], [], 'amina')[0]?.refused).toBeNull()
})

test('a question about an enrollment stands on the client’s page, a possible duplicate on both', () => {
  const [ofEnrollment, ofTwo] = questionsOf(
    [
      issue({ id: 'conflict.a', kind: 'conflict', collection: 'enrollments', recordId: 'AAA.HIV-001.1', createdAt: 9 }),
      issue({ id: 'duplicate.AAA.BBB', kind: 'possible-duplicate', recordId: 'AAA', createdAt: 8 }),
    ],
    [],
    'amina',
  )
  if (ofEnrollment === undefined || ofTwo === undefined) throw new Error('two questions')
  expect([ofEnrollment, ofTwo].map((question) => concernsClient(question, 'AAA'))).toEqual([true, true])
  expect([ofEnrollment, ofTwo].map((question) => concernsClient(question, 'BBB'))).toEqual([false, true])
})
