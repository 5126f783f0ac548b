import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { SCHEMA_VERSION } from '#domain/sync/change.ts'
import { type Answer, EVENTS, type Hello, PROTOCOL, SOCKET_PATH, type Welcome } from '#domain/sync/protocol.ts'
import type { HimsServer } from '../e2e/server.ts'
import type { Doctor } from './clinic.ts'

const ANSWER_MS = 60_000
const AGAIN_MS = 200

/** The wire between one device and the real server: what the app's socket does, without a browser. */
export class Connection {
  readonly deviceId: string = randomUUID()
  #socket: Socket | null = null
  #epoch: string | null = null
  #witness: string | null = null
  #credential: string | null = null

  constructor(
    readonly server: Pick<HimsServer, 'origin' | 'port'> & { databaseGoes?: boolean },
    readonly doctor: Doctor,
    /** 0 to 1, for the jitter of what the server asks to wait */
    readonly random: () => number = Math.random,
  ) {}

  get connected(): boolean {
    return this.#socket?.connected === true
  }

  /** Connects and says hello. Rejects when the server is not there or goes meanwhile. */
  async greet(counts: Pick<Hello, 'lastN' | 'cursor'>, listen: (socket: Socket) => void = () => undefined): Promise<Welcome> {
    await this.open(listen)
    const body: Hello = {
      protocol: PROTOCOL,
      app: 'processes',
      schema: SCHEMA_VERSION,
      deviceId: this.deviceId,
      epoch: this.#epoch,
      startsAfter: 0,
      time: Date.now(),
      unsent: [],
      witness: this.#witness,
      repairs: 0,
      ...counts,
    }
    const welcome = await this.request<Welcome>(EVENTS.hello, body)
    this.#epoch = welcome.epoch
    this.#witness = welcome.witness ?? this.#witness
    this.#credential = welcome.credential ?? this.#credential
    return welcome
  }

  async open(listen: (socket: Socket) => void): Promise<void> {
    this.close()
    const { origin, port } = this.server
    const socket = io(`http://127.0.0.1:${port}`, {
      path: SOCKET_PATH,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { Cookie: this.doctor.cookie, Origin: origin },
      auth: { deviceId: this.deviceId, credential: this.#credential },
    })
    this.#socket = socket
    listen(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', reject)
      // The server can go between the opening of the connection and its first word.
      socket.once('disconnect', (reason) => reject(new Error(reason)))
    })
  }

  /** Asks again when the server says so; any other refusal throws. Rejects when the connection ends before the answer. */
  async request<T>(event: string, body: unknown): Promise<T> {
    for (;;) {
      if (this.#socket === null) throw new Error('there is no connection')
      const answer = (await this.#socket.timeout(ANSWER_MS).emitWithAck(event, body)) as Answer<T>
      if (answer.ok) return answer
      // The server is there and its database is not: as good as a connection that ended, and later all is well again.
      if (answer.problem === 'unavailable' && this.server.databaseGoes) {
        await setTimeout(AGAIN_MS)
        throw new Error('the database is gone')
      }
      if (answer.retryAfterMs === undefined) throw new Refused(`${event}: ${answer.problem} ${answer.detail ?? ''}`)
      await setTimeout(this.random() * answer.retryAfterMs)
    }
  }

  close(): void {
    this.#socket?.disconnect()
    this.#socket = null
  }
}

/** The server said no. */
export class Refused extends Error {}
