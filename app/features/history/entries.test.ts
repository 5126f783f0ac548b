import { expect, test } from 'vitest'
import type { HistoryRow } from '#domain/sync/history.ts'
import { serverEntries, together } from './entries.ts'

const row = (values: Partial<HistoryRow>): HistoryRow => ({
  changeId: 'c1',
  collection: 'clients',
  recordId: 'AAA',
  op: 'edit',
  field: 'phone',
  from: '1',
  old: '1',
  to: '2',
  outcome: 'taken',
  actorId: 'amina',
  deviceId: 'device-1',
  deviceTime: 100,
  at: 200,
  seq: 1,
  ...values,
})
const people = { amina: 'Dr Amina' }

test('the rows of one change are one entry, with who made it', () => {
  const [entry, ...others] = serverEntries([row({}), row({ field: 'address', old: null, to: 'Kisumu' })], people)
  expect(others).toEqual([])
  expect(entry?.who).toEqual({ id: 'amina', name: 'Dr Amina' })
  expect(entry?.fields.map(({ field, from, to }) => [field, from, to])).toEqual([
    ['phone', '1', '2'],
    ['address', null, 'Kisumu'],
  ])
})

test('a change that reached an enrollment as well is an entry of each record', () => {
  const rows = [row({ field: 'facilityId' }), row({ collection: 'enrollments', recordId: 'AAA.HIV-001.1', field: 'facilityId' })]
  expect(serverEntries(rows, people).map(({ recordId }) => recordId)).toEqual(['AAA', 'AAA.HIV-001.1'])
})

test('old is what the server held, not what the author saw', () => {
  expect(serverEntries([row({ from: '0', old: '1', outcome: 'replaced' })], people)[0]?.fields[0]?.from).toBe('1')
})

test('what said nothing new is left out, what was refused is not', () => {
  expect(serverEntries([row({ outcome: 'same', old: '2' }), row({ field: 'givenName', outcome: 'refused' })], people)[0]?.fields).toEqual([
    { field: 'givenName', from: '1', to: '2', outcome: 'refused' },
  ])
})

test('a change that brought a removed record back says so', () => {
  const rows = [row({ op: 'create' }), row({ op: 'create', field: 'deleted', from: true, old: true, to: false })]
  expect(serverEntries(rows, people)[0]?.op).toBe('restore')
})

test('own changes that the server does not tell of stand in their place; those it tells of stand once', () => {
  const fromServer = serverEntries([row({ changeId: 'new', at: 300 }), row({ changeId: 'old', at: 100 })], people)
  const own = (changeId: string, state: 'unsent' | 'sent', writtenAt: number) => ({
    ...fromServer[0],
    key: changeId,
    changeId,
    state,
    writtenAt,
    arrivedAt: null,
  })
  const here = [own('waiting', 'unsent', 400), own('new', 'unsent', 290), own('pruned', 'sent', 50)] as never[]
  expect(together(fromServer, here).map(({ changeId }) => changeId)).toEqual(['waiting', 'new', 'old'])
})

test('fields stand in the order of the forms, whatever order the server tells them in', () => {
  const rows = ['phone', 'familyName', 'givenName'].map((field) => row({ op: 'create', field, old: null }))
  expect(serverEntries(rows, people)[0]?.fields.map(({ field }) => field)).toEqual(['givenName', 'familyName', 'phone'])
})
