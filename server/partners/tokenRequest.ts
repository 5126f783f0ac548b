import type { z } from 'zod'
import { isNestedDeeper } from '#domain/nesting.ts'
import { tokenParameters } from '#domain/partners/api.ts'

export type ReadFields<Shape extends z.ZodType> =
  | { kind: 'read'; form: boolean; parameters: z.infer<Shape> }
  | { kind: 'unreadable'; detail: string }

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'

/** The parameters of a token request: JSON as our contract says, or a form as RFC 6749 section 4.4.2 says. */
export function readTokenRequest(contentType: string | undefined, body: Uint8Array): ReadFields<typeof tokenParameters> {
  return readTokenFields(tokenParameters, contentType, body)
}

export function readTokenFields<Shape extends z.ZodType>(
  shape: Shape,
  contentType: string | undefined,
  body: Uint8Array,
): ReadFields<Shape> {
  const type = contentType?.split(';')[0]?.trim().toLowerCase()
  if (type !== JSON_TYPE && type !== FORM_TYPE) return unreadable(`Send ${JSON_TYPE} or ${FORM_TYPE}`)
  const text = decode(body)
  const values = text === null ? null : type === JSON_TYPE ? readJson(text) : readForm(text)
  const parsed = shape.safeParse(values)
  if (!parsed.success)
    return unreadable(type === JSON_TYPE ? 'The body must be a JSON object of strings' : 'A parameter is missing, repeated or too long')
  return { kind: 'read', form: type === FORM_TYPE, parameters: parsed.data }
}

function unreadable(detail: string): { kind: 'unreadable'; detail: string } {
  return { kind: 'unreadable', detail }
}

function decode(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return null
  }
}

function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return isNestedDeeper(value) ? null : value
  } catch {
    return null
  }
}

/** RFC 6749 section 3.2: a parameter without a value counts as left out, and none may stand twice. */
function readForm(text: string): unknown {
  const entries = [...new URLSearchParams(text)].filter(([, value]) => value !== '')
  const values = new Map(entries)
  return values.size === entries.length ? Object.fromEntries(values) : null
}
