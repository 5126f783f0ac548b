import type { BrowserContext } from '@playwright/test'
import { expect } from '@playwright/test'
import type { HimsServer } from './server.ts'

/** What Chromium says of a server that is not there. */
const NETWORK = /net::ERR_|WebSocket connection to|WebSocket is already in CLOS|Failed to fetch|NetworkError/

/** Notes what no page may do: errors nobody expected, and requests to anybody else. */
export class Watch {
  readonly #unexpected: string[] = []
  readonly #expected: RegExp[] = []

  constructor(readonly server: HimsServer) {}

  /** For what a test provokes, such as /status of 401/. */
  expectError(pattern: RegExp): void {
    this.#expected.push(pattern)
  }

  over(context: BrowserContext): BrowserContext {
    context.on('console', (message) => {
      if (message.type() === 'error') this.#note(`console: ${message.text()} (${message.location().url})`)
    })
    // Said by the page itself, so that no violation hides behind the words of a browser's version.
    void context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        console.error(`policy violated: ${violatedDirective} ${blockedURI}`)
      })
    })
    context.on('weberror', (error) => this.#note(`page error: ${error.error().stack ?? error.error().message}`))
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      const own = origin === this.server.origin || ['data:', 'blob:', 'about:'].includes(protocol)
      if (!own) this.#unexpected.push(`request to another origin: ${request.url()}`)
    })
    return context
  }

  expectClean(): void {
    expect(this.#unexpected, 'errors and foreign requests of the pages').toEqual([])
  }

  #note(text: string): void {
    if (this.server.wasStopped && NETWORK.test(text)) return
    if (this.#expected.some((pattern) => pattern.test(text))) return
    this.#unexpected.push(text)
  }
}
