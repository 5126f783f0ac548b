import { expect, it } from 'vitest'
import type { LocalRecord } from '#app/data/tablet.ts'
import { clientMarks } from './clientMarks.ts'

const client = (id: string, state: 'sent' | 'unsent') => ({ record: { id }, state }) as LocalRecord<'clients'>
const enrollment = (clientId: string, state: 'sent' | 'unsent') => ({ record: { clientId }, state }) as LocalRecord<'enrollments'>
const issue = (recordId: string, state: 'open' | 'resolved') => ({ record: { recordId, state }, state: 'sent' }) as LocalRecord<'issues'>

it('marks who has something unsent, and above it who has an open question', () => {
  const marks = clientMarks({
    clients: [client('a', 'sent'), client('b', 'unsent'), client('c', 'sent'), client('d', 'unsent'), client('e', 'sent')],
    enrollments: [enrollment('c', 'unsent'), enrollment('a', 'sent')],
    issues: [issue('d.HIV-001.1', 'open'), issue('e', 'resolved')],
  })
  expect(Object.fromEntries(marks)).toEqual({ b: 'unsent', c: 'unsent', d: 'attention' })
})
