import { useDeferredValue, useMemo } from 'react'
import type { LocalRecord } from '#app/data/tablet.ts'
import { type Found, searchClients } from './searchClients.ts'
import { buildIndex } from './searchIndex.ts'

type Client = LocalRecord<'clients'>

/** @returns null while nothing is typed. The index is built with the first letter, and again when records change. */
export function useClientSearch(records: readonly Client[], typed: string, limit: number): Found<Client> | null {
  const query = useDeferredValue(typed.trim())
  const settled = useDeferredValue(records)
  const asked = query !== ''
  const index = useMemo(() => (asked ? indexOf(settled) : null), [asked, settled])
  return useMemo(() => (index === null ? null : searchClients(index, query, limit)), [index, query, limit])
}

/** Clients who were joined into another are found under the other. */
function indexOf(records: readonly Client[]) {
  return buildIndex(records.filter(({ record }) => record.mergedInto === null).map(searchable))
}

const known = new WeakMap<Client, ReturnType<typeof made>>()

function made(client: Client) {
  return { ...client.record, ...client }
}

function searchable(client: Client) {
  const before = known.get(client)
  if (before !== undefined) return before
  const next = made(client)
  known.set(client, next)
  return next
}
