import { z } from 'zod'
import { programCode } from '../programs/program.ts'
import { line } from '../scalars.ts'
import { SCOPES, type Scope } from './api.ts'

/** Another server that reads clients over REST. */
export const newApplication = z.strictObject({
  name: line(120),
  scopes: z.array(z.enum(SCOPES)).min(1),
  /** The programs whose clients it may see. */
  programs: z.union([z.literal('all'), z.array(programCode).min(1).max(200)]),
})
export type NewApplication = z.infer<typeof newApplication>

/** An application as administrators see it. Times are UTC ms. */
export interface ListedApplication {
  id: string
  name: string
  scopes: Scope[]
  programs: string[] | 'all'
  createdAt: number
  disabledAt: number | null
  /** The last request that was answered with a token or a client. */
  lastUsedAt: number | null
  /** Not revoked, the oldest first. */
  secrets: { id: string; createdAt: number }[]
}

/** Scopes as they are stored and sent: names separated by one space. Unknown names are dropped, so they grant nothing. */
export function readScopes(text: string): Scope[] {
  return SCOPES.filter((scope) => text.split(' ').includes(scope))
}

/** What is shown once, when an application or another secret for it is made. */
export interface Credentials {
  clientId: string
  /** In the open only here: the database holds its SHA-256. */
  clientSecret: string
}

/** Two, so that a partner can change to the new secret before the old one ends. */
export const ACTIVE_SECRETS = 2
