import { z } from 'zod'

/** The partner contract, kept to the byte: names, order and types of these fields never change. */

export const TOKEN_SECONDS = 3600
export const SCOPES = ['clients.read'] as const
export type Scope = (typeof SCOPES)[number]

/** What the token endpoint reads from a JSON or a form body (RFC 6749 sections 2.3.1 and 4.4.2). */
export const tokenParameters = z.object({
  grant_type: z.string().max(100).optional(),
  client_id: z.string().max(200).optional(),
  client_secret: z.string().max(400).optional(),
  scope: z.string().max(400).optional(),
})
export type TokenParameters = z.infer<typeof tokenParameters>

export const tokenAnswer = z.strictObject({
  access_token: z.string().describe('A JWT (ES256); send it as `Authorization: Bearer ...`'),
  token_type: z.literal('Bearer'),
  expires_in: z.literal(TOKEN_SECONDS).describe('Seconds'),
})
export type TokenAnswer = z.infer<typeof tokenAnswer>

/** RFC 6749 section 5.2 */
export const tokenError = z.strictObject({
  error: z.enum(['invalid_request', 'invalid_client', 'unsupported_grant_type', 'invalid_scope']),
  error_description: z.string(),
})

/** RFC 9457 */
export const problemAnswer = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
})

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)

/** The profile of a client that GET /api/external/clients/{client_id}/ answers with. */
export const clientProfile = z.strictObject({
  id: z.string(),
  name: z.string().describe('The known name parts, joined by one space'),
  email: z.string().nullable(),
  age: z.number().int().nonnegative().nullable().describe('Whole years today'),
  address: z.string().nullable(),
  programs: z
    .array(z.strictObject({ program_id: z.string(), program_name: z.string(), enrollment_date: day }))
    .describe('One for each program that the application may see: its latest enrollment, by date'),
  metadata: z
    .strictObject({ created_at: instant, last_updated: instant })
    .describe('UTC, whole seconds. `last_updated` is the newest of the client and of these enrollments'),
})
export type ClientProfile = z.infer<typeof clientProfile>
