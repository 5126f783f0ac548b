import type { IncomingMessage } from 'node:http'
import type { AuditAction } from '#domain/audit/event.ts'
import { serverMetadata } from '#domain/partners/metadata.ts'
import { openApi } from '#domain/partners/openapi.ts'
import { createAuditKeys } from '#server/audit/keys.ts'
import { createClientRead } from '#server/partners/clientRead.ts'
import { createSigningKeys } from '#server/partners/keys.ts'
import { json, problem, type Reply } from '#server/partners/reply.ts'
import { createTokenIssue } from '#server/partners/tokenIssue.ts'
import { createTokens } from '#server/partners/tokens.ts'
import type { Dependencies } from '#server/services.ts'
import { readBody } from './body.ts'

export interface PartnerRoute {
  /** With and without the slash at its end, because a redirect would turn a POST into a GET. */
  path: RegExp
  /** As the audit log names it. */
  pattern: string
  methods: readonly string[]
  /** Null for what is public and tells of nobody. */
  action: AuditAction | null
  /** @param segment what the first group of `path` found, decoded */
  answer(request: IncomingMessage, segment: string): Promise<Reply>
}

/** A stolen key must not stay trusted for long in the caches of partners. */
const JWKS_HEADERS = { 'Cache-Control': 'public, max-age=300' }

/** They change with a release. */
const METADATA_HEADERS = { 'Cache-Control': 'public, max-age=3600' }

export function partnerRoutes(dependencies: Dependencies): PartnerRoute[] {
  const { origin, limits } = dependencies.config
  const { bodyBytes } = limits
  const keys = createSigningKeys(dependencies)
  const tokens = createTokens(dependencies, keys)
  const issueToken = createTokenIssue(dependencies, tokens)
  const readClient = createClientRead(dependencies, tokens)
  const auditKeys = createAuditKeys(dependencies)
  return [
    {
      path: /^\/api\/auth\/token\/?$/,
      pattern: '/api/auth/token/',
      methods: ['POST'],
      action: 'partner.token',
      async answer(request) {
        const body = await readBody(request, bodyBytes)
        if (body === 'broken-off') return problem(400, 'The body broke off.')
        if (body === 'too-large') return problem(413, `The body may have ${bodyBytes} bytes at most.`)
        const { authorization, 'content-type': contentType } = request.headers
        return issueToken({ authorization, contentType, body })
      },
    },
    {
      path: /^\/api\/external\/clients\/([^/]+)\/?$/,
      pattern: '/api/external/clients/:id/',
      methods: ['GET', 'HEAD'],
      action: 'partner.client-read',
      answer: (request, id) => readClient(id, request.headers.authorization),
    },
    {
      path: /^\/\.well-known\/jwks\.json$/,
      pattern: '/.well-known/jwks.json',
      methods: ['GET', 'HEAD'],
      action: null,
      answer: async () => json(200, { keys: await keys.publicKeys() }, JWKS_HEADERS),
    },
    {
      path: /^\/\.well-known\/oauth-authorization-server$/,
      pattern: '/.well-known/oauth-authorization-server',
      methods: ['GET', 'HEAD'],
      action: null,
      answer: async () => json(200, serverMetadata(origin), METADATA_HEADERS),
    },
    {
      path: /^\/api\/openapi\.json$/,
      pattern: '/api/openapi.json',
      methods: ['GET', 'HEAD'],
      action: null,
      answer: async () => json(200, openApi(origin), METADATA_HEADERS),
    },
    {
      // What signs the audit log: for whoever keeps a checkpoint.
      path: /^\/\.well-known\/hims-audit-key$/,
      pattern: '/.well-known/hims-audit-key',
      methods: ['GET', 'HEAD'],
      action: null,
      answer: async () => json(200, { keys: await auditKeys.publicKeys() }, JWKS_HEADERS),
    },
  ]
}
