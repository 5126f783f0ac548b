import { z } from 'zod'
import {
  changeList,
  changeQuery,
  clientList,
  clientProfile,
  clientQuery,
  enrollmentList,
  introspection,
  noQuery,
  problemAnswer,
  programList,
  SCOPES,
  type Scope,
  statisticsAnswer,
  tokenAnswer,
  tokenError,
  tokenParameters,
  tokenQuestion,
} from './api.ts'
import { fhirPaths } from './openapiFhir.ts'
import { webhookMessage } from './webhook.ts'

/** The partner API as OpenAPI 3.1, made from the very shapes that the server reads and answers with. */

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'

const PROBLEM_TYPE = 'application/problem+json'

export const SCHEMAS = {
  TokenRequest: tokenParameters,
  TokenQuestion: tokenQuestion,
  Token: tokenAnswer,
  TokenError: tokenError,
  Introspection: introspection,
  Client: clientProfile,
  Clients: clientList,
  Enrollments: enrollmentList,
  Programs: programList,
  Changes: changeList,
  Statistics: statisticsAnswer,
  Problem: problemAnswer,
  WebhookMessage: webhookMessage,
} as const satisfies Record<string, z.ZodType>
type SchemaName = keyof typeof SCHEMAS

const WHAT_SCOPES_OPEN: Record<Scope, string> = {
  'clients.read': 'Read clients, their enrollments and programs',
  'statistics.read': 'Read figures of the whole installation',
  'fhir.read': 'Read clients and enrollments as FHIR R4',
  'audit.read': 'Read the audit log as FHIR R4 AuditEvents',
}

const HEADERS = {
  'Cache-Control': { schema: { type: 'string', const: 'no-store' } },
  'WWW-Authenticate': { description: 'RFC 6750 section 3, RFC 6749 section 5.2', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds', schema: { type: 'string' } },
  RateLimit: { description: 'What is left of this minute (draft-ietf-httpapi-ratelimit-headers)', schema: { type: 'string' } },
}

/** Plain data: zod hangs functions of its own on what it makes. */
const schema = (shape: z.ZodType): Record<string, unknown> => {
  const { $schema: _, ...rest } = JSON.parse(JSON.stringify(z.toJSONSchema(shape, { io: 'output' })))
  return rest
}
const ref = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` })
const answer = (description: string, type: string, name: SchemaName, headers: readonly (keyof typeof HEADERS)[] = []) => ({
  description,
  ...(headers.length > 0 && { headers: Object.fromEntries(headers.map((header) => [header, { $ref: `#/components/headers/${header}` }])) }),
  content: { [type]: { schema: ref(name) } },
})
const failure = (description: string, headers: readonly (keyof typeof HEADERS)[] = []) =>
  answer(description, PROBLEM_TYPE, 'Problem', headers)

const BUSY = {
  429: failure('More than the application may ask in a minute', ['Retry-After']),
  503: failure('Not now', ['Retry-After']),
}
const SLASH = 'The path works without its last slash too.'
const CLIENT_ID = {
  name: 'client_id',
  in: 'path',
  required: true,
  description: 'The client number of the card',
  schema: { type: 'string', minLength: 1, maxLength: 80 },
}

interface Read {
  operationId: string
  summary: string
  description: string
  scope: Scope
  query: z.ZodObject
  answer: [description: string, schema: SchemaName]
  isOfClient?: true
  /** The contract says nothing of a query: there it is left alone. */
  takesAnyQuery?: true
  others?: Record<number, ReturnType<typeof failure>>
}

/** A GET with a bearer token. */
function read({ operationId, summary, description, scope, query, answer: [told, name], isOfClient, takesAnyQuery, others }: Read) {
  const parameters = Object.entries(query.shape).map(([parameter, shape]) => {
    const { description: said, ...rest } = schema(shape as z.ZodType)
    return { name: parameter, in: 'query', required: false, description: String(said ?? parameter), schema: rest }
  })
  return {
    get: {
      operationId,
      summary,
      description: `${description} ${SLASH}`,
      security: [{ token: [scope] }],
      parameters: [...(isOfClient ? [CLIENT_ID] : []), ...parameters],
      responses: {
        200: answer(told, JSON_TYPE, name, ['Cache-Control', 'RateLimit']),
        ...(!takesAnyQuery && { 400: failure('The query is not understood') }),
        401: failure('There is no token, or it is no good any more', ['WWW-Authenticate']),
        403: failure('The token lacks the scope', ['WWW-Authenticate']),
        ...(isOfClient && { 404: failure('There is no such client for this application') }),
        ...others,
        ...BUSY,
      },
    },
  }
}

/** A POST with the credentials of an application. */
function asked(
  operationId: string,
  summary: string,
  description: string,
  body: SchemaName,
  example: object,
  good: ReturnType<typeof answer>,
) {
  return {
    post: {
      operationId,
      summary,
      description: `${description} ${SLASH}`,
      security: [] as object[],
      requestBody: {
        required: true,
        content: { [JSON_TYPE]: { schema: ref(body), example }, [FORM_TYPE]: { schema: ref(body) } },
      },
      responses: {
        200: good,
        400: answer('The request cannot be understood, or asks for a scope that the application lacks', JSON_TYPE, 'TokenError'),
        401: answer('The credentials are wrong, or the application is disabled', JSON_TYPE, 'TokenError', ['WWW-Authenticate']),
        413: failure('The body is too long'),
        ...BUSY,
      },
    },
  }
}

const CREDENTIALS = { client_id: '<client_id>', client_secret: '<client_secret>' }

export function openApi(origin: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'HIMS partner API',
      version: '1.1.0',
      description:
        'Reads clients who agreed to it, for partner applications that an administrator has registered. Each request is written down with the application, the address and the time. What an application may see is narrowed by its programs and its facilities.',
    },
    servers: [{ url: origin }],
    externalDocs: { description: 'FHIR R4: the CapabilityStatement', url: `${origin}/fhir/metadata` },
    security: [{ token: [...SCOPES] }],
    paths: {
      '/api/auth/token/': asked(
        'issueToken',
        'Get a token',
        'With the JSON body, or as RFC 6749 section 4.4 says: a form with `grant_type=client_credentials`, and the credentials in the form, by HTTP Basic, or as a signed statement (`private_key_jwt`, RFC 7523). A token lives an hour.',
        'TokenRequest',
        CREDENTIALS,
        answer('The token', JSON_TYPE, 'Token', ['Cache-Control']),
      ),
      '/api/auth/introspect/': asked(
        'introspectToken',
        'Ask about a token',
        'Whether a token of the application itself is good (RFC 7662).',
        'TokenQuestion',
        { ...CREDENTIALS, token: '<token>' },
        answer('What the token is', JSON_TYPE, 'Introspection', ['Cache-Control']),
      ),
      '/api/auth/revoke/': asked(
        'revokeToken',
        'End a token',
        'A token of the application itself is good no longer, from now on (RFC 7009). 200 for one that is not, too.',
        'TokenQuestion',
        { ...CREDENTIALS, token: '<token>' },
        { description: 'It is good no longer', content: { [JSON_TYPE]: { schema: { type: 'object' } as never } } },
      ),
      '/api/external/clients/{client_id}/': read({
        operationId: 'readClient',
        summary: 'Read a client',
        description:
          'What is wrong with the token is told before anything of the client, so that nobody learns which ids exist. The id of a client who was joined into another answers with that other.',
        scope: 'clients.read',
        query: noQuery,
        answer: ['The client', 'Client'],
        isOfClient: true,
        takesAnyQuery: true,
      }),
      '/api/external/clients/': read({
        operationId: 'findClients',
        summary: 'Find clients by what is written on a card or known of them',
        description: 'By exactly one of the parameters. Nobody found is an empty list.',
        scope: 'clients.read',
        query: clientQuery,
        answer: ['Those who share it, 50 at most', 'Clients'],
      }),
      '/api/external/clients/{client_id}/enrollments/': read({
        operationId: 'readEnrollments',
        summary: 'Read the enrollments of a client',
        description: 'Every episode in the programs that the application may see, without those that were entered in error.',
        scope: 'clients.read',
        query: noQuery,
        answer: ['By enrollment date', 'Enrollments'],
        isOfClient: true,
      }),
      '/api/external/programs/': read({
        operationId: 'readPrograms',
        summary: 'Read the programs',
        description: 'Those that the application may see, inactive ones too.',
        scope: 'clients.read',
        query: noQuery,
        answer: ['By id', 'Programs'],
      }),
      '/api/external/changes/': read({
        operationId: 'readChanges',
        summary: 'Follow what changes',
        description:
          'For a mirror: begin without a cursor, go on with `next` until `more` is false, and ask again with the last `next` later. A client who changed stands once in a page, as they are now.',
        scope: 'clients.read',
        query: changeQuery,
        answer: ['The oldest change first; a page may be shorter than its limit', 'Changes'],
        others: { 410: failure('The cursor is none of ours any more: begin without one') },
      }),
      '/api/external/statistics/': read({
        operationId: 'readStatistics',
        summary: 'Read figures',
        description: 'Of the whole installation. Of fewer than five people nothing is told.',
        scope: 'statistics.read',
        query: noQuery,
        answer: ['The figures now', 'Statistics'],
      }),
      ...fhirPaths(),
    },
    webhooks: {
      'changes.available': {
        post: {
          operationId: 'changesAvailable',
          summary: 'Something has changed',
          description:
            'Sent to the address that an administrator has given, signed as Standard Webhooks says (headers webhook-id, webhook-timestamp, webhook-signature). It says nothing of anybody: ask for the changes since your cursor. Answer 2xx within 10 seconds; else it is tried again, later and later.',
          requestBody: { required: true, content: { 'application/json': { schema: ref('WebhookMessage') } } },
          responses: { '2XX': { description: 'Heard' } },
        },
      },
    },
    components: {
      securitySchemes: {
        token: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: `${origin}/api/auth/token/`, scopes: WHAT_SCOPES_OPEN } } },
      },
      headers: HEADERS,
      schemas: {
        ...(Object.fromEntries(Object.entries(SCHEMAS).map(([name, shape]) => [name, schema(shape)])) as Record<
          SchemaName,
          Record<string, unknown>
        >),
        FhirResource: { type: 'object', required: ['resourceType'], properties: { resourceType: { type: 'string' } } },
      },
    },
  }
}

export type OpenApi = ReturnType<typeof openApi>
