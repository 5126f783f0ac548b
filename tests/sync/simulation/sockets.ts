/**
 * socket.io without a network, as far as server/sync/gateway.ts uses it (`vi.mock('socket.io')`): who is connected, in
 * which rooms, and what is said to whom. What is said goes to the simulated air.
 */

type Listener = (...words: never[]) => void
type Middleware = (socket: ServerSocket, next: (error?: Error) => void) => unknown
type Packet = [event: string, ...words: unknown[]]

export interface Handshake {
  headers: Record<string, string>
  auth: Record<string, unknown>
  address: string
}

export class Server {
  /** The last one made: the simulated server takes it from here. */
  static last: Server | null = null
  readonly sockets = { adapter: { rooms: new Map<string, Set<string>>() }, sockets: new Map<string, ServerSocket>() }
  readonly engine = { on: () => undefined, clientsCount: 0 }
  readonly encoder: { encode: (packet: never) => string[] } = { encode: () => [] }
  readonly #middleware: Middleware[] = []
  readonly #listeners = new Map<string, Listener[]>()
  #made = 0

  constructor() {
    Server.last = this
  }

  use(middleware: Middleware): void {
    this.#middleware.push(middleware)
  }

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener])
    return this
  }

  to(room: string | string[]) {
    return this.#those([room].flat())
  }
  in(room: string | string[]) {
    return this.#those([room].flat())
  }
  emit(event: string, ...words: unknown[]): void {
    for (const socket of this.sockets.sockets.values()) socket.emit(event, ...words)
  }
  disconnectSockets(close?: boolean): void {
    this.#those(null).disconnectSockets(close)
  }
  async fetchSockets(): Promise<ServerSocket[]> {
    return [...this.sockets.sockets.values()]
  }

  async close(): Promise<void> {
    this.disconnectSockets()
  }

  /** A tablet comes. @throws what a middleware said against it */
  async arrive(handshake: Handshake, hear: (event: string, words: unknown[]) => void, lost: () => void): Promise<ServerSocket> {
    this.#made += 1
    const socket = new ServerSocket(`socket-${this.#made}`, handshake, this, hear, lost)
    for (const middleware of this.#middleware) {
      await new Promise<void>((resolve, reject) => {
        void middleware(socket, (error) => (error ? reject(error) : resolve()))
      })
    }
    this.sockets.sockets.set(socket.id, socket)
    for (const listener of this.#listeners.get('connection') ?? []) (listener as (socket: ServerSocket) => void)(socket)
    return socket
  }

  #those(rooms: string[] | null, except: string[] = []) {
    const members = () =>
      [...this.sockets.sockets.values()].filter((socket) => {
        const isIn = (room: string) => socket.rooms.has(room) || socket.id === room
        return (rooms === null || rooms.some(isIn)) && !except.some(isIn)
      })
    const those = {
      emit: (event: string, ...words: unknown[]) => {
        for (const socket of members()) socket.emit(event, ...words)
        return true
      },
      fetchSockets: async () => members(),
      disconnectSockets: (_close?: boolean) => {
        for (const socket of members()) socket.disconnect(true)
      },
      socketsJoin: (room: string | string[]) => {
        for (const socket of members()) void socket.join(room)
      },
      socketsLeave: (room: string) => {
        for (const socket of members()) void socket.leave(room)
      },
      to: (room: string | string[]) => this.#those([...(rooms ?? []), ...[room].flat()], except),
      except: (room: string | string[]) => this.#those(rooms, [...except, ...[room].flat()]),
    }
    return Object.assign(those, { in: those.to, volatile: those, compress: () => those })
  }
}

export class ServerSocket {
  readonly rooms = new Set<string>()
  readonly data: Record<string, unknown> = {}
  readonly request = { headers: {} as Record<string, string> }
  readonly conn = { on: () => undefined, remoteAddress: '', close: () => this.disconnect(true) }
  connected = true
  readonly #middleware: ((packet: Packet, next: (error?: Error) => void) => unknown)[] = []
  readonly #listeners = new Map<string, Listener[]>()

  constructor(
    readonly id: string,
    readonly handshake: Handshake,
    readonly server: Server,
    readonly hear: (event: string, words: unknown[]) => void,
    readonly lost: () => void,
  ) {
    this.request.headers = handshake.headers
  }

  use(middleware: (packet: Packet, next: (error?: Error) => void) => unknown): this {
    this.#middleware.push(middleware)
    return this
  }

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener])
    return this
  }
  once(event: string, listener: Listener): this {
    return this.on(event, listener)
  }
  onAny(listener: Listener): this {
    return this.on('*', listener)
  }

  async join(room: string | string[]): Promise<void> {
    const all = this.server.sockets.adapter.rooms
    for (const one of [room].flat()) {
      this.rooms.add(one)
      all.set(one, (all.get(one) ?? new Set()).add(this.id))
    }
  }
  async leave(room: string): Promise<void> {
    this.rooms.delete(room)
    const members = this.server.sockets.adapter.rooms.get(room)
    members?.delete(this.id)
    if (members?.size === 0) this.server.sockets.adapter.rooms.delete(room)
  }

  to(room: string | string[]) {
    return this.server.in(room).except(this.id)
  }

  emit(event: string, ...words: unknown[]): boolean {
    if (this.connected) this.hear(event, words)
    return true
  }

  get volatile(): this {
    return this
  }

  disconnect(_close?: boolean): this {
    if (!this.connected) return this
    this.leaveAll('server namespace disconnect')
    this.lost()
    return this
  }

  /** The tablet went, or the line did. */
  leaveAll(reason = 'transport close'): void {
    if (!this.connected) return
    this.connected = false
    for (const listener of this.#listeners.get('disconnecting') ?? []) (listener as (reason: string) => void)(reason)
    for (const room of [...this.rooms]) void this.leave(room)
    this.server.sockets.sockets.delete(this.id)
    for (const listener of this.#listeners.get('disconnect') ?? []) (listener as (reason: string) => void)(reason)
  }

  /** Something the tablet says. @returns the acknowledgement */
  ask(event: string, body: unknown): Promise<unknown> {
    return new Promise((resolve) => {
      const acknowledge = (answer: unknown) => resolve(isPrepared(answer) ? JSON.parse(answer.json) : answer)
      const packet: Packet = [event, body, acknowledge]
      const go = (index: number): void => {
        const middleware = this.#middleware[index]
        if (middleware) return void middleware(packet, (error) => (error ? undefined : go(index + 1)))
        for (const listener of this.#listeners.get(event) ?? []) (listener as (...words: unknown[]) => void)(body, acknowledge)
      }
      go(0)
    })
  }
}

/** An answer that goes on the wire as the text it is (server/sync/prepared.ts). */
function isPrepared(answer: unknown): answer is { json: string } {
  return typeof (answer as { json?: unknown } | null)?.json === 'string'
}
