import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { useRecords, useTablet } from '#app/session/useTablet.ts'
import type { RecordOf } from '#domain/collections.ts'
import { type ClientFilter, isNarrowing } from './clientFilter.ts'
import { useSearcher } from './SearchProvider.tsx'
import type { Found } from './searchClients.ts'

export interface ClientsFound extends Found<RecordOf<'clients'>> {
  /** What they were found for: the answer to what is typed now comes a few milliseconds later. */
  typed: string
  filter: ClientFilter
}

const nobody = () => () => undefined
const nothing = () => null

/**
 * @param filter the same object while nothing in it changes
 * @param today 'YYYY-MM-DD'
 * @returns null while nothing is asked, and until the first answer is here
 */
export function useClientSearch(typed: string, filter: ClientFilter, today: string, limit: number): ClientsFound | null {
  const tablet = useTablet()
  const searcher = useSearcher()
  // Who was found may change while they are shown.
  useRecords('clients')
  const query = typed.trim()
  const isAsked = query !== '' || isNarrowing(filter)
  useEffect(() => {
    if (isAsked) searcher?.search(query, limit, filter, today)
    else searcher?.forget()
  }, [searcher, isAsked, query, limit, filter, today])
  const answer = useSyncExternalStore(searcher?.subscribe ?? nobody, () => searcher?.answer ?? null, nothing)
  const clients = useSameWhileEqual((answer?.ids ?? []).flatMap((id) => tablet.record('clients', id)?.record ?? []))
  return useMemo(() => (!isAsked || answer === null ? null : { ...answer, clients }), [isAsked, answer, clients])
}

/** The list of before when nothing in it has changed, so that nothing is drawn again. */
function useSameWhileEqual<T>(list: readonly T[]): readonly T[] {
  const last = useRef(list)
  const before = last.current
  if (before.length !== list.length || before.some((one, index) => one !== list[index])) last.current = list
  return last.current
}
