import { z } from 'zod'
import { ENROLLMENT_STATUSES } from '../enrollments/enrollment.ts'

/** The partner contract, kept to the byte: names, order and types of these fields never change. */

export const TOKEN_SECONDS = 3600
export const SCOPES = ['clients.read', 'statistics.read', 'fhir.read', 'audit.read'] as const
export type Scope = (typeof SCOPES)[number]

/** What the token endpoint reads from a JSON or a form body (RFC 6749 sections 2.3.1 and 4.4.2). */
export const tokenParameters = z.object({
  grant_type: z.string().max(100).optional(),
  client_id: z.string().max(200).optional(),
  client_secret: z.string().max(400).optional(),
  scope: z.string().max(400).optional(),
  client_assertion_type: z.string().max(200).optional(),
  client_assertion: z.string().max(4_000).optional().describe('A JWT that the application has signed (RFC 7523), instead of a secret'),
})
export type TokenParameters = z.infer<typeof tokenParameters>

/** The same of introspection (RFC 7662) and revocation (RFC 7009). */
export const tokenQuestion = tokenParameters.omit({ grant_type: true, scope: true }).extend({
  token: z.string().max(4_000).describe('The token that is meant'),
  token_type_hint: z.string().max(100).optional(),
})

export const tokenAnswer = z.strictObject({
  access_token: z.string().describe('A JWT (ES256); send it as `Authorization: Bearer ...`'),
  token_type: z.literal('Bearer'),
  expires_in: z.literal(TOKEN_SECONDS).describe('Seconds'),
  scope: z.string().optional().describe('Only when it is not what was asked for (RFC 6749 section 5.1)'),
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

/** GET /api/external/clients/ */
export const clientList = z.strictObject({ clients: z.array(clientProfile) })
export type ClientList = z.infer<typeof clientList>

/** GET /api/external/clients/{client_id}/enrollments/ */
export const enrollmentList = z.strictObject({
  enrollments: z.array(
    z.strictObject({
      program_id: z.string(),
      program_name: z.string(),
      episode: z.number().int().positive().describe('1 for the first time in the program'),
      status: z.enum(ENROLLMENT_STATUSES),
      enrollment_date: day,
      end_date: day.nullable(),
      next_visit_date: day.nullable(),
      last_updated: instant,
    }),
  ),
})
export type EnrollmentList = z.infer<typeof enrollmentList>

/** GET /api/external/programs/ */
export const programList = z.strictObject({
  programs: z.array(
    z.strictObject({
      program_id: z.string(),
      program_name: z.string(),
      category: z.string(),
      description: z.string().nullable(),
      planned_days: z.number().int().nullable(),
      status: z.enum(['active', 'inactive']),
    }),
  ),
})
export type ProgramList = z.infer<typeof programList>

/** GET /api/external/changes/ */
export const changeList = z.strictObject({
  changes: z.array(
    z.strictObject({
      id: z.string(),
      client: clientProfile.nullable().describe('As it is now; null: the application may see it no longer, or it is there no longer'),
    }),
  ),
  next: z.string().describe('The `cursor` of the next request: of the next page, or of what changes from now on'),
  more: z.boolean().describe('Whether there is a next page now'),
})
export type ChangeList = z.infer<typeof changeList>

const figure = z.number().int().nullable().describe('Null: fewer than 5')

/** GET /api/external/statistics/ */
export const statisticsAnswer = z.strictObject({
  as_of: instant,
  clients: figure,
  registered_this_week: figure,
  programs_active: z.number().int(),
  programs: z.array(z.strictObject({ program_id: z.string(), program_name: z.string(), active: figure, ever: figure })),
})
export type StatisticsAnswer = z.infer<typeof statisticsAnswer>

/** RFC 7662 section 2.2 */
export const introspection = z.strictObject({
  active: z.boolean().describe('False, and nothing more, for what is none of its own tokens or is good no longer'),
  scope: z.string().optional(),
  client_id: z.string().optional(),
  token_type: z.literal('Bearer').optional(),
  exp: z.number().int().optional(),
  iat: z.number().int().optional(),
  sub: z.string().optional(),
  aud: z.string().optional(),
  iss: z.string().optional(),
  jti: z.string().optional(),
})
export type Introspection = z.infer<typeof introspection>

/** What stands behind the question mark. */
export const noQuery = z.strictObject({})
export const clientQuery = z.strictObject({
  number: z.string().min(1).max(80).optional().describe('The client number of the card; spaces and small letters are allowed'),
  national_id: z.string().min(1).max(80).optional().describe('Punctuation, spaces and capitals make no difference'),
  phone: z.string().min(1).max(40).optional().describe('With or without the code of the country'),
})
export const changeQuery = z.strictObject({
  cursor: z.string().min(1).max(100).optional().describe('`next` of the answer before; left out: everything, from the beginning'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Clients of one page'),
})
