import type { ClientFields } from '#domain/clients/client.ts'
import { collections } from '#domain/collections.ts'
import { isInRoom } from '#domain/facilities/place.ts'
import type { Fields } from '#domain/scalars.ts'

export interface FixStart {
  known: ClientFields
  /** It was meant for a facility where this account may not write: sent again as it was, it would be refused again. */
  isElsewhere: boolean
}

/**
 * What the form to fix a refused change begins with.
 * @param current the client as this tablet knows it; null when it was never taken
 * @param own the account's facilities
 */
export function fixStart(refused: Fields, current: Fields | null, own: readonly string[]): FixStart {
  const wanted = { ...collections.clients.absent, facilityId: own[0] ?? '', ...current, ...refused }
  // The home of a client who is shared with one of the own facilities is another one: to fix a change moves nobody.
  const home = current !== null && isInRoom(own, collections.clients.roomOf(current)) ? [String(current.facilityId)] : []
  const places = [wanted.facilityId, current?.facilityId, own[0]]
  const facilityId = places.find((place) => [...own, ...home].includes(String(place))) ?? ''
  return { known: { ...wanted, facilityId } as unknown as ClientFields, isElsewhere: facilityId !== wanted.facilityId }
}
