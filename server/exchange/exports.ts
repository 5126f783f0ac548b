import { setImmediate as turn } from 'node:timers/promises'
import Papa from 'papaparse'
import type { ClientFields } from '#domain/clients/client.ts'
import type { EnrollmentFields } from '#domain/enrollments/enrollment.ts'
import type { ExportKind, ExportReason } from '#domain/exchange.ts'
import { accountEvent, type RequestMeta } from '#server/accounts/requestMeta.ts'
import { audit } from '#server/audit/audit.ts'
import type { Dependencies } from '#server/services.ts'
import { episodeResource, patientResource } from './fhirExport.ts'

const AT_ONCE = 500

export type StoredClient = ClientFields & { id: string; createdAt: number; updatedAt: number }
export type StoredEnrollment = EnrollmentFields & { id: string; updatedAt: number; programName: string | null }

/** Headings that our own import knows (server/exchange/columns.ts). */
const CLIENT_COLUMNS = {
  client_number: 'id',
  given_name: 'givenName',
  middle_name: 'middleName',
  family_name: 'familyName',
  sex: 'sex',
  date_of_birth: 'bornOn',
  dob_estimated: 'bornOnEstimated',
  phone: 'phone',
  email: 'email',
  address: 'address',
  national_id: 'nationalId',
  notes: 'notes',
  share_with_partners: 'shareWithPartners',
  facility_id: 'facilityId',
} as const satisfies Record<string, keyof StoredClient>

const ENROLLMENT_COLUMNS = {
  client_number: 'clientId',
  program_id: 'programId',
  program: 'programName',
  episode: 'episode',
  status: 'status',
  enrolled_on: 'enrolledOn',
  ended_on: 'endedOn',
  reason: 'reason',
  next_visit_on: 'nextVisitOn',
  visit_outcome: 'visitOutcome',
  visit_on: 'visitOn',
} as const satisfies Record<string, keyof StoredEnrollment>

export interface ExportOrder {
  kind: ExportKind
  reason: ExportReason
  /** Of these facilities and no others. */
  facilities: readonly string[]
}

export interface ExportReader extends RequestMeta {
  accountId: string
}

/** Files of the clients of some facilities: those who are there, each under the number that stands for them. */
export function createExports(dependencies: Dependencies) {
  const { database, now } = dependencies
  return {
    /** A part at a time. That it was exported, of which facility and why, is written down before the first. */
    async exportFor({ accountId, ...meta }: ExportReader, order: ExportOrder): Promise<AsyncGenerator<string>> {
      const event = accountEvent(now(), 'exchange.export', 'success', meta, { actorId: accountId })
      const events = order.facilities.map((subject) => ({ ...event, subject, route: `${meta.route} ${order.kind} ${order.reason}` }))
      await database.write((sql) => audit(sql, ...events))
      return textsOf(dependencies, order)
    },
  }
}

async function* textsOf({ config, database }: Dependencies, { kind, facilities }: ExportOrder): AsyncGenerator<string> {
  if (kind === 'clients-csv') yield csvHead(CLIENT_COLUMNS)
  if (kind === 'enrollments-csv') yield csvHead(ENROLLMENT_COLUMNS)
  for (let after = ''; ; ) {
    const clients = await database.read.all<StoredClient>(
      `SELECT * FROM "Client" WHERE deleted = ? AND "mergedInto" IS NULL AND id > ?
       AND "facilityId" IN (${facilities.map(() => '?').join(', ')}) ORDER BY id LIMIT ?`,
      0,
      after,
      ...facilities,
      AT_ONCE,
    )
    const last = clients.at(-1)
    if (last === undefined) return
    const enrollments = kind === 'clients-csv' ? [] : await enrollmentsOf(clients)
    if (kind === 'clients-csv') yield csvLines(CLIENT_COLUMNS, clients.map(withWords))
    else if (kind === 'enrollments-csv') yield csvLines(ENROLLMENT_COLUMNS, enrollments)
    else
      yield [...clients.map((one) => patientResource(one, config.origin)), ...enrollments.map((one) => episodeResource(one, config.origin))]
        .map((one) => `${JSON.stringify(one)}\n`)
        .join('')
    after = last.id
    await turn()
  }

  function enrollmentsOf(clients: readonly StoredClient[]): Promise<StoredEnrollment[]> {
    return database.read.all<StoredEnrollment>(
      `SELECT e.*, p.name AS "programName" FROM "Enrollment" e LEFT JOIN "Program" p ON p.id = e."programId"
       WHERE e.deleted = ? AND e."clientId" IN (${clients.map(() => '?').join(', ')}) ORDER BY e.id`,
      0,
      ...clients.map(({ id }) => id),
    )
  }
}

/** SQLite knows no yes and no. */
function withWords(client: StoredClient): StoredClient {
  return { ...client, bornOnEstimated: Boolean(client.bornOnEstimated), shareWithPartners: Boolean(client.shareWithPartners) }
}

/** With the mark that makes spreadsheets read UTF-8. */
function csvHead(columns: Record<string, string>): string {
  return `\uFEFF${Object.keys(columns).join(',')}\r\n`
}

/** A cell that a spreadsheet would compute gets an apostrophe: a name may begin with `=`. Our import takes it away again. */
function csvLines<Row extends object>(columns: Record<string, keyof Row & string>, rows: readonly Row[]): string {
  if (rows.length === 0) return ''
  const cells = rows.map((row) => Object.values(columns).map((name) => row[name] ?? ''))
  return `${Papa.unparse(cells, { escapeFormulae: true, newline: '\r\n' })}\r\n`
}
