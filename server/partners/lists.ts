import type { z } from 'zod'
import { phoneDigits, plainId } from '#domain/clients/matchKeys.ts'
import { readClientNumber } from '#domain/clients/number.ts'
import {
  type ChangeList,
  type ClientList,
  changeQuery,
  clientQuery,
  type EnrollmentList,
  noQuery,
  type ProgramList,
  type StatisticsAnswer,
} from '#domain/partners/api.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { createStatistics } from '#server/statistics/statistics.ts'
import { createProfiles, noSuchClient } from './clientRead.ts'
import { readClient, readEnrollments } from './clientRows.ts'
import type { Gate } from './gate.ts'
import { compare, enrollmentsSeen, isReal, isSeen, wholeSeconds } from './profile.ts'
import { readQuery } from './query.ts'
import { json, problem, type Reply } from './reply.ts'

type Authorization = string | undefined

/** More people than this under one phone are nobody in particular. */
const MOST_FOUND = 50

const UNDER_KEY = `SELECT k."clientId" AS id FROM "MatchKey" k WHERE k.key = ? ORDER BY k."clientId" LIMIT ?`

/** What moved since, the oldest first: two walks along an index, however much there is. */
const CHANGED = [
  'SELECT id, seq FROM "Client" WHERE seq > ? ORDER BY seq LIMIT ?',
  'SELECT "clientId" AS id, seq FROM "Enrollment" WHERE seq > ? ORDER BY seq LIMIT ?',
]

interface Moved {
  id: string
  seq: number
}

/** @returns the clients of a page in the order of their first change in it, the number it ends with, and whether there is more */
async function movedSince(sql: Sql, since: number, limit: number): Promise<{ ids: string[]; last: number; more: boolean }> {
  const walks = await Promise.all(CHANGED.map((text) => sql.all<Moved>(text, since, limit + 1)))
  // Behind the end of a walk that was cut off there may be what stands before the rest of the other.
  const ends = walks.filter(({ length }) => length > limit).map((rows) => Number(rows.at(-1)?.seq))
  const end = Math.min(...ends, Number.POSITIVE_INFINITY)
  const rows = walks
    .flat()
    .filter(({ seq }) => Number(seq) < end)
    .sort((a, b) => Number(a.seq) - Number(b.seq))
  const ids = new Set<string>()
  let last = since
  for (const { id, seq } of rows) {
    if (ids.size === limit && !ids.has(id)) return { ids: [...ids], last, more: true }
    ids.add(id)
    last = Number(seq)
  }
  return { ids: [...ids], last, more: ends.length > 0 }
}

/** What a partner may ask for besides one client: each of it through the gate, and told of in the shapes of domain/partners/api.ts. */
export function createLists(dependencies: Dependencies, gate: Gate) {
  const { database, now } = dependencies
  const profileFor = createProfiles(dependencies)
  const statistics = createStatistics(dependencies)

  /** By number, national id or phone: all clients who share what was given, those that stand for joined ones. */
  async function idsOf({ number, national_id: nationalId, phone }: z.infer<typeof clientQuery>): Promise<string[]> {
    if (number !== undefined) return [readClientNumber(number) ?? number.replace(/[\s-]/g, '').toUpperCase()]
    const plain = nationalId === undefined ? phoneDigits(phone ?? null) : plainId(nationalId)
    if (plain === null) return []
    const rows = await database.read.all<{ id: string }>(UNDER_KEY, `${nationalId === undefined ? 'p' : 'i'}:${plain}`, MOST_FOUND)
    return rows.map(({ id }) => id)
  }

  return {
    clients: (authorization: Authorization, text: string): Promise<Reply> =>
      gate({ authorization, scope: 'clients.read' }, async (permission) => {
        const query = readQuery(clientQuery, text)
        if ('reply' in query) return query.reply
        if (Object.values(query.value).length !== 1) return problem(400, 'Ask by one of number, national_id and phone.')
        const found = new Map<string, ClientList['clients'][number]>()
        for (const id of await idsOf(query.value)) {
          const { profile } = await profileFor(id, permission)
          if (profile !== null) found.set(profile.id, profile)
        }
        const clients = [...found.values()]
        return { ...json(200, { clients } satisfies ClientList), told: clients.map(({ id }) => id) }
      }),

    enrollments: (authorization: Authorization, id: string, text: string): Promise<Reply> =>
      gate({ authorization, scope: 'clients.read' }, async (permission) => {
        const query = readQuery(noQuery, text)
        if ('reply' in query) return query.reply
        const client = await readClient(database.read, id)
        const seen = enrollmentsSeen(await readEnrollments(database.read, client?.id ?? id), permission)
        if (client === null || !isSeen(client, seen, permission)) return { ...noSuchClient(), subject: client?.id }
        const enrollments = seen.filter(isReal).map((row) => ({
          program_id: row.programId,
          program_name: row.programName,
          episode: row.episode,
          status: row.status as EnrollmentList['enrollments'][number]['status'],
          enrollment_date: row.enrolledOn,
          end_date: row.endedOn,
          next_visit_date: row.nextVisitOn,
          last_updated: wholeSeconds(row.updatedAt),
        }))
        enrollments.sort(
          (a, b) => compare(a.enrollment_date, b.enrollment_date) || compare(a.program_id, b.program_id) || a.episode - b.episode,
        )
        return { ...json(200, { enrollments } satisfies EnrollmentList), subject: client.id }
      }),

    programs: (authorization: Authorization, text: string): Promise<Reply> =>
      gate({ authorization, scope: 'clients.read' }, async ({ programs }) => {
        const query = readQuery(noQuery, text)
        if ('reply' in query) return query.reply
        const rows = await database.read.all<ProgramRow>(PROGRAMS, 0)
        const shown = rows.filter(({ id }) => programs === 'all' || programs.includes(id)).map(programOf)
        return json(200, { programs: shown } satisfies ProgramList)
      }),

    /** For a mirror: every client who changed since, as they are now. */
    changes: (authorization: Authorization, text: string): Promise<Reply> =>
      gate({ authorization, scope: 'clients.read' }, (permission) =>
        database.snapshot(async (sql) => {
          const query = readQuery(changeQuery, text)
          if ('reply' in query) return query.reply
          const { cursor, limit } = query.value
          const tail = await sql.get<{ epoch: string; seq: number }>('SELECT epoch, seq FROM "Tail" WHERE id = 1')
          const epoch = tail?.epoch ?? ''
          const since = cursor === undefined ? 0 : readCursor(cursor, epoch)
          if (since === null)
            return problem(410, 'This cursor is from before the server was put back from a backup, or none of ours: begin without one.')
          const { ids, last, more } = await movedSince(sql, since, limit)
          const changes: ChangeList['changes'] = []
          for (const id of ids) {
            const { profile } = await profileFor(id, permission, sql)
            // Told under the number that stands for both, when it is that one's turn.
            if (profile?.id === id) changes.push({ id, client: profile })
            else if (await wasTold(sql, permission.applicationId, id)) changes.push({ id, client: null })
          }
          const next = `${epoch}.${more ? last : Number(tail?.seq ?? 0)}`
          return { ...json(200, { changes, next, more } satisfies ChangeList), told: changes.flatMap(({ client }) => client?.id ?? []) }
        }),
      ),

    statistics: (authorization: Authorization, text: string): Promise<Reply> =>
      gate({ authorization, scope: 'statistics.read' }, async ({ programs }) => {
        const query = readQuery(noQuery, text)
        if ('reply' in query) return query.reply
        // As somebody without any role: nobody can be made out.
        const figures = await statistics.overviewFor([])
        const shown = figures.enrollments.filter(({ programId }) => programs === 'all' || programs.includes(programId))
        const answer: StatisticsAnswer = {
          as_of: wholeSeconds(now()),
          clients: figures.clients,
          registered_this_week: figures.registeredThisWeek,
          programs_active: figures.programsActive,
          programs: shown.map(({ programId, name, active, ever }) => ({ program_id: programId, program_name: name, active, ever })),
        }
        return json(200, answer)
      }),
  }
}

/** Whether the log knows that this application was told of the client: only then may it learn that there is nothing any more. */
async function wasTold(sql: Sql, applicationId: string, id: string): Promise<boolean> {
  const row = await sql.get(
    `SELECT seq FROM "AuditEvent" WHERE subject = ? AND "applicationId" = ? AND outcome = 'success' LIMIT 1`,
    id,
    applicationId,
  )
  return row !== undefined
}

/** @returns the sequence number; null for what is no cursor of this epoch */
function readCursor(cursor: string, epoch: string): number | null {
  const [, of, seq] = /^([\w-]*)\.(\d{1,15})$/.exec(cursor) ?? []
  return of === epoch && seq !== undefined ? Number(seq) : null
}

interface ProgramRow {
  id: string
  name: string
  category: string
  description: string | null
  plannedDays: number | null
  active: number | boolean
}

const PROGRAMS = 'SELECT id, name, category, description, "plannedDays", active FROM "Program" WHERE deleted = ? ORDER BY id'

function programOf({ id, name, category, description, plannedDays, active }: ProgramRow): ProgramList['programs'][number] {
  return {
    program_id: id,
    program_name: name,
    category,
    description,
    planned_days: plannedDays === null ? null : Number(plannedDays),
    status: active ? 'active' : 'inactive',
  }
}
