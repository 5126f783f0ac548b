import { z } from 'zod'
import { clientProfile, problemAnswer, SCOPES, tokenAnswer, tokenError, tokenParameters } from './api.ts'

/** The partner contract as OpenAPI 3.1, made from the very shapes that the server reads and answers with. */

const JSON_TYPE = 'application/json'
const PROBLEM_TYPE = 'application/problem+json'

/** Plain data: zod hangs functions of its own on what it makes. */
const schema = (shape: z.ZodType): Record<string, unknown> => {
  const { $schema: _, ...rest } = JSON.parse(JSON.stringify(z.toJSONSchema(shape)))
  return rest
}
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const answer = (description: string, type: string, name: string, headers: readonly string[] = []) => ({
  description,
  ...(headers.length > 0 && { headers: Object.fromEntries(headers.map((header) => [header, { $ref: `#/components/headers/${header}` }])) }),
  content: { [type]: { schema: ref(name) } },
})
const failure = (description: string, headers: readonly string[] = []) => answer(description, PROBLEM_TYPE, 'Problem', headers)

const SECRET = '<client_secret>'

export function openApi(origin: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'HIMS partner API',
      version: '1.0.0',
      description:
        'Reads clients who agreed to it, for partner applications that an administrator has registered. Each request is written down with the application, the address and the time.',
    },
    servers: [{ url: origin }],
    security: [{ token: [...SCOPES] }],
    paths: {
      '/api/auth/token/': {
        post: {
          operationId: 'issueToken',
          summary: 'Get a token',
          description:
            'With the JSON body, or as RFC 6749 section 4.4 says: a form with `grant_type=client_credentials`, and the credentials in the form or by HTTP Basic. A token lives an hour. The path works without its last slash too.',
          security: [],
          requestBody: {
            required: true,
            content: {
              [JSON_TYPE]: { schema: ref('TokenRequest'), example: { client_id: '<client_id>', client_secret: SECRET } },
              'application/x-www-form-urlencoded': { schema: ref('TokenRequest') },
            },
          },
          responses: {
            200: answer('The token', JSON_TYPE, 'Token', ['Cache-Control']),
            400: answer('The request cannot be understood, or asks for a scope that the application lacks', JSON_TYPE, 'TokenError'),
            401: answer('The credentials are wrong, or the application is disabled', JSON_TYPE, 'TokenError', ['WWW-Authenticate']),
            413: failure('The body is too long'),
            503: failure('Not now', ['Retry-After']),
          },
        },
      },
      '/api/external/clients/{client_id}/': {
        get: {
          operationId: 'readClient',
          summary: 'Read a client',
          description:
            'What is wrong with the token is told before anything of the client, so that nobody learns which ids exist. The id of a client who was joined into another answers with that other. The path works without its last slash too.',
          parameters: [
            {
              name: 'client_id',
              in: 'path',
              required: true,
              description: 'The client number of the card',
              schema: { type: 'string', minLength: 1, maxLength: 80 },
            },
          ],
          responses: {
            200: answer('The client', JSON_TYPE, 'Client', ['Cache-Control']),
            401: failure('There is no token, or it is no good any more', ['WWW-Authenticate']),
            403: failure('The token lacks the scope', ['WWW-Authenticate']),
            404: failure('There is no such client for this application'),
            503: failure('Not now', ['Retry-After']),
          },
        },
      },
    },
    components: {
      securitySchemes: {
        token: {
          type: 'oauth2',
          flows: { clientCredentials: { tokenUrl: `${origin}/api/auth/token/`, scopes: { 'clients.read': 'Read clients' } } },
        },
      },
      headers: {
        'Cache-Control': { schema: { type: 'string', const: 'no-store' } },
        'WWW-Authenticate': { description: 'RFC 6750 section 3, RFC 6749 section 5.2', schema: { type: 'string' } },
        'Retry-After': { description: 'Seconds', schema: { type: 'string' } },
      },
      schemas: {
        TokenRequest: schema(tokenParameters),
        Token: schema(tokenAnswer),
        TokenError: schema(tokenError),
        Client: schema(clientProfile),
        Problem: schema(problemAnswer),
      },
    },
  }
}

export type OpenApi = ReturnType<typeof openApi>
