import type { AuditAction } from '#domain/audit/event.ts'
import { serverMetadata, smartConfiguration } from '#domain/partners/metadata.ts'
import { openApi } from '#domain/partners/openapi.ts'
import { createAuditKeys } from '#server/audit/keys.ts'
import { createClientAuthentication } from '#server/partners/clientAuthentication.ts'
import { createClientRead } from '#server/partners/clientRead.ts'
import { createGate } from '#server/partners/gate.ts'
import { createSigningKeys } from '#server/partners/keys.ts'
import { createLists } from '#server/partners/lists.ts'
import { createRates } from '#server/partners/rates.ts'
import { json, problem, type Reply } from '#server/partners/reply.ts'
import { createTokenEnds } from '#server/partners/tokenEnds.ts'
import { createTokenIssue, type TokenHttpRequest } from '#server/partners/tokenIssue.ts'
import { createTokens } from '#server/partners/tokens.ts'
import type { Dependencies } from '#server/services.ts'
import { readBody } from './body.ts'
import { fhirRoutes } from './fhirRoutes.ts'
import type { PartnerRoute } from './partnerRoute.ts'

const READ = ['GET', 'HEAD']

/** A stolen key must not stay trusted for long in the caches of partners. */
const JWKS_HEADERS = { 'Cache-Control': 'public, max-age=300' }

/** They change with a release. */
const METADATA_HEADERS = { 'Cache-Control': 'public, max-age=3600' }

export function partnerRoutes(dependencies: Dependencies): PartnerRoute[] {
  const { origin, limits } = dependencies.config
  const keys = createSigningKeys(dependencies)
  const tokens = createTokens(dependencies, keys)
  const rates = createRates(dependencies.now)
  const authenticate = createClientAuthentication(dependencies)
  const gate = createGate(dependencies, tokens, rates)
  const issueToken = createTokenIssue(authenticate, tokens, rates)
  const { introspect, revoke } = createTokenEnds(dependencies, authenticate, tokens)
  const readClient = createClientRead(dependencies, gate)
  const lists = createLists(dependencies, gate)
  const auditKeys = createAuditKeys(dependencies)

  const posted = (
    path: RegExp,
    pattern: string,
    action: AuditAction,
    work: (request: TokenHttpRequest) => Promise<Reply>,
  ): PartnerRoute => ({
    path,
    pattern,
    methods: ['POST'],
    action,
    async answer({ request }) {
      const body = await readBody(request, limits.bodyBytes)
      if (body === 'broken-off') return problem(400, 'The body broke off.')
      if (body === 'too-large') return problem(413, `The body may have ${limits.bodyBytes} bytes at most.`)
      const { authorization, 'content-type': contentType } = request.headers
      return work({ authorization, contentType, body })
    },
  })

  return [
    {
      path: /^\/api\/external\/clients\/([^/]+)\/?$/,
      pattern: '/api/external/clients/:id/',
      methods: READ,
      action: 'partner.client-read',
      answer: ({ id, request }) => readClient(id, request.headers.authorization),
    },
    posted(/^\/api\/auth\/token\/?$/, '/api/auth/token/', 'partner.token', issueToken),
    posted(/^\/api\/auth\/introspect\/?$/, '/api/auth/introspect/', 'partner.token-asked-about', introspect),
    posted(/^\/api\/auth\/revoke\/?$/, '/api/auth/revoke/', 'partner.token-revoked', revoke),
    {
      path: /^\/api\/external\/clients\/?$/,
      pattern: '/api/external/clients/',
      methods: READ,
      action: 'partner.list-read',
      answer: ({ query, request }) => lists.clients(request.headers.authorization, query),
    },
    {
      path: /^\/api\/external\/clients\/([^/]+)\/enrollments\/?$/,
      pattern: '/api/external/clients/:id/enrollments/',
      methods: READ,
      action: 'partner.client-read',
      answer: ({ id, query, request }) => lists.enrollments(request.headers.authorization, id, query),
    },
    {
      path: /^\/api\/external\/programs\/?$/,
      pattern: '/api/external/programs/',
      methods: READ,
      action: 'partner.list-read',
      answer: ({ query, request }) => lists.programs(request.headers.authorization, query),
    },
    {
      path: /^\/api\/external\/changes\/?$/,
      pattern: '/api/external/changes/',
      methods: READ,
      action: 'partner.list-read',
      answer: ({ query, request }) => lists.changes(request.headers.authorization, query),
    },
    {
      path: /^\/api\/external\/statistics\/?$/,
      pattern: '/api/external/statistics/',
      methods: READ,
      action: 'partner.statistics-read',
      answer: ({ query, request }) => lists.statistics(request.headers.authorization, query),
    },
    {
      path: /^\/api\/external(?:\/.*)?$/,
      pattern: '/api/external/:other',
      methods: READ,
      action: 'partner.list-read',
      answer: ({ request }) =>
        gate({ authorization: request.headers.authorization, scope: 'clients.read' }, async () =>
          problem(404, 'There is nothing here; /api/openapi.json says what there is.'),
        ),
    },
    ...fhirRoutes(dependencies, gate),
    published('/.well-known/jwks.json', async () => json(200, { keys: await keys.publicKeys() }, JWKS_HEADERS)),
    published('/.well-known/oauth-authorization-server', async () => json(200, serverMetadata(origin), METADATA_HEADERS)),
    published('/.well-known/smart-configuration', async () => json(200, smartConfiguration(origin), METADATA_HEADERS)),
    // Where SMART clients look: below the address of the FHIR server.
    published('/fhir/.well-known/smart-configuration', async () => json(200, smartConfiguration(origin), METADATA_HEADERS)),
    published('/api/openapi.json', async () => json(200, openApi(origin), METADATA_HEADERS)),
    // What signs the audit log: for whoever keeps a checkpoint.
    published('/.well-known/hims-audit-key', async () => json(200, { keys: await auditKeys.publicKeys() }, JWKS_HEADERS)),
  ]
}

/** What is for everybody, and tells of nobody. */
function published(pattern: string, answer: () => Promise<Reply>): PartnerRoute {
  return { path: new RegExp(`^${pattern.replaceAll('.', '[.]')}$`), pattern, methods: READ, action: null, answer }
}
