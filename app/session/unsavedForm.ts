import { useEffect, useSyncExternalStore } from 'react'

/** Whether something is typed on this page that is not saved: nothing offers to reload it meanwhile. */

let forms = 0
const listeners = new Set<() => void>()

function count(by: 1 | -1): void {
  forms += by
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useUnsavedForm(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return
    count(1)
    return () => count(-1)
  }, [isUnsaved])
}

/** Calls at once, or when the last form is saved or left. */
export function whenNothingIsTyped(call: () => void): void {
  let stop = () => {}
  const callOnce = () => {
    if (forms > 0) return
    stop()
    call()
  }
  stop = subscribe(callOnce)
  callOnce()
}

export function useIsFormUnsaved(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => forms > 0,
    () => false,
  )
}
