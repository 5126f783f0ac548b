import { once } from 'node:events'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import type { WebSocket } from 'ws'
import { EVENTS, SOCKET_PATH } from '#domain/sync/protocol.ts'

/** The `ws` that engine.io uses, so that both sides of the comparison speak through the same code. */
const Socket = createRequire(createRequire(resolve('package.json')).resolve('engine.io'))('ws') as typeof WebSocket
const AT_ONCE = 100

type Greeting = (socket: WebSocket, heard: (start: string) => Promise<void>) => Promise<void>

/** Connections that only listen. socket.io's client would be most of what is measured; its wire is a few letters. */
export class Viewers {
  /** The newest message with figures, as it came. */
  last = ''
  #arrivals: number[] = []
  #told: (() => void) | null = null
  readonly #sockets: WebSocket[] = []

  private constructor(readonly isPicture: (text: string) => boolean) {}

  /** Of the dashboard: each is greeted, and asks for the figures. */
  static async ofHims(port: number, count: number, headers: Record<string, string>): Promise<Viewers> {
    const viewers = new Viewers((text) => text.startsWith(`42["${EVENTS.statistics}"`))
    await viewers.#connect(count, `ws://127.0.0.1:${port}${SOCKET_PATH}/?EIO=4&transport=websocket`, headers, async (socket, heard) => {
      await heard('0')
      socket.send('40')
      await heard('40')
      socket.send(`42["${EVENTS.statistics}",{}]`)
      await heard('42')
    })
    return viewers
  }

  static async ofBroadcast(port: number, count: number): Promise<Viewers> {
    const viewers = new Viewers(() => true)
    await viewers.#connect(count, `ws://127.0.0.1:${port}`, {}, async () => undefined)
    return viewers
  }

  async #connect(count: number, url: string, headers: Record<string, string>, greet: Greeting): Promise<void> {
    for (let done = 0; done < count; done += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, count - done) }, async () => {
        const socket = new Socket(url, { perMessageDeflate: false, headers })
        const heard = wordsOf(socket)
        await once(socket, 'open')
        await greet(socket, heard)
        socket.removeAllListeners('message')
        socket.on('message', (bytes) => this.#hear(socket, bytes.toString()))
        this.#sockets.push(socket)
      })
      await Promise.all(some)
    }
  }

  #hear(socket: WebSocket, text: string): void {
    if (text === '2') socket.send('3')
    if (!this.isPicture(text)) return
    this.last = text
    this.#arrivals.push(performance.now())
    if (this.#arrivals.length === this.#sockets.length) this.#told?.()
  }

  /** @returns when each was told, ms since `began`, the first first */
  async next(): Promise<number[]> {
    this.#arrivals = []
    const began = performance.now()
    await new Promise<void>((resolve) => {
      this.#told = resolve
    })
    return this.#arrivals.map((at) => at - began)
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate()
  }
}

/** The first words of the server come along with the end of the handshake: they are kept from the beginning on. */
function wordsOf(socket: WebSocket): (start: string) => Promise<void> {
  const kept: string[] = []
  let told: () => unknown = () => undefined
  socket.on('message', (bytes) => {
    kept.push(bytes.toString())
    told()
  })
  return async (start) => {
    while (!kept.some((text) => text.startsWith(start)))
      await new Promise<void>((resolve) => {
        told = resolve
      })
  }
}
