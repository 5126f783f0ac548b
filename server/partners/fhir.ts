import { setImmediate as turn } from 'node:timers/promises'
import { EPISODE_PARAMETERS, PATIENT_PARAMETERS } from '#domain/partners/capability.ts'
import type { StoredClient, StoredEnrollment } from '#server/exchange/exports.ts'
import { episodeResource, patientResource } from '#server/exchange/fhirExport.ts'
import type { Dependencies } from '#server/services.ts'
import { readClient } from './clientRows.ts'
import { bundleOf } from './fhirBundle.ts'
import { fhirFailure, fhirJson } from './fhirReply.ts'
import { dateTest, identifierOf, orMistake, readParameters, SearchMistake, textTest } from './fhirSearch.ts'
import type { Permission } from './permission.ts'
import { enrollmentsSeen, isSeen } from './profile.ts'
import type { Reply } from './reply.ts'

/** Clients that are looked at between two turns of the event loop. */
const SLICE = 2_000
/** The database's own form: SQLite knows no yes and no. */
export type ClientOfTable = StoredClient & { deleted: number | boolean; mergedInto: string | null }
type EnrollmentOfTable = StoredEnrollment & { deleted: number | boolean }

const EPISODES = `SELECT e.*, p.name AS "programName" FROM "Enrollment" e LEFT JOIN "Program" p ON p.id = e."programId"`
const REAL_STATUSES = { active: ['active'], finished: ['completed', 'died'], cancelled: ['transferred', 'withdrawn', 'lost'] } as const

/** FHIR R4 of the clients and enrollments that an application may see (http://hl7.org/fhir/R4/http.html). */
export function createFhir({ config, database }: Dependencies) {
  const { origin } = config
  const read = database.read

  async function episodesOf(ids: readonly string[]): Promise<Map<string, EnrollmentOfTable[]>> {
    const rows = await read.all<EnrollmentOfTable>(
      `${EPISODES} WHERE e."clientId" IN (SELECT value FROM json_each(?)) AND e.deleted = ? ORDER BY e.id`,
      JSON.stringify(ids),
      0,
    )
    const byClient = new Map<string, EnrollmentOfTable[]>()
    for (const row of rows) byClient.set(row.clientId, [...(byClient.get(row.clientId) ?? []), row])
    return byClient
  }

  /** Of some rows those that the application may see, with the enrollments of theirs that it may see. */
  async function seenOf(rows: readonly ClientOfTable[], permission: Permission) {
    const episodes = await episodesOf(rows.map(({ id }) => id))
    return rows.flatMap((client) => {
      const seen = enrollmentsSeen(episodes.get(client.id) ?? [], permission)
      return client.mergedInto === null && isSeen(client, seen, permission) ? [{ client, episodes: seen }] : []
    })
  }

  const byIds = (ids: readonly string[]) =>
    read.all<ClientOfTable>('SELECT * FROM "Client" WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id', JSON.stringify(ids))

  /** Everybody, a slice at a time, in the order of their ids. */
  async function* everybody(after: string): AsyncGenerator<ClientOfTable[]> {
    for (let last = after; ; ) {
      const rows = await read.all<ClientOfTable>('SELECT * FROM "Client" WHERE id > ? AND deleted = ? ORDER BY id LIMIT ?', last, 0, SLICE)
      if (rows.length === 0) return
      yield rows
      last = rows.at(-1)?.id ?? last
      await turn()
    }
  }

  /** Whom the parameters can mean at all; null: anybody. */
  async function candidates(asked: readonly [string, string][]): Promise<string[] | null> {
    const lists = await Promise.all(
      asked.map(async ([name, value]) => {
        if (name === '_id') return value.split(',')
        if (name === 'identifier') return (await Promise.all(value.split(',').map(underIdentifier))).flat()
        return null
      }),
    )
    const given = lists.filter((list) => list !== null)
    return given.length === 0 ? null : given.reduce((left, right) => left.filter((id) => right.includes(id)))
  }

  async function underIdentifier(text: string): Promise<string[]> {
    const found = identifierOf(text, origin)
    if (found === null) return []
    if ('id' in found) return [found.id]
    return (await read.all<{ id: string }>('SELECT "clientId" AS id FROM "MatchKey" WHERE key = ?', found.key)).map(({ id }) => id)
  }

  async function* clientsOf(asked: readonly [string, string][], after: string): AsyncGenerator<ClientOfTable[]> {
    const ids = await candidates(asked)
    if (ids === null) yield* everybody(after)
    else yield (await byIds(ids)).filter(({ id }) => id > after)
  }

  const patient = (client: ClientOfTable) => patientResource(withYesAndNo(client), origin)

  return {
    everybody,
    seenOf,
    patient,
    episode: (row: StoredEnrollment) => episodeResource(row, origin),

    async readPatient(permission: Permission, id: string): Promise<Reply> {
      const found = await readClient(read, id)
      const [seen] = found === null ? [] : await seenOf(await byIds([found.id]), permission)
      if (seen === undefined) return { ...notFound('Patient'), subject: found?.id }
      return { ...versioned(patient(seen.client)), subject: seen.client.id }
    },

    async readEpisode(permission: Permission, id: string): Promise<Reply> {
      const row = await read.get<EnrollmentOfTable>(`${EPISODES} WHERE e.id = ? AND e.deleted = ?`, id, 0)
      const [seen] = row === undefined ? [] : await seenOf(await byIds([row.clientId]), permission)
      const shown = seen?.episodes.find((one) => one.id === id)
      return shown === undefined
        ? { ...notFound('EpisodeOfCare'), subject: row?.clientId }
        : { ...versioned(episodeResource(shown, origin)), subject: shown.clientId }
    },

    searchPatients: (permission: Permission, query: string): Promise<Reply> =>
      orMistake(async () => {
        const { page, asked } = readParameters(query, Object.keys(PATIENT_PARAMETERS))
        const tests = asked.map(([name, value]) => patientTest(name, value))
        const found: ClientOfTable[] = []
        search: for await (const rows of clientsOf(asked, page.after)) {
          const matching = rows.filter((row) => tests.every((test) => test(row)))
          for (const { client } of await seenOf(matching, permission)) {
            found.push(client)
            if (found.length > page.count) break search
          }
        }
        const shown = found.slice(0, page.count)
        const body = bundleOf({ origin, kind: 'Patient', query, page, resources: shown.map(patient), hasMore: found.length > page.count })
        return { ...fhirJson(200, body), told: shown.map(({ id }) => id) }
      }),

    searchEpisodes: (permission: Permission, query: string): Promise<Reply> =>
      orMistake(async () => {
        const { page, asked } = readParameters(query, Object.keys(EPISODE_PARAMETERS))
        const of = (name: string) => asked.filter(([one]) => one === name).map(([, value]) => value)
        const patients = of('patient').flatMap((value) => value.split(',').map((one) => one.replace(/^.*Patient\//, '')))
        const ids = of('_id').flatMap((value) => value.split(','))
        if (patients.length + ids.length === 0) throw new SearchMistake('Ask by patient or _id; for everybody there is $export.')
        const owners = ids.length === 0 ? [] : await read.all<{ clientId: string }>(OWNERS, JSON.stringify(ids))
        const people = await seenOf(await byIds([...patients, ...owners.map(({ clientId }) => clientId)]), permission)
        const tests = asked.map(([name, value]) => episodeTest(name, value))
        const found = people
          .filter(({ client }) => patients.length === 0 || patients.includes(client.id))
          .flatMap(({ episodes }) => episodes)
          .filter((row) => row.id > page.after && tests.every((test) => test(row)))
          .sort((a, b) => (a.id < b.id ? -1 : 1))
        const shown = found.slice(0, page.count)
        const body = bundleOf({
          origin,
          kind: 'EpisodeOfCare',
          query,
          page,
          resources: shown.map((row) => episodeResource(row, origin)),
          hasMore: found.length > page.count,
        })
        return { ...fhirJson(200, body), told: [...new Set(shown.map(({ clientId }) => clientId))] }
      }),
  }
}

export type Fhir = ReturnType<typeof createFhir>

const OWNERS = 'SELECT DISTINCT "clientId" FROM "Enrollment" WHERE id IN (SELECT value FROM json_each(?))'

function withYesAndNo(client: ClientOfTable): ClientOfTable {
  return { ...client, bornOnEstimated: Boolean(client.bornOnEstimated), shareWithPartners: Boolean(client.shareWithPartners) }
}

function patientTest(name: string, value: string): (client: ClientOfTable) => boolean {
  const updated = name === '_lastUpdated' || name === 'birthdate' ? dateTest(value) : null
  const text = name === 'name' || name === 'family' || name === 'given' ? textTest(value) : null
  switch (name) {
    case '_lastUpdated':
      return ({ updatedAt }) => updated?.(updatedAt, updatedAt + 1) ?? false
    case 'birthdate':
      return ({ bornOn }) => bornOn !== null && (updated?.(...dayOfUtc(bornOn)) ?? false)
    case 'gender':
      return ({ sex }) => value.split(',').includes(sex)
    case 'family':
      return ({ familyName }) => text?.(familyName) ?? false
    case 'given':
      return ({ givenName, middleName }) => (text?.(givenName) || text?.(middleName)) ?? false
    case 'name':
      return ({ givenName, middleName, familyName }) => [givenName, middleName, familyName].some((part) => text?.(part))
    default:
      // _id and identifier have chosen the rows.
      return () => true
  }
}

function episodeTest(name: string, value: string): (row: EnrollmentOfTable) => boolean {
  const updated = name === '_lastUpdated' ? dateTest(value) : null
  if (updated !== null) return ({ updatedAt }) => updated(updatedAt, updatedAt + 1)
  if (name === '_id') return ({ id }) => value.split(',').includes(id)
  if (name !== 'status') return () => true
  const ours: string[] = value.split(',').flatMap((one) => REAL_STATUSES[one as keyof typeof REAL_STATUSES] ?? [one])
  return ({ status }) => ours.includes(status)
}

function dayOfUtc(day: string): [number, number] {
  const from = Date.parse(`${day}T00:00:00Z`)
  return [from, from + 86_400_000]
}

/** With the header that says when it changed (http://hl7.org/fhir/R4/http.html#read). */
function versioned(resource: { meta: { lastUpdated: string } }): Reply {
  const reply = fhirJson(200, resource)
  return { ...reply, headers: { ...reply.headers, 'Last-Modified': new Date(resource.meta.lastUpdated).toUTCString() } }
}

const notFound = (kind: string): Reply => fhirFailure(404, `There is no such ${kind}.`)
