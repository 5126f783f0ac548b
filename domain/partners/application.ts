import { z } from 'zod'
import { programCode } from '../programs/program.ts'
import { line, paragraph } from '../scalars.ts'
import { SCOPES, type Scope } from './api.ts'
import { publicKeySet } from './keySet.ts'

const chosen = <Id extends z.ZodType<string>>(id: Id) => z.union([z.literal('all'), z.array(id).min(1).max(200)])

export const USUAL_REQUESTS_PER_MINUTE = 600

/** What an administrator says of another server that reads clients over REST. */
export const applicationSettings = z.strictObject({
  name: line(120),
  scopes: z.array(z.enum(SCOPES)).min(1),
  /** The programs whose clients it may see. */
  programs: chosen(programCode),
  /** The facilities whose clients it may see. */
  facilities: chosen(z.string().regex(/^\S{1,80}$/)).default('all'),
  /** Why it reads; empty where nobody has said it. */
  purpose: z.union([z.literal(''), paragraph(500)]).default(''),
  /** Whom to ask about it: a name, an address. */
  contact: z.union([z.literal(''), line(200)]).default(''),
  requestsPerMinute: z.number().int().min(1).max(100_000).default(USUAL_REQUESTS_PER_MINUTE),
  /** A JSON Web Key Set with public keys of its own, as text; null: it signs in with a secret. */
  publicKeys: publicKeySet.nullable().default(null),
})
export type ApplicationSettings = z.infer<typeof applicationSettings>
/** What has a usual value may be left out. */
export type NewApplication = z.input<typeof applicationSettings>

/** An application as administrators see it. Times are UTC ms. */
export interface ListedApplication extends ApplicationSettings {
  id: string
  createdAt: number
  disabledAt: number | null
  /** The last request that was answered with a token or a client. */
  lastUsedAt: number | null
  /** Not revoked, the oldest first. */
  secrets: { id: string; createdAt: number }[]
  /** It has read many more clients today than it usually does. */
  isUnusual: boolean
}

/** What an application asked in the last days. */
export interface ApplicationUsage {
  /** One for each day 'YYYY-MM-DD' of the installation's time zone, the last one today. */
  days: { day: string; requests: number; refused: number; clients: number }[]
  /** Different clients. */
  clientsToday: number
  /** The median of the days before. */
  usual: number
  isUnusual: boolean
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
