import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Dependencies } from '#server/services.ts'
import type { Fhir } from './fhir.ts'
import { fhirFailure, fhirJson } from './fhirReply.ts'
import { spanOf } from './fhirSearch.ts'
import type { Permission } from './permission.ts'
import { NO_STORE, type Reply } from './reply.ts'

const TYPES = ['Patient', 'EpisodeOfCare'] as const
const NDJSON = 'application/fhir+ndjson'
const NDJSON_WORDS = [NDJSON, 'application/ndjson', 'ndjson']
const LIFE_MS = 24 * 3_600_000
/** Exports that were called off; they are over by themselves after a day. */
const MOST_CANCELLED = 1_000

/** What an export's address says of it: nothing of it is kept, so that every node can go on with it, and after a restart. */
const orderShape = z.strictObject({
  id: z.string().max(40),
  app: z.string().max(80),
  types: z.array(z.enum(TYPES)).min(1),
  /** UTC ms */
  since: z.number(),
  at: z.number(),
  query: z.string().max(500),
})
type Order = z.infer<typeof orderShape>

/**
 * Bulk Data Access 2.0 (https://hl7.org/fhir/uv/bulkdata): whole populations as NDJSON. The files are written while they are
 * fetched, so an export is ready at once and holds no copy of anybody; what changed since it began is in it as it is now.
 */
export function createBulkExport({ config, now }: Pick<Dependencies, 'config' | 'now'>, fhir: Fhir) {
  const cancelled = new Set<string>()
  const addressOf = (order: Order) => `${config.origin}/fhir/export/${Buffer.from(JSON.stringify(order)).toString('base64url')}`

  function readOrder(text: string, applicationId: string): Order | null {
    try {
      const order = orderShape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
      const isGood = order.app === applicationId && order.at + LIFE_MS > now() && order.at <= now() && !cancelled.has(order.id)
      return isGood ? order : null
    } catch {
      return null
    }
  }

  async function* lines(permission: Permission, kind: (typeof TYPES)[number], since: number): AsyncGenerator<string> {
    for await (const rows of fhir.everybody('')) {
      const seen = await fhir.seenOf(rows, permission)
      const resources =
        kind === 'Patient'
          ? seen.filter(({ client }) => client.updatedAt >= since).map(({ client }) => fhir.patient(client))
          : seen.flatMap(({ episodes }) => episodes.filter(({ updatedAt }) => updatedAt >= since).map(fhir.episode))
      if (resources.length > 0) yield resources.map((one) => `${JSON.stringify(one)}\n`).join('')
    }
  }

  return {
    begin({ applicationId }: Permission, path: string, query: string, prefer: string | undefined): Reply {
      if (!/\brespond-async\b/.test(prefer ?? '')) return fhirFailure(400, 'Send the header Prefer: respond-async.')
      const asked = new URLSearchParams(query)
      const unknown = [...asked.keys()].find((name) => !['_type', '_since', '_outputFormat'].includes(name))
      if (unknown !== undefined) return fhirFailure(400, `The parameter ${unknown.slice(0, 60)} is not supported.`)
      const format = asked.get('_outputFormat')
      if (format !== null && !NDJSON_WORDS.includes(format)) return fhirFailure(400, `_outputFormat must be ${NDJSON}.`)
      const types = (asked.get('_type') ?? TYPES.join()).split(',')
      const since = asked.get('_since')
      const from = since === null ? 0 : (spanOf(since)?.[0] ?? null)
      if (from === null) return fhirFailure(400, '_since must be an instant such as 2026-01-31T00:00:00Z.')
      const order = orderShape.safeParse({ id: randomUUID(), app: applicationId, types, since: from, at: now(), query: `${path}?${query}` })
      if (!order.success) return fhirFailure(400, `_type must be of ${TYPES.join(' and ')}.`)
      return { status: 202, headers: { ...NO_STORE, 'Content-Location': addressOf(order.data) }, body: '' }
    },

    status({ applicationId }: Permission, text: string): Reply {
      const order = readOrder(text, applicationId)
      if (order === null) return noExport()
      const manifest = {
        transactionTime: new Date(order.at).toISOString(),
        request: `${config.origin}${order.query.replace(/\?$/, '')}`,
        requiresAccessToken: true,
        output: order.types.map((type) => ({ type, url: `${addressOf(order)}/${type}.ndjson` })),
        error: [],
      }
      return { status: 200, headers: { ...NO_STORE, 'Content-Type': 'application/json' }, body: JSON.stringify(manifest) }
    },

    cancel({ applicationId }: Permission, text: string): Reply {
      const order = readOrder(text, applicationId)
      if (order === null) return noExport()
      cancelled.add(order.id)
      const [oldest] = cancelled
      if (cancelled.size > MOST_CANCELLED && oldest !== undefined) cancelled.delete(oldest)
      return fhirJson(202, { resourceType: 'OperationOutcome', issue: [{ severity: 'information', code: 'informational' }] })
    },

    file(permission: Permission, name: string): Reply {
      const [, text = '', type = ''] = /^([\w-]+)\/(\w+)\.ndjson$/.exec(name) ?? []
      const order = readOrder(text, permission.applicationId)
      const kind = order?.types.find((one) => one === type)
      if (order === null || kind === undefined) return noExport()
      return { status: 200, headers: { ...NO_STORE, 'Content-Type': NDJSON }, body: '', stream: lines(permission, kind, order.since) }
    },
  }
}

const noExport = (): Reply => fhirFailure(404, 'There is no such export, or it is over: begin it again.')
