import { useSyncExternalStore } from 'react'

/** The service worker's life as the screens see it: a waiting new version is used only when the person says so. */

let waiting: ServiceWorker | null = null
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
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The way to start the new version, or null when there is none. */
export function useNewVersion(): (() => void) | null {
  const worker = useSyncExternalStore(
    subscribe,
    () => waiting,
    () => null,
  )
  if (worker === null) return null
  return () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
    worker.postMessage('use-new-version')
  }
}

/** Fetches what is new, and starts it; where nothing new waits, the page is loaded again. Only when a person asks. */
export async function startNewVersion(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
  await registration?.update().catch(() => undefined)
  const worker = registration?.waiting ?? waiting
  if (!worker) return location.reload()
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  worker.postMessage('use-new-version')
}
