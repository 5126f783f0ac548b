import { readClientNumber } from '#domain/clients/number.ts'
import type { LookupRequest } from '#domain/sync/asking.ts'

/** Fewer characters than this are no id of a person anywhere. */
const SHORTEST_ID = 5

/** What somebody who is not here can be asked for by: a client number, or what looks like a national id. Null: neither. */
export function lookupOf(typed: string): LookupRequest | null {
  const number = readClientNumber(typed)
  if (number !== null) return { by: 'number', value: number }
  const id = typed.trim()
  const plain = id.replace(/[^\p{L}\p{N}]/gu, '')
  return plain.length >= SHORTEST_ID && id.length <= 60 && /\p{N}/u.test(plain) ? { by: 'national-id', value: id } : null
}
