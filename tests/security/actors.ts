import type { Role } from '#domain/access/access.ts'
import { EVENTS } from '#domain/sync/protocol.ts'
import { aClient, CANARY, connect, createOf, type Hospital, helloOf, type Person } from './hospital.ts'

/** What somebody shows when they come, and what that is worth. */
export interface Actor {
  name: string
  cookie: string | null
  bearer: string | null
  /** Of the session; null for nobody. */
  roles: readonly Role[] | null
  /** What the token is worth at the partner API. */
  token: 'none' | 'no scope' | 'good'
  facilities: readonly string[]
}

export type Cast = Awaited<ReturnType<typeof castOf>>

/** The twelve kinds of caller, and two clients: one of the doctor's facility, one of the other doctor's. */
export async function castOf(hospital: Hospital) {
  const { services, people, partners } = hospital
  const admin = await people.first()
  const here = (await services.records.facilities())[0]?.id ?? ''
  const there = await services.records.createFacility({ name: 'Elsewhere', code: null }, { accountId: admin.account.id })
  const [doctor, elsewhere, viewer, expired, disabled] = [
    await people.invited('doctor', ['doctor'], [here]),
    await people.invited('elsewhere', ['doctor'], [there]),
    await people.invited('viewer', ['viewer'], []),
    await people.invited('expired', ['admin', 'doctor'], [here]),
    await people.invited('disabled', ['admin', 'doctor'], [here]),
  ]
  await endSessions(hospital, expired)
  await hospital.database.writePrisma((prisma) =>
    prisma.account.update({ where: { id: disabled.account.id }, data: { disabledAt: new Date() } }),
  )
  const [unscoped, scoped, dropped] = [await partners.create('unscoped'), await partners.create('scoped'), await partners.create('dropped')]
  await hospital.database.writePrisma((prisma) => prisma.application.update({ where: { id: unscoped.clientId }, data: { scopes: '' } }))
  await partners.narrow(scoped.clientId, here)
  await partners.disable(dropped.clientId)

  const actors: Actor[] = [
    nobody('anonymous'),
    { ...nobody('expired session'), cookie: expired.cookie },
    { ...nobody('disabled account'), cookie: disabled.cookie },
    signedIn('viewer', viewer),
    signedIn('doctor', doctor),
    signedIn('doctor elsewhere', elsewhere),
    signedIn('admin', admin),
    { ...nobody('partner without scope'), bearer: unscoped.token, token: 'no scope' },
    { ...nobody('partner with scope'), bearer: scoped.token, token: 'good' },
    { ...nobody('partner disabled after issue'), bearer: dropped.token },
    { ...nobody('bearer token on the screens'), bearer: scoped.token, token: 'good' },
    { ...signedIn('session cookie on the API', admin), bearer: (admin.cookie.split('=')[1] ?? '').slice(0, 64) },
  ]
  return {
    actors,
    doctor,
    elsewhere,
    here,
    there,
    clientHere: await register(hospital, doctor, 'device-of-doctor', aClient(CANARY.here, here)),
    clientThere: await register(hospital, elsewhere, 'device-elsewhere', aClient(CANARY.elsewhere, there)),
  }
}

function nobody(name: string): Actor {
  return { name, cookie: null, bearer: null, roles: null, token: 'none', facilities: [] }
}

function signedIn(name: string, { account, cookie }: Person): Actor {
  return { ...nobody(name), cookie, roles: account.roles, facilities: account.facilities }
}

async function endSessions({ database }: Hospital, { account }: Person): Promise<void> {
  const past = new Date(Date.now() - 1000)
  await database.writePrisma((prisma) => prisma.session.updateMany({ where: { accountId: account.id }, data: { expiresAt: past } }))
}

/** @returns the client's number, and what the device shows from now on */
async function register(hospital: Hospital, person: Person, deviceId: string, values: Record<string, unknown>) {
  const socket = await connect(hospital, person.cookie, { deviceId, credential: null })
  const { credential } = await socket.emitWithAck(EVENTS.hello, helloOf(deviceId))
  const change = createOf('clients', deviceId, person, 1, values)
  const answer = await socket.emitWithAck(EVENTS.push, { changes: [change] })
  socket.disconnect()
  if (answer.results?.[0]?.outcome !== 'applied') throw new Error(`the client was not taken: ${JSON.stringify(answer)}`)
  return { id: change.recordId, deviceId, credential: String(credential) }
}

export function shownBy({ cookie, bearer }: Actor): Record<string, string> {
  return { ...(cookie === null ? {} : { Cookie: cookie }), ...(bearer === null ? {} : { Authorization: `Bearer ${bearer}` }) }
}
