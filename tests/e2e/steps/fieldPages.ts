import { rows } from '../database.ts'

/** Every page of a doctor that has an address; `:client` and `:program` are put in. */
const FIELD_PAGES = [
  '/',
  '/clients/new',
  '/clients/:client',
  '/clients/:client/edit',
  '/clients/:client/card',
  '/programs',
  '/programs/:program',
  '/programs/new',
].concat(['/programs/:program/edit', '/review', '/sync', '/visits', '/preferences', '/clients/NOBODY'])

export interface Found {
  client: string
  phone: string
  program: string
}

/** A client with a phone and a program, of a doctor's facility. */
export function clientOf(server: Parameters<typeof rows>[0], email: string): Found {
  const [found] = rows<Found>(
    server,
    `SELECT c.id AS client, c.phone, e."programId" AS program FROM "Client" c JOIN "Enrollment" e ON e."clientId" = c.id
     JOIN "AccountFacility" f ON f."facilityId" = c."facilityId" JOIN "Account" a ON a.id = f."accountId"
     WHERE a.email = ? AND c.phone IS NOT NULL AND c.deleted = 0 AND e.deleted = 0 ORDER BY c.id LIMIT 1`,
    email,
  )
  if (found === undefined) throw new Error('the demo has no client with a phone for its first doctor')
  return found
}

export function fieldPages({ client, program }: Found): string[] {
  return FIELD_PAGES.map((address) => address.replace(':client', client).replace(':program', program))
}
