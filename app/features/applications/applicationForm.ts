import { z } from 'zod'
import { type Mistakes, mistakesOf } from '#app/language/mistakes.ts'
import { type ApplicationSettings, applicationSettings, USUAL_REQUESTS_PER_MINUTE } from '#domain/partners/application.ts'

const WORDS: Mistakes = {
  name: 'name-needed',
  scopes: 'required',
  programs: 'required',
  facilities: 'facility-needed',
  purpose: 'text-long',
  contact: 'text-long',
  requestsPerMinute: 'requests-per-minute',
  publicKeys: 'public-keys',
}

/** What goes back into the form after a refusal. */
export interface Typed {
  name: string
  scopes: string[]
  access: string
  programs: string[]
  places: string
  facilities: string[]
  purpose: string
  contact: string
  requestsPerMinute: string
  publicKeys: string
}

export const NOTHING_TYPED: Typed = {
  name: '',
  scopes: ['clients.read'],
  access: 'all',
  programs: [],
  places: 'all',
  facilities: [],
  purpose: '',
  contact: '',
  requestsPerMinute: String(USUAL_REQUESTS_PER_MINUTE),
  publicKeys: '',
}

export function typedOf(settings: ApplicationSettings): Typed {
  const { programs, facilities, publicKeys, requestsPerMinute, ...others } = settings
  return {
    ...others,
    access: programs === 'all' ? 'all' : 'chosen',
    programs: programs === 'all' ? [] : programs,
    places: facilities === 'all' ? 'all' : 'chosen',
    facilities: facilities === 'all' ? [] : facilities,
    publicKeys: publicKeys ?? '',
    requestsPerMinute: String(requestsPerMinute),
  }
}

export function readSettings(form: FormData): { settings: ApplicationSettings } | { mistakes: Mistakes; typed: Typed } {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const typed: Typed = {
    name: text('name'),
    scopes: form.getAll('scope').map(String),
    access: text('access') || 'all',
    programs: form.getAll('program').map(String),
    places: text('places') || 'all',
    facilities: form.getAll('facility').map(String),
    purpose: text('purpose'),
    contact: text('contact'),
    requestsPerMinute: text('requestsPerMinute') || NOTHING_TYPED.requestsPerMinute,
    publicKeys: text('publicKeys'),
  }
  const { access, places, ...others } = typed
  const read = applicationSettings.safeParse({
    ...others,
    programs: access === 'all' ? 'all' : typed.programs,
    facilities: places === 'all' ? 'all' : typed.facilities,
    requestsPerMinute: Number(typed.requestsPerMinute),
    publicKeys: typed.publicKeys === '' ? null : typed.publicKeys,
  })
  return read.success ? { settings: read.data } : { mistakes: mistakesOf(read.error, WORDS), typed }
}

/** What the buttons beside one application ask. */
const command = z.object({
  intent: z.enum(['disable', 'enable', 'add-secret', 'revoke-secret', 'end-tokens']),
  id: z.string().min(1).max(200),
  secretId: z.string().max(200).default(''),
})
export type ApplicationCommand = z.infer<typeof command>

/** @returns null for what none of our buttons sends */
export function readCommand(form: FormData): ApplicationCommand | null {
  return command.safeParse(Object.fromEntries(form)).data ?? null
}
