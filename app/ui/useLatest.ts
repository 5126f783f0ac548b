import { useLayoutEffect, useRef } from 'react'

/** The value of the last render, for a callback that stays the same: what it is given to need not be drawn again. */
export function useLatest<T>(value: T): { readonly current: T } {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}
