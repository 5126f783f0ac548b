import { isRouteErrorResponse } from '@remix-run/react'
import { StorageRefused } from '#app/session/storageRefused.ts'

export type Failure = 'needsServer' | 'notFound' | 'notPermitted' | 'storage' | 'unexpected'

/** What each browser says when a request never got an answer, and Remix when a proxy answered in the server's place. */
const UNREACHABLE = /failed to fetch|networkerror|load failed|network request|turbo-stream/i

/** An error as one of the few things a person can be told; its own text is never shown. */
export function failureOf(error: unknown): Failure {
  if (isRouteErrorResponse(error)) return ofStatus(error.status)
  if (error instanceof StorageRefused) return 'storage'
  const text = error instanceof Error ? `${error.name} ${error.message}` : ''
  return UNREACHABLE.test(text) || (typeof navigator !== 'undefined' && navigator.onLine === false) ? 'needsServer' : 'unexpected'
}

function ofStatus(status: number): Failure {
  if (status === 404 || status === 405) return 'notFound'
  if (status === 401 || status === 403) return 'notPermitted'
  return status >= 502 ? 'needsServer' : 'unexpected'
}
