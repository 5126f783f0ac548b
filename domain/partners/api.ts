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

export interface TokenAnswer {
  access_token: string
  token_type: 'Bearer'
  expires_in: number
}

/** The profile of a client that GET /api/external/clients/{client_id}/ answers with. */
export interface ClientProfile {
  id: string
  name: string
  email: string | null
  /** Whole years today. */
  age: number | null
  address: string | null
  programs: { program_id: string; program_name: string; enrollment_date: string }[]
  /** UTC with Z and whole seconds. */
  metadata: { created_at: string; last_updated: string }
}
