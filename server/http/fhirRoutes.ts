import type { AuditAction } from '#domain/audit/event.ts'
import type { Scope } from '#domain/partners/api.ts'
import { capabilityStatement } from '#domain/partners/capability.ts'
import { createBulkExport } from '#server/partners/bulkExport.ts'
import { createFhir } from '#server/partners/fhir.ts'
import { createFhirAudit } from '#server/partners/fhirAudit.ts'
import { fhirFailure, fhirJson } from '#server/partners/fhirReply.ts'
import type { Gate } from '#server/partners/gate.ts'
import type { Permission } from '#server/partners/permission.ts'
import type { Reply } from '#server/partners/reply.ts'
import type { Dependencies } from '#server/services.ts'
import { type PartnerRequest, type PartnerRoute, single } from './partnerRoute.ts'

const READ = ['GET', 'HEAD']
const VERSION = '1.0.0'

/** The FHIR R4 side of the partner API; its refusals are OperationOutcomes. */
export function fhirRoutes(dependencies: Dependencies, gate: Gate): PartnerRoute[] {
  const { origin } = dependencies.config
  const fhir = createFhir(dependencies)
  const bulk = createBulkExport(dependencies, fhir)
  const log = createFhirAudit(dependencies)

  type Work = (permission: Permission, asked: PartnerRequest) => Reply | Promise<Reply>
  const guarded = (
    path: RegExp,
    pattern: string,
    action: AuditAction,
    work: Work,
    methods = READ,
    scope: Scope = 'fhir.read',
  ): PartnerRoute => ({
    path,
    pattern,
    methods,
    action,
    answer: (asked) =>
      gate({ authorization: asked.request.headers.authorization, scope, failure: fhirFailure }, async (permission) =>
        work(permission, asked),
      ),
  })
  const begin: Work = (permission, { request, query }) =>
    bulk.begin(permission, request.url?.split('?')[0] ?? '', query, single(request.headers.prefer))

  return [
    {
      path: /^\/fhir\/metadata$/,
      pattern: '/fhir/metadata',
      methods: READ,
      action: null,
      answer: async () => fhirJson(200, capabilityStatement(origin, VERSION), { 'Cache-Control': 'public, max-age=3600' }),
    },
    guarded(/^\/fhir\/Patient\/((?!\$export$)[^/]+)$/, '/fhir/Patient/:id', 'partner.client-read', (permission, { id }) =>
      fhir.readPatient(permission, id),
    ),
    guarded(/^\/fhir\/Patient\/?$/, '/fhir/Patient', 'partner.list-read', (permission, { query }) =>
      fhir.searchPatients(permission, query),
    ),
    guarded(/^\/fhir\/EpisodeOfCare\/([^/]+)$/, '/fhir/EpisodeOfCare/:id', 'partner.client-read', (permission, { id }) =>
      fhir.readEpisode(permission, id),
    ),
    guarded(/^\/fhir\/EpisodeOfCare\/?$/, '/fhir/EpisodeOfCare', 'partner.list-read', (permission, { query }) =>
      fhir.searchEpisodes(permission, query),
    ),
    guarded(
      /^\/fhir\/AuditEvent\/([^/]+)$/,
      '/fhir/AuditEvent/:id',
      'partner.log-read',
      (permission, { id }) => log.readEvent(permission, id),
      READ,
      'audit.read',
    ),
    guarded(
      /^\/fhir\/AuditEvent\/?$/,
      '/fhir/AuditEvent',
      'partner.log-read',
      (permission, { query }) => log.searchEvents(permission, query),
      READ,
      'audit.read',
    ),
    guarded(/^\/fhir\/(?:Patient\/)?\$export$/, '/fhir/$export', 'partner.export', begin),
    guarded(/^\/fhir\/export\/([\w-]+\/\w+\.ndjson)$/, '/fhir/export/:id/:file', 'partner.export', (permission, { id }) =>
      bulk.file(permission, id),
    ),
    guarded(
      /^\/fhir\/export\/([\w-]+)$/,
      '/fhir/export/:id',
      'partner.export',
      (permission, { id, request }) => (request.method === 'DELETE' ? bulk.cancel(permission, id) : bulk.status(permission, id)),
      [...READ, 'DELETE'],
    ),
    // Whatever else a FHIR client tries: told in its own form, and not with a page.
    guarded(/^\/fhir(?:\/(?!\.well-known\/).*)?$/, '/fhir/:other', 'partner.list-read', () =>
      fhirFailure(404, 'There is nothing here; /fhir/metadata says what there is.'),
    ),
  ]
}
