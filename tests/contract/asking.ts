import type { NewApplication } from '#domain/partners/application.ts'
import { insert, type PartnerServer } from './partnerServer.ts'

export interface Application {
  clientId: string
  clientSecret: string
}

export function makeApplication(server: PartnerServer, settings: Partial<NewApplication> = {}): Promise<Application> {
  return server.applications.create({ name: 'Registry', scopes: ['clients.read'], programs: 'all', ...settings }, { accountId: null })
}

export function post(server: PartnerServer, path: string, body: Record<string, string>, headers: Record<string, string> = {}) {
  return fetch(server.url + path, { method: 'POST', body: new URLSearchParams(body), headers })
}

export async function tokenOf(server: PartnerServer, { clientId, clientSecret }: Application): Promise<string> {
  const response = await post(server, '/api/auth/token/', {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  })
  return ((await response.json()) as { access_token: string }).access_token
}

export function get(server: PartnerServer, path: string, token?: string, headers: Record<string, string> = {}): Promise<Response> {
  const authorization: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` }
  return fetch(server.url + path, { headers: { ...authorization, ...headers } })
}

/** As the server keeps it for each client: what they can be found by. */
export function addKey({ database }: PartnerServer, key: string, clientId: string): Promise<void> {
  return insert(database, 'MatchKey', { key, clientId })
}

export function setTail({ database }: PartnerServer, seq: number): Promise<unknown> {
  return database.write((sql) => sql.run('UPDATE "Tail" SET seq = ? WHERE id = 1', seq))
}

export function events({ database }: PartnerServer): Promise<{ action: string; status: number | null; subject: string | null }[]> {
  return database.read.all(`SELECT action, status, subject FROM "AuditEvent" WHERE action LIKE 'partner.%' ORDER BY seq`)
}
