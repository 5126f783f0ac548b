import { useTablet } from '#app/session/useTablet.ts'
import { fullName } from '#domain/clients/client.ts'
import { isClientNumber, spokenClientNumber } from '#domain/clients/number.ts'
import type { CollectionName } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'

/** What a record is called. One that this tablet does not hold is called by what a change of it says, or by its number. */
export function useRecordNames() {
  const tablet = useTablet()
  const clientName = (id: string, said: Fields = {}): string => {
    const known = tablet.record('clients', id)?.record ?? namesIn(said)
    return fullName(known) || (isClientNumber(id) ? spokenClientNumber(id) : id)
  }
  const programName = (id: string, said: Fields = {}): string =>
    tablet.record('programs', id)?.record.name ?? (typeof said.name === 'string' ? said.name : id)
  const recordName = (collection: CollectionName, id: string, said: Fields = {}): string => {
    const [clientId = '', programId = ''] = id.split('.')
    if (collection === 'clients') return clientName(id, said)
    return collection === 'enrollments' ? `${clientName(clientId)} · ${programName(programId)}` : programName(id, said)
  }
  return { clientName, programName, recordName }
}

/** The name that a change of a client says; '' where it says none. */
export function nameSaid(said: Fields): string {
  return fullName(namesIn(said))
}

function namesIn({ givenName, middleName, familyName }: Fields) {
  const part = (value: Fields[string] | undefined) => (typeof value === 'string' ? value : null)
  return { givenName: part(givenName), middleName: part(middleName), familyName: part(familyName) }
}
