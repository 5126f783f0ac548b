import { useSyncExternalStore } from 'react'
import { whenNothingIsTyped } from './unsavedForm.ts'

/** The service worker's life as the screens see it: a waiting new version is used only when the person says so. */

/** Milliseconds after which what a tap or a moving pointer has begun is over. */
const QUIET_MS = 500

let waiting: ServiceWorker | null = null
let isStarting = false
const listeners = new Set<() => void>()

export function registerWorker(): void {
  if (!('serviceWorker' in navigator)) return
  navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).then(watch, () => undefined)
}

function watch(registration: ServiceWorkerRegistration): void {
  found(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing
    worker?.addEventListener('statechange', () => {
      // Without a controller this is the first version, and there is nothing to replace.
      if (worker.state === 'installed' && navigator.serviceWorker.controller !== null) found(worker)
    })
  })
}

function found(worker: ServiceWorker | null): void {
  waiting = worker
  // A newer one came while another was to start: that one starts no more.
  if (isStarting) worker?.postMessage('use-new-version')
  tell()
}

function tell(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The way to start the new version, or null when there is none; and whether it is starting. */
export function useNewVersion(): { start: (() => void) | null; isStarting: boolean } {
  const worker = useStored(() => waiting, null)
  return { start: worker && (() => putInCharge(worker)), isStarting: useStored(() => isStarting, false) }
}

function useStored<T>(read: () => T, before: T): T {
  return useSyncExternalStore(subscribe, read, () => before)
}

/** Fetches what is new, and starts it; where nothing new waits, the page is loaded again. Only when a person asks. */
export async function startNewVersion(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
  await registration?.update().catch(() => undefined)
  const worker = registration?.waiting ?? waiting
  if (!worker) return location.reload()
  putInCharge(worker)
}

/**
 * The page is loaded again when the worker is in charge, and nothing is typed by then. Chromium ends the old worker to
 * make way, and starts it again when a link is pointed at in that moment; the new one then waits until it has been idle
 * for half a minute, whatever is asked meanwhile. So it is asked when the pointer has come to rest.
 */
function putInCharge(worker: ServiceWorker): void {
  if (isStarting) return
  isStarting = true
  tell()
  const loadAgain = () => whenNothingIsTyped(() => location.reload())
  navigator.serviceWorker.addEventListener('controllerchange', loadAgain, { once: true })
  setTimeout(() => worker.postMessage('use-new-version'), QUIET_MS)
}
