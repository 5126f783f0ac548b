/// <reference lib="webworker" />
import type { PrecacheEntry } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'
import { bootAddress, isFieldPage } from '../domain/fieldPages.ts'
import { keepHeldKey } from './heldKey.ts'
import { keepAndServe } from './precache.ts'

/**
 * Keeps the app's own files and the boot document, and nothing else: no page with data, no API answer, no personal
 * record is ever in a cache. `/api`, `/socket` and `*.data` are not navigations and so never come here.
 */

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: PrecacheEntry[] }

keepAndServe(self.__WB_MANIFEST, {
  ignoreURLParametersMatching: [/^next$/],
  directoryIndex: '',
  cleanURLs: false,
})

// Only GET navigations: forms are posted past the worker.
registerRoute(
  ({ request, url, sameOrigin }) => sameOrigin && request.mode === 'navigate' && !isMachinePath(url.pathname),
  ({ request, url }) => (isFieldPage(url.pathname) ? boot(url) : fromServer(request, url)),
)

function isMachinePath(pathname: string): boolean {
  return /^\/(api|socket|\.well-known)(\/|$)/.test(pathname) || pathname.endsWith('.data')
}

async function boot(url: URL): Promise<Response> {
  return Response.redirect(bootAddress(url.pathname + url.search), 302)
}

async function fromServer(request: Request, url: URL): Promise<Response> {
  try {
    return await fetch(request)
  } catch {
    return boot(url)
  }
}

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('message', (event) => {
  if (event.data === 'use-new-version') void self.skipWaiting()
})
keepHeldKey()
