import { useSearchParams } from '@remix-run/react'
import { useMemo } from 'react'
import { type ClientFilter, FILTER_NAMES, readClientFilter } from './clientFilter.ts'

/** It is in the address, so that the way back from a client leads to the same list; it names nobody. */
export function useClientFilter(): [ClientFilter, (filter: ClientFilter) => void] {
  const [search, setSearch] = useSearchParams()
  const filter = useMemo(() => readClientFilter(search), [search])
  const change = (next: ClientFilter) =>
    setSearch(
      FILTER_NAMES.flatMap((name) => (next[name] === undefined ? [] : [[name, next[name]] as [string, string]])),
      { replace: true, preventScrollReset: true },
    )
  return [filter, change]
}
