import type { Page, WebSocket } from '@playwright/test'
import { EVENTS, SOCKET_PATH } from '#domain/sync/protocol.ts'

/** What a tab sends over its own connections. */
export class Pushes {
  /** In the order they were sent. */
  readonly changeIds: string[] = []
  readonly #open = new Set<WebSocket>()

  constructor(page: Page) {
    // A connection that ends with its document says so to nobody.
    page.on('request', (request) => {
      if (request.isNavigationRequest() && request.frame() === page.mainFrame()) this.#open.clear()
    })
    page.on('websocket', (socket) => {
      if (!new URL(socket.url()).pathname.startsWith(SOCKET_PATH)) return
      this.#open.add(socket)
      socket.on('close', () => this.#open.delete(socket))
      socket.on('framesent', ({ payload }) => this.#read(String(payload)))
    })
  }

  get open(): number {
    return this.#open.size
  }

  /** Engine.io and socket.io put figures in front of the JSON text. */
  #read(frame: string): void {
    const [event, body] = JSON.parse(/\[.*/s.exec(frame)?.[0] ?? '[]')
    if (event === EVENTS.push) this.changeIds.push(...body.changes.map(({ changeId }: { changeId: string }) => changeId))
  }
}
