import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Credentials } from '#app/data/transport.ts'
import type { Answer, MovedEvent, PresenceEvent, SnapshotPage, SnapshotRequest } from '#domain/sync/protocol.ts'
import { openDatabase } from '#server/database/database.ts'
import { renewEpoch } from '#server/sync/epoch.ts'
import { readHead } from '#server/sync/head.ts'
import { CutOff, openServer, type ServerSwitches, type SimulatedServer } from '../server.ts'
import type { VirtualTime } from './time.ts'

export interface Connection {
  open: boolean
  /** null when the server ended before it could answer. */
  ask(event: string, body: unknown): Promise<Answer<object> | null>
  close(): void
}

export interface Listeners {
  moved: (moved: MovedEvent) => void
  presence: (presence: PresenceEvent) => void
  lost: () => void
}

/** The machine that the server runs on: it can be cut off at any statement, and its file can be put back. */
export class Host {
  up = false
  server: SimulatedServer | null = null
  readonly folder: string
  readonly #connections = new Set<Connection & { lost: () => void }>()
  readonly #ending: Promise<void>[] = []
  /** Ends at this many more statements of transactions, or after this many more answers, before they are sent. */
  cutAt: { step: 'statement' | 'answer'; left: number } | null = null
  onCut: () => void = () => undefined
  /** The server's clock minus the true one, ms. */
  clockOffset = 0

  constructor(
    readonly time: VirtualTime,
    readonly switches: Pick<ServerSwitches, 'without'>,
    readonly happened: (fault: string) => void,
  ) {
    this.folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'hims-simulation-'))
  }

  get live(): SimulatedServer {
    if (this.server === null) throw new Error('the server is not running')
    return this.server
  }

  readonly clock = () => this.time.now + this.clockOffset

  async start(): Promise<SimulatedServer> {
    if (this.server !== null) return this.server
    await Promise.all(this.#ending.splice(0))
    const onStatement = () => {
      const goes = this.#reached('statement')
      if (goes) this.time.after(0, () => this.cut())
      return goes
    }
    this.server = await openServer({ folder: this.folder, now: this.clock, onStatement, ...this.switches })
    this.up = true
    return this.server
  }

  /** Nothing is finished, nobody is told. */
  cut(): void {
    const { server } = this
    if (server === null) return
    this.up = false
    this.server = null
    this.cutAt = null
    for (const connection of [...this.#connections]) {
      connection.close()
      connection.lost()
    }
    this.#ending.push(server.end())
    this.onCut()
  }

  async restart(): Promise<void> {
    this.cut()
    await this.time.outside(this.start())
  }

  /** A copy of the database file as it is now. */
  async copyFile(): Promise<string> {
    const copy = join(this.folder, `copy-${this.time.steps}`)
    // In the queue of the writers, so that no transaction is half way.
    await this.live.database.write(async () => copyDatabase(databaseFile(this.folder), copy))
    return copy
  }

  /** Puts a copied file back: telling nobody, or by the command, which renews the epoch. */
  async putBack(copy: string, byCommand: boolean): Promise<void> {
    this.cut()
    await Promise.all(this.#ending.splice(0))
    copyDatabase(copy, databaseFile(this.folder))
    if (byCommand) await this.#renewEpoch()
    await this.start()
  }

  async #renewEpoch(): Promise<void> {
    const server = await openServer({ folder: this.folder, now: this.clock })
    await server.database.write(async (sql) => {
      const { seq } = await readHead(sql)
      await renewEpoch(sql, { at: this.clock(), foundAt: seq, action: 'server.restored' })
    })
    await server.close()
  }

  /** The changes that the database holds, also while no server runs. */
  async changeIds(): Promise<Set<string>> {
    const text = 'SELECT "changeId" AS id FROM "Push"'
    if (this.server !== null) return new Set((await this.server.database.read.all<{ id: string }>(text)).map(({ id }) => id))
    await Promise.all(this.#ending)
    const copy = join(this.folder, 'looked-at')
    copyDatabase(databaseFile(this.folder), copy)
    const database = await openDatabase(`file:${copy}`)
    const rows = await database.read.all<{ id: string }>(text)
    await database.close()
    return new Set(rows.map(({ id }) => id))
  }

  async connect(accountId: string, credentials: Credentials, listeners: Listeners): Promise<Connection | null> {
    const { server } = this
    if (server === null) return null
    const attached = await server.attach(accountId, credentials, listeners)
    if (attached === null || this.server !== server) return null
    const connection = {
      open: true,
      ask: async (event: string, body: unknown) => {
        const answer = await attached.ask(event, body).catch((error) => {
          if (error instanceof CutOff) return null
          throw error
        })
        if (answer === null || this.#reached('answer')) {
          if (this.server === server) this.cut()
          return null
        }
        return this.server === server ? answer : null
      },
      close: () => {
        connection.open = false
        this.#connections.delete(connection)
        attached.leave()
      },
      lost: listeners.lost,
    }
    this.#connections.add(connection)
    return connection
  }

  snapshot(accountId: string, request: SnapshotRequest): Promise<SnapshotPage> {
    return this.live.snapshot(accountId, request)
  }

  /** Everybody of this account is disconnected, as when the session changes. */
  async close(): Promise<void> {
    this.cut()
    await Promise.all(this.#ending.splice(0))
    rmSync(this.folder, { recursive: true, force: true })
  }

  #reached(step: 'statement' | 'answer'): boolean {
    if (this.cutAt?.step !== step) return false
    this.cutAt.left -= 1
    if (this.cutAt.left > 0) return false
    this.happened(step === 'statement' ? 'server cut off in a transaction' : 'server cut off before it answers')
    return true
  }
}

export const databaseFile = (folder: string) => join(folder, 'hims.sqlite')

/** The file and its log; what the shared index holds is worked out again when it is opened. */
export function copyDatabase(from: string, to: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${to}${end}`, { force: true })
  for (const end of ['', '-wal']) if (existsSync(`${from}${end}`)) cpSync(`${from}${end}`, `${to}${end}`)
}
