import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Bytes that the server sends to a device, headers and frames included: what a clinic's connection has to carry. */
export class WireMeter {
  #bytes = 0
  readonly #open = new Map<Socket, number>()

  answering({ socket }: IncomingMessage, response: ServerResponse): void {
    const before = socket.bytesWritten
    response.once('close', () => {
      this.#bytes += socket.bytesWritten - before
    })
  }

  upgraded(socket: Socket): void {
    this.#open.set(socket, socket.bytesWritten)
    socket.once('close', () => {
      this.#bytes += this.#since(socket)
      this.#open.delete(socket)
    })
  }

  /** Since it was asked last. */
  take(): number {
    const open = [...this.#open.keys()]
    const bytes = open.reduce((sum, socket) => sum + this.#since(socket), this.#bytes)
    this.#bytes = 0
    for (const socket of open) this.#open.set(socket, socket.bytesWritten)
    return bytes
  }

  #since(socket: Socket): number {
    return socket.bytesWritten - (this.#open.get(socket) ?? 0)
  }
}
