/// <reference lib="webworker" />
import { HELD_KEY, type HeldKeyMessage } from '../domain/heldKey.ts'

declare const self: ServiceWorkerGlobalScope

/** So long after the last page was closed the tablet is locked. A reload takes a second or two. */
const UNATTENDED_MS = 30_000

/** In memory only. What it is, the pages know: here it is kept and given back. */
let held: unknown = null
let watching: ReturnType<typeof setTimeout> | undefined

export function keepHeldKey(): void {
  self.addEventListener('message', ({ data, ports }) => {
    const message = data as HeldKeyMessage<unknown> | null
    if (message?.kind === HELD_KEY.hold) {
      held = message.held
      watch()
    }
    if (message?.kind === HELD_KEY.drop) held = null
    if (message?.kind === HELD_KEY.ask) ports[0]?.postMessage(held)
  })
}

function watch(): void {
  clearTimeout(watching)
  watching = setTimeout(async () => {
    const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
    if (pages.length === 0) held = null
    else if (held !== null) watch()
  }, UNATTENDED_MS)
}
