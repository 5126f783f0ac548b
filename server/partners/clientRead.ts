import { todayIn } from '#domain/calendar.ts'
import type { ClientProfile } from '#domain/partners/api.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { readClient, readEnrollments } from './clientRows.ts'
import type { Gate } from './gate.ts'
import type { Permission } from './permission.ts'
import { profileOf } from './profile.ts'
import { json, problem, type Reply } from './reply.ts'

interface Found {
  profile: ClientProfile | null
  subject: string | undefined
}

/** GET /api/external/clients/{client_id}/ */
export function createClientRead(dependencies: Dependencies, gate: Gate) {
  const profileFor = createProfiles(dependencies)
  return (id: string, authorization: string | undefined): Promise<Reply> =>
    gate({ authorization, scope: 'clients.read' }, async (permission) => {
      const { profile, subject } = await profileFor(id, permission)
      return { ...(profile === null ? noSuchClient() : json(200, profile)), subject }
    })
}

export const noSuchClient = (): Reply => problem(404, 'There is no such client.')

/**
 * What an application is told of the client that an id stands for now, null when that is nothing; and which client that is,
 * for the log, whether it is told or not.
 */
export function createProfiles({ config, database, now }: Dependencies) {
  const today = todayIn(config.timeZone, now)
  return async (id: string, permission: Permission, sql: Sql = database.read): Promise<Found> => {
    const client = await readClient(sql, id)
    // Asked for an unknown client too, so that a hidden one takes no longer.
    const enrollments = await readEnrollments(sql, client?.id ?? id)
    const profile = client && profileOf(client, enrollments, permission, today())
    return { profile, subject: client?.id }
  }
}
