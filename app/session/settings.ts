import { useSyncExternalStore } from 'react'

/** What the people of this device have chosen for it. Kept readable: it says nothing of anybody, and holds while locked too. */

/** `null`: as the system wishes. */
export const THEMES = ['light', 'dark', 'contrast'] as const
export const SIZES = ['usual', 'large', 'largest'] as const
/** Minutes without a touch until the tablet locks itself: never later than docs/security.md says. */
export const LOCK_AFTER = [1, 2, 5] as const

export interface Settings {
  theme: (typeof THEMES)[number] | null
  size: (typeof SIZES)[number]
  /** Less is asked of the network: see `usePresence` and `useLiveOverview`. */
  lowData: boolean
  lockAfterMinutes: (typeof LOCK_AFTER)[number]
  /** Single keys do something (WCAG 2.1.4 wants a way to turn them off). */
  shortcuts: boolean
  /** Somebody said that this device needs no place on the home screen. */
  noInstall: boolean
}

/** look.js reads it too, before the page is drawn. */
const KEY = 'hims.settings'
const USUAL: Settings = { theme: null, size: 'usual', lowData: false, lockAfterMinutes: 5, shortcuts: true, noInstall: false }

const listeners = new Set<() => void>()
let current: Settings | null = null

export function settings(): Settings {
  current ??= read()
  return current
}

export function changeSettings(change: Partial<Settings>): void {
  current = { ...settings(), ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
  } catch {
    // Without storage it holds until the page goes.
  }
  announce()
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, settings, () => USUAL)
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener('storage', heardFromAnotherTab)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) removeEventListener('storage', heardFromAnotherTab)
  }
}

function heardFromAnotherTab({ key }: StorageEvent): void {
  if (key !== KEY) return
  current = null
  announce()
}

function announce(): void {
  const { theme, size } = settings()
  const { dataset } = document.documentElement
  if (theme === null) delete dataset.theme
  else dataset.theme = theme
  dataset.size = size
  for (const listener of listeners) listener()
}

function read(): Settings {
  try {
    return settingsOf(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    return USUAL
  }
}

/** What another version wrote may lack a part, or have one that is unknown here. */
export function settingsOf(stored: unknown): Settings {
  const given = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>
  const oneOf = <T>(choices: readonly T[], value: unknown, usual: T): T => choices.find((choice) => choice === value) ?? usual
  return {
    theme: oneOf<Settings['theme']>(THEMES, given.theme, USUAL.theme),
    size: oneOf(SIZES, given.size, USUAL.size),
    lowData: given.lowData === true,
    lockAfterMinutes: oneOf(LOCK_AFTER, given.lockAfterMinutes, USUAL.lockAfterMinutes),
    shortcuts: given.shortcuts !== false,
    noInstall: given.noInstall === true,
  }
}
