import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuditAction } from '#domain/audit/event.ts'
import type { StoredEvent } from '#server/audit/log.ts'
import { readConfig } from '#server/config.ts'
import { testSettings } from '#server/database/database.fixture.ts'
import { openDatabase } from '#server/database/database.ts'
import { createAccounts } from './accounts.ts'
import type { Entry } from './entrance.ts'
import type { Passwords } from './passwords.ts'
import type { SignIn } from './signIn.ts'

/** A real database in a folder of its own, and a clock that the test moves. */

export const PASSWORD = 'seven green mangoes fell'
export const META = { ip: '10.0.0.7', userAgent: 'test', requestId: 'r1', route: '/test' }

export type Clinic = Awaited<ReturnType<typeof openClinic>>

export async function openClinic(origin = 'http://localhost:3000', options: { passwords?: Passwords; env?: Record<string, string> } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'hims-accounts-'))
  const config = readConfig({ ...(await testSettings(folder)), ORIGIN: origin, ...options.env })
  const database = await openDatabase(config.databaseUrl)
  let time = Date.now()
  const passwords = options.passwords
  const dependencies = { config, database, now: () => time, ...(passwords && { passwords }) }
  const revoked: string[] = []
  const accounts = createAccounts(dependencies, (accountId) => void revoked.push(accountId))
  const events = (action: AuditAction) => database.read.all<StoredEvent>('SELECT * FROM "AuditEvent" WHERE action = ? ORDER BY seq', action)
  return {
    accounts,
    dependencies,
    folder,
    /** Whose connections had to end, in their order. */
    revoked,
    events,
    actions: async () => (await database.read.all<StoredEvent>('SELECT * FROM "AuditEvent" ORDER BY seq')).map(({ action }) => action),
    wait: (ms: number) => {
      time += ms
    },
    setupToken: async () => (await accounts.setupLink())?.split('/').at(-1) ?? '',
    disable: (id: string) =>
      database.writePrisma((prisma) => prisma.account.update({ where: { id }, data: { disabledAt: new Date(time) } })),
    giveRoles: (id: string, roles: string) => database.writePrisma((prisma) => prisma.account.update({ where: { id }, data: { roles } })),
    async close() {
      await database.close()
      rmSync(folder, { recursive: true })
    },
  }
}

export async function setUp(clinic: Clinic, answers: { alsoDoctor?: boolean } = {}) {
  const person = { name: 'Amina Hassan', email: 'amina@example.org', password: PASSWORD, ...answers }
  return clinic.accounts.acceptInvitation(await clinic.setupToken(), person, META)
}

/** A doctor of the first facility, and of no other role. */
export async function doctorIn(clinic: Clinic) {
  const { token } = await clinic.accounts.invite('operator', { email: 'otieno@example.org', roles: ['doctor'], facilities: [] }, META)
  return (await clinic.accounts.acceptInvitation(token, { name: 'Otieno', password: PASSWORD }, META)).account
}

/** What a browser sends back of a `Set-Cookie` value. */
export function cookieOf(setCookie: string): string {
  return setCookie.split(';')[0] ?? ''
}

/** Whoever was let in at once. */
export function inside(signIn: SignIn): Entry {
  if (signIn.kind !== 'in') throw new Error('a code was asked')
  return signIn
}

/** As good as the real ones, and of no cost: for tests that make many accounts or tries. Counts what was asked of it. */
export function cheapPasswords(): Passwords & { hashes: number } {
  const counted = {
    hashes: 0,
    async hash(password: string) {
      counted.hashes += 1
      return `cheap:${password}`
    },
    async matches(hash: string | null, password: string) {
      counted.hashes += 1
      return hash === `cheap:${password}`
    },
  }
  return counted
}
