import { useDeferredValue, useEffect, useMemo } from 'react'
import type { LocalRecord } from '#app/data/tablet.ts'
import type { RecordOf } from '#domain/collections.ts'
import { type Found, searchClients } from './searchClients.ts'
import { buildIndex, foldNames } from './searchIndex.ts'

/** Long enough for the page to be drawn, and for the records of a first reception to stop coming. */
const WHEN_QUIET_MS = 300

type Clients = readonly LocalRecord<'clients'>[]

/** @returns null while nothing is typed. The index is built with the first letter, and again when records change. */
export function useClientSearch(records: Clients, typed: string, limit: number): Found<RecordOf<'clients'>> | null {
  const query = useDeferredValue(typed.trim())
  const settled = useDeferredValue(records)
  const asked = query !== ''
  useEffect(() => {
    const timer = setTimeout(() => foldNames(present(settled)), WHEN_QUIET_MS)
    return () => clearTimeout(timer)
  }, [settled])
  const index = useMemo(() => (asked ? buildIndex(present(settled)) : null), [asked, settled])
  return useMemo(() => (index === null ? null : searchClients(index, query, limit)), [index, query, limit])
}

/** Clients who were joined into another are found under the other. */
function present(records: Clients): RecordOf<'clients'>[] {
  return records.flatMap(({ record }) => (record.mergedInto === null ? [record] : []))
}
