import { type ClientFields, fullName } from './client.ts'

/** Of the first and the last name, or of the only one. */
export function initials(client: Pick<ClientFields, 'givenName' | 'middleName' | 'familyName'>): string {
  const parts = fullName(client).split(/\s+/)
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => part?.slice(0, 1).toUpperCase() ?? '').join('')
}
