import type { ClientFields } from './client.ts'
import { readClientNumber } from './number.ts'

/** The name to be typed: the family name, or the only one there is; null when the number has to do. */
export function nameToType({ familyName, givenName, middleName }: ClientFields): string | null {
  return familyName ?? givenName ?? middleName
}

/** Whether what was typed shows that the person knows whom they remove or join. Capitals, accents and spaces do not count. */
export function confirmsClient(client: ClientFields & { id: string }, typed: string): boolean {
  const name = nameToType(client)
  return readClientNumber(typed) === client.id || (name !== null && plain(typed) === plain(name))
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase()
}
