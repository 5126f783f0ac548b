import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { createServer as createProbe } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import type { Role } from '#domain/access/access.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { clientNumber } from '#domain/clients/number.ts'
import type { CollectionName } from '#domain/collections.ts'
import { SCOPES } from '#domain/partners/api.ts'
import { SCHEMA_VERSION } from '#domain/sync/change.ts'
import { PROTOCOL, SOCKET_PATH } from '#domain/sync/protocol.ts'
import { type Config, readConfig } from '#server/config.ts'
import { testSettings } from '#server/database/database.fixture.ts'
import { openDatabase } from '#server/database/database.ts'
import { createServer } from '#server/http/app.ts'
import type { Logger } from '#server/logger.ts'
import { createServices, type Services } from '#server/services.ts'
import { attachGateway } from '#server/sync/gateway.ts'

/** A whole server in this process: pages of the build, partner API and sockets, on a database of its own. */

const META = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test', route: '/test' }
const PASSWORD = 'seven green mangoes fell'

/** Names that stand in no other record: where one is seen, that client was seen. */
export const CANARY = { here: 'Zawadikanari', elsewhere: 'Kibibikanari' }

export interface Person {
  account: SignedInAccount
  cookie: string
}

export type Hospital = Awaited<ReturnType<typeof openHospital>>

export async function openHospital(settings: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'hims-hospital-'))
  const port = await freePort()
  const config = readConfig({ ...(await testSettings(folder)), ORIGIN: `http://localhost:${port}`, PORT: String(port), ...settings })
  const database = await openDatabase(config.databaseUrl)
  const services = createServices(config, database)
  const defects: unknown[] = []
  const logger = loggerInto(defects)
  const { http, partners: partnerApi } = createServer({ config, database, now: Date.now }, services, logger)
  const gateway = await attachGateway(http, services, config, logger)
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
  return {
    config,
    database,
    services,
    /** What was logged as a failure of our own. */
    defects,
    origin: config.origin,
    /** Sockets that the server holds. */
    connections: () => gateway.connections(),
    port,
    people: people(services),
    partners: partners(services, config),
    async close() {
      await gateway.close()
      stopListening(http)
      await partnerApi.close()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function people(services: Services) {
  return {
    /** The set-up's account: administrator and, unless told otherwise, nothing more. */
    async first(alsoDoctor = false): Promise<Person> {
      const token = (await services.accounts.setupLink())?.split('/').at(-1) ?? ''
      return enter(services, token, 'admin@example.org', alsoDoctor)
    },
    async invited(name: string, roles: Role[], facilities: string[]): Promise<Person> {
      const { token } = await services.accounts.invite('operator', { email: `${name}@example.org`, roles, facilities }, META)
      return enter(services, token, `${name}@example.org`)
    },
  }
}

async function enter(services: Services, token: string, email: string, alsoDoctor?: boolean): Promise<Person> {
  const { account, cookie } = await services.accounts.acceptInvitation(token, { name: email, email, password: PASSWORD, alsoDoctor }, META)
  return { account, cookie: cookie.split(';')[0] ?? '' }
}

/** A machine that is busy with other tests must not come to the end of a minute's requests. */
const EVERYTHING = { scopes: [...SCOPES], programs: 'all' as const, requestsPerMinute: 100_000 }

function partners(services: Services, { origin }: Config) {
  return {
    async create(name: string) {
      const credentials = await services.applications.create({ name, ...EVERYTHING }, { accountId: null, ...META })
      const body = JSON.stringify({ client_id: credentials.clientId, client_secret: credentials.clientSecret })
      const answer = await fetch(`${origin}/api/auth/token/`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
      const { access_token: token } = (await answer.json()) as { access_token: string }
      return { ...credentials, token }
    },
    /** From now on it sees clients of one facility. */
    narrow: (id: string, facility: string) =>
      services.applications.change(id, { name: 'narrowed', ...EVERYTHING, facilities: [facility] }, { accountId: null, ...META }),
    disable: (id: string) => services.applications.disable(id, { accountId: null, ...META }),
  }
}

/** Whatever is written as an error counts as a defect. */
function loggerInto(defects: unknown[]): Logger {
  const note = (what: unknown) => void defects.push(what)
  const logger = { error: note, fatal: note, warn: () => undefined, info: () => undefined, debug: () => undefined, child: () => logger }
  return logger as unknown as Logger
}

/** A connection as a browser of `person` opens it; rejects with the server's words. */
export async function connect(
  { origin }: Hospital,
  cookie: string | null,
  auth: Record<string, unknown> = {},
  headers = {},
): Promise<Socket> {
  const extraHeaders = { ...headers, Origin: origin, ...(cookie === null ? {} : { Cookie: cookie }) }
  const socket = io(origin, { path: SOCKET_PATH, transports: ['websocket'], extraHeaders, auth, reconnection: false, forceNew: true })
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject))
  return socket
}

export function helloOf(deviceId: string) {
  const numbers = { protocol: PROTOCOL, schema: SCHEMA_VERSION, lastN: 0, startsAfter: 0, cursor: 0, repairs: 0 }
  return { ...numbers, app: 'test', deviceId, epoch: null, time: Date.now(), unsent: [], witness: null }
}

let made = 0

export function createOf(collection: CollectionName, deviceId: string, { account }: Person, n: number, values: Record<string, unknown>) {
  made += 1
  const seed = made
  const recordId = clientNumber(Uint8Array.from({ length: 12 }, (_, index) => (seed * (index + 7) + (seed >> index)) % 256))
  const fields = Object.fromEntries(Object.entries(values).map(([name, to]) => [name, { from: null, to }]))
  const change = { collection, recordId, op: 'create', fields, base: 0, deviceTime: Date.now(), schemaVersion: SCHEMA_VERSION }
  return { deviceId, n, changeId: crypto.randomUUID(), actor: account.id, ...change }
}

export const aClient = (givenName: string, facilityId: string) => ({ givenName, sex: 'female', bornOnEstimated: false, facilityId })

function stopListening(http: Server): void {
  http.closeAllConnections()
  http.close()
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createProbe().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
