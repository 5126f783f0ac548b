import { useSyncExternalStore } from 'react'
import { isInstalled } from './browserStorage.ts'
import { isWebKit } from './storage.ts'

/** What Chromium fires when the app may be put on the home screen (no type in lib.dom yet; WICG manifest-incubations). */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>
}

/** `offered`: the browser asks when told to. `by-hand`: it never asks, and a person does it from its menu (WebKit). */
export type Installing = 'installed' | 'offered' | 'by-hand' | 'not-here'

let offer: InstallOffer | null = null
const listeners = new Set<() => void>()

function change(next: InstallOffer | null): void {
  offer = next
  for (const listener of listeners) listener()
}

/** From the start of the page: the browser offers it once, at any moment. */
export function listenForInstall(): void {
  addEventListener('beforeinstallprompt', (event) => {
    // Not in the middle of a visit: people are asked at a moment of ours (InstallNotice), or find it in the settings.
    event.preventDefault()
    change(event as InstallOffer)
  })
  addEventListener('appinstalled', () => change(null))
}

/** Asks; an offer is good for one time. */
export async function install(): Promise<void> {
  const taken = offer
  change(null)
  await taken?.prompt()
}

export function useInstalling(): Installing {
  return useSyncExternalStore(subscribe, installing, () => 'not-here')
}

function installing(): Installing {
  return installingOf({ isInstalled: isInstalled(), isOffered: offer !== null, userAgent: navigator.userAgent })
}

export function installingOf(browser: { isInstalled: boolean; isOffered: boolean; userAgent: string }): Installing {
  if (browser.isInstalled) return 'installed'
  if (browser.isOffered) return 'offered'
  return isWebKit(browser.userAgent) ? 'by-hand' : 'not-here'
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
