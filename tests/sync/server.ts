import { mkdtempSync, rmSync } from 'node:fs'
import type { Server as HttpServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Credentials } from '#app/data/transport.ts'
import { readRoles } from '#domain/access/access.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import type { SealingKey } from '#domain/sealedBox.ts'
import type { Guard } from '#domain/sync/guards.ts'
import {
  type Answer,
  EVENTS,
  type MovedEvent,
  type PresenceEvent,
  type SnapshotPage,
  type SnapshotRequest,
  snapshotRequest,
} from '#domain/sync/protocol.ts'
import { readConfig } from '#server/config.ts'
import { testSettings } from '#server/database/database.fixture.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import type { Sql } from '#server/database/sql.ts'
import { createLogger } from '#server/logger.ts'
import { createServices, type Services } from '#server/services.ts'
import { answerEvent } from '#server/sync/events.ts'
import { ensureFirstFacility } from '#server/sync/facilities.ts'
import { attachGateway, type TabletSocket } from '#server/sync/gateway.ts'
import { Prepared } from '#server/sync/prepared.ts'
import { createRecords, type Records } from '#server/sync/records.ts'
import type { Listeners } from './simulation/host.ts'
import { Server } from './simulation/sockets.ts'

/** The server's real code on a real database file, without HTTP. */
export interface SimulatedServer {
  database: Database
  records: Records
  /** What another process on the same database has: it tells nobody here. */
  beside: Records
  facilityId: string
  /** What tablets seal to. */
  sealingKey(): Promise<SealingKey>
  /** One event of a connection, as the gateway would answer it. */
  connect(
    account: () => SignedInAccount | null,
    fails?: () => boolean,
    shown?: Credentials,
  ): (event: string, body: unknown) => Promise<Answer<object>>
  /** A connection of an account that the database knows; null when it does not. */
  attach(accountId: string, credentials: Credentials, listeners: Listeners): Promise<Attached | null>
  snapshot(accountId: string, request: SnapshotRequest): Promise<SnapshotPage>
  /** Ends without finishing anything. */
  end(): Promise<void>
  close(): Promise<void>
}

export interface Attached {
  ask(event: string, body: unknown): Promise<Answer<object>>
  leave(): void
}

export interface ServerSwitches {
  folder: string
  now: () => number
  /** Of a database that is no file in the folder. */
  settings?: Record<string, string>
  without?: ReadonlySet<Guard> | undefined
  /** Before each statement of a transaction: whether the power goes now. */
  onStatement?: () => boolean
}

/** The server's power went. */
export class CutOff extends Error {
  override name = 'CutOff'
}

export async function startServer(now: () => number): Promise<SimulatedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'hims-simulation-'))
  // On the kind of database that is tested; a simulated one is always a file, which is copied and put back.
  const server = await openServer({ folder, now, settings: await testSettings(folder) })
  return {
    ...server,
    async close() {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function openServer({ folder, now, without, settings, onStatement = () => false }: ServerSwitches): Promise<SimulatedServer> {
  const config = readConfig({ DATA_DIR: folder, ...settings, SECRET: 'a secret of thirty-two characters' })
  let ended = false
  const opened = await openDatabase(config.databaseUrl)
  const database = cuttable(opened, () => {
    if (ended) throw new CutOff()
    if (!onStatement()) return
    // Nothing that this process still wants to write is written.
    ended = true
    throw new CutOff()
  })
  const services = createServices(config, database, now)
  const records = without ? createRecords({ config, database, now, without }) : services.records
  const accounts = accountsOf(database.read)
  await records.eraseAgain()
  const facilityId = await database.write((sql) => ensureFirstFacility(sql, { at: now(), actorId: 'simulation' }))
  const logger = createLogger('silent')
  let gateway: ReturnType<typeof attachGateway> | null = null

  /** The real gateway, behind socket.io's simulated namesake. */
  async function sockets(): Promise<Server> {
    gateway ??= attachGateway({} as HttpServer, { ...services, records, accounts }, config, logger)
    await gateway
    if (Server.last === null) throw new Error("the test has to vi.mock('socket.io')")
    return Server.last
  }

  return {
    database,
    records,
    beside: createRecords({ config, database, now }),
    facilityId,
    sealingKey: services.accounts.sealingKey,
    connect(account, fails = () => false, shown) {
      const session = async () => {
        if (fails()) throw new Error('the database is busy')
        return account()
      }
      const some = { ...services, records, accounts: { session } } as unknown as Services
      const data = { session: null, seen: 0, account: account(), deviceId: null, viewer: null, joined: [] }
      const socket = { data, handshake: { headers: {}, address: '', auth: { ...shown } } } as unknown as TabletSocket
      // Through JSON, as over the wire: nothing is shared between device and server.
      return async (event, body) => {
        const answer = await answerEvent(socket, event, JSON.parse(JSON.stringify(body)), some, logger)
        return JSON.parse(answer instanceof Prepared ? answer.json : JSON.stringify(answer))
      }
    },
    async attach(accountId, credentials, { moved, presence, lost }) {
      const handshake = { headers: { cookie: accountId }, auth: { ...credentials }, address: '' }
      const hear = (event: string, [body]: unknown[]) => {
        if (event === EVENTS.moved) moved(body as MovedEvent)
        if (event === EVENTS.presence) presence(body as PresenceEvent)
      }
      const socket = await (await sockets()).arrive(handshake, hear, lost).catch(() => null)
      if (socket === null) return null
      return {
        ask: async (event, body) => {
          const answer = (await socket.ask(event, body)) as Answer<object>
          if (ended) throw new CutOff()
          return answer
        },
        leave: () => socket.leaveAll(),
      }
    },
    async snapshot(accountId, request) {
      const account = await readAccount(database.read, accountId)
      if (account === null) throw new Error('not signed in')
      const query = snapshotRequest.parse(request)
      return records.admission.read(async () => records.snapshot(await records.roomsFor(account.facilities), query))
    },
    async end() {
      ended = true
      await gateway?.then((attached) => attached.close())
      await opened.close()
    },
    close: () => opened.close(),
  }
}

/** Here an account's id is its cookie, and what is stored of its session. */
function accountsOf(sql: Sql): Services['accounts'] {
  const openSessions = async (ids: readonly string[]) => {
    const found = await Promise.all(ids.map((id) => readAccount(sql, id)))
    return new Map(found.flatMap((account) => (account ? [[account.id, openSession(account)] as const] : [])))
  }
  const session = (cookie: string) => readAccount(sql, cookie)
  const sessionShownBy = async (cookie: string | undefined) => cookie ?? null
  return { session, sessionShownBy, openSessions } satisfies Partial<Services['accounts']> as unknown as Services['accounts']
}

function openSession({ id, roles, facilities }: SignedInAccount) {
  return { accountId: id, roles: roles.join(' '), facilities }
}

/** The account as the session of its tablet finds it. */
async function readAccount(sql: Sql, id: string): Promise<SignedInAccount | null> {
  const row = await sql.get<{ name: string; email: string; roles: string; disabledAt: unknown }>(
    'SELECT name, email, roles, "disabledAt" FROM "Account" WHERE id = ?',
    id,
  )
  if (row === undefined || row.disabledAt !== null) return null
  const places = await sql.all<{ id: string }>('SELECT "facilityId" AS id FROM "AccountFacility" WHERE "accountId" = ? ORDER BY 1', id)
  return { id, name: row.name, email: row.email, roles: readRoles(row.roles), facilities: places.map((place) => place.id) }
}

/** The database with a word before each statement, so that a history can end the server at any of them. */
function cuttable(database: Database, before: () => void): Database {
  const watched = (sql: Sql): Sql => ({
    all: async (text, ...values) => {
      before()
      return sql.all(text, ...values)
    },
    get: async (text, ...values) => {
      before()
      return sql.get(text, ...values)
    },
    run: async (text, ...values) => {
      before()
      return sql.run(text, ...values)
    },
    // The power can go between two rows.
    async runEach(text, rows) {
      for (const row of rows) {
        before()
        await sql.runEach(text, [row])
      }
    },
  })
  return { ...database, write: (work, afterCommit) => database.write((sql) => work(watched(sql)), afterCommit) }
}
