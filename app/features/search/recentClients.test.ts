import { expect, it } from 'vitest'
import type { LocalRecord } from '#app/data/tablet.ts'
import { recentClients } from './recentClients.ts'

const client = (id: string, updatedAt: number, mergedInto: string | null = null) =>
  ({ record: { id, updatedAt, mergedInto }, state: 'sent' }) as LocalRecord<'clients'>

it('gives those changed last, newest first, and nobody who was joined into another', () => {
  const records = [client('a', 5), client('b', 9), client('c', 7, 'b'), client('d', 1), client('e', 8)]
  expect(recentClients(records, 3).map(({ id }) => id)).toEqual(['b', 'e', 'a'])
})
