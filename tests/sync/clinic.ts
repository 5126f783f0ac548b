import { clientNumber } from '#domain/clients/number.ts'
import type { Fields } from '#domain/scalars.ts'
import type { SqlValue } from '#server/database/sql.ts'
import { createPrograms } from './proofs.ts'
import { Seeded } from './seeded.ts'
import { Sender } from './sender.ts'
import { startServer } from './server.ts'

export const NOON = Date.UTC(2026, 4, 4, 12)

export type Clinic = Awaited<ReturnType<typeof openClinic>>

/** A real server with two facilities and a program; doctors are made by name, each at the places that are given. */
export async function openClinic() {
  const clock = { now: NOON }
  const server = await startServer(() => clock.now)
  await createPrograms(server)
  const main = server.facilityId
  const north = await server.records.createFacility({ name: 'North', code: null }, { accountId: 'admin' })
  const random = new Seeded(11)
  const aClientId = () => clientNumber(random.bytes(12))
  return {
    server,
    clock,
    main,
    north,
    aClientId,
    close: () => server.close(),
    async doctor(id: string, facilities: string[]): Promise<Sender> {
      await server.database.writePrisma(async (prisma) => {
        await prisma.account.create({ data: { id, email: `${id}@example.org`, name: `Dr ${id}`, passwordHash: '', roles: 'doctor' } })
        await prisma.accountFacility.createMany({ data: facilities.map((facilityId) => ({ accountId: id, facilityId })) })
      })
      return new Sender(server, id, `device-${id}`, facilities)
    },
    async registered(by: Sender, more: Fields = {}): Promise<{ id: string; seq: number }> {
      const id = aClientId()
      const [result] = await by.push(by.create('clients', id, { ...person(by.facilities[0] ?? ''), ...more }))
      return { id, seq: result?.seq ?? 0 }
    },
    record: (table: string, id: string) =>
      server.database.read.get<Record<string, SqlValue>>(
        `SELECT * FROM "${table}" WHERE ${table === 'Push' ? '"changeId"' : 'id'} = ?`,
        id,
      ),
    count: async (table: string) => (await server.database.read.get<{ n: number }>(`SELECT count(*) AS n FROM "${table}"`))?.n,
  }
}

export const person = (facilityId: string) => ({ givenName: 'Neema', sex: 'female', bornOnEstimated: false, facilityId })

export const enrollment = (clientId: string, enrolledOn = '2026-05-01', programId = 'HIV-001') => ({
  clientId,
  programId,
  episode: 1,
  status: 'active',
  enrolledOn,
})

export const outcomes = (results: { outcome: string }[]) => results.map(({ outcome }) => outcome)
