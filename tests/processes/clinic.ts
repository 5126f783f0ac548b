import { readConfig } from '#server/config.ts'
import { openDatabase } from '#server/database/database.ts'
import { createServices, type Services } from '#server/services.ts'
import { freePort, HimsServer } from '../e2e/server.ts'
import { Nodes } from './nodes.ts'
import { buildServer } from './serverBuild.ts'

export interface Doctor {
  accountId: string
  /** name=value, of a session */
  cookie: string
}

/** A real server process over a database file with one facility and some doctors in it. */
export interface Clinic<Server = HimsServer> {
  server: Server
  facilityId: string
  doctors: Doctor[]
  /** Opens the database in this process. The server may run, or not. */
  inside<T>(work: (services: Services, config: ReturnType<typeof readConfig>) => Promise<T>): Promise<T>
  /** Stops the server and takes its folder away. */
  remove(): Promise<void>
}

const PASSWORD = 'seven green mangoes fell'
const META = { route: 'processes' }
/** A doctor has one session here, and up to hundreds of devices that say all they have at once. */
export const MANY_DEVICES = { SESSION_SOCKETS: '10000', SOCKET_EVENTS: '1000' }

export interface Special {
  settings?: Record<string, string>
  /** Does something to the server's empty folder. */
  prepare?(folder: string): void
}

/** The accounts are made before the server starts, so that a test needs no page to sign in on. */
export async function openClinic(doctors: number, { settings = {}, prepare }: Special = {}): Promise<Clinic> {
  const build = buildServer()
  const server = new HimsServer(await freePort(), { ...MANY_DEVICES, ...settings }, build.script)
  prepare?.(server.folder)
  return openOn(server, doctors, build.remove)
}

/** Several nodes on one database of PostgreSQL. */
export async function openNodes(doctors: number, count = 3): Promise<Clinic<Nodes>> {
  const build = buildServer()
  return openOn(await Nodes.on(build.script, count, MANY_DEVICES), doctors, build.remove)
}

/** Accounts are made before the server starts. */
export async function openOn<Server extends Pick<HimsServer, 'environment' | 'remove'>>(
  server: Server,
  doctors: number,
  removeBuild: () => void,
): Promise<Clinic<Server>> {
  const config = readConfig(server.environment)
  const inside: Clinic['inside'] = async (work) => {
    const database = await openDatabase(config.databaseUrl)
    try {
      return await work(createServices(config, database), config)
    } finally {
      await database.close()
    }
  }
  const remove = async () => {
    await server.remove()
    removeBuild()
  }
  try {
    return { server, inside, remove, ...(await inside((services) => makeDoctors(services, doctors))) }
  } catch (error) {
    await remove()
    throw error
  }
}

async function makeDoctors({ accounts }: Services, count: number): Promise<Pick<Clinic, 'facilityId' | 'doctors'>> {
  const token = (await accounts.setupLink())?.split('/').at(-1) ?? ''
  const chief = await accounts.acceptInvitation(token, { name: 'Chief', email: 'chief@example.org', password: PASSWORD }, META)
  const doctors: Doctor[] = []
  for (let index = 0; index < count; index += 1) {
    const invitation = await accounts.invite(
      'operator',
      { email: `doctor-${index}@example.org`, roles: ['doctor'], facilities: chief.account.facilities },
      META,
    )
    const { account, cookie } = await accounts.acceptInvitation(invitation.token, { name: `Doctor ${index}`, password: PASSWORD }, META)
    doctors.push({ accountId: account.id, cookie: cookie.split(';')[0] ?? '' })
  }
  return { facilityId: chief.account.facilities[0] ?? '', doctors }
}
