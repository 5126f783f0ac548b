import { createContext, type PropsWithChildren, useContext } from 'react'
import type { Fields } from '#domain/scalars.ts'
import type { Notes, Part } from './followRecord.ts'
import type { PresenceHere } from './usePresence.ts'

/** What an open form's fields need to know of other people. */
export interface LiveFormState extends PresenceHere {
  /** By name. */
  parts: ReadonlyMap<string, Pick<Part<never>, 'name' | 'fields'>>
  notes: Notes
  /** The record as it is now: what stands beside a typed value. */
  seen: Fields
  take: (part: string) => void
}

const LiveFormContext = createContext<LiveFormState | null>(null)

/** Around a form over a record that others may have open as well. A form for a new one goes without. */
export function LiveForm({ state, children }: PropsWithChildren<{ state: LiveFormState }>) {
  return <LiveFormContext.Provider value={state}>{children}</LiveFormContext.Provider>
}

export function useLiveForm(): LiveFormState | null {
  return useContext(LiveFormContext)
}
