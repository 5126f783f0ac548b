import { EVERYWHERE } from '#domain/collections.ts'
import { type Place, placeIn, placeOf as placeOfFields } from '#domain/facilities/place.ts'
import type { StoredRecord } from '#server/database/records.ts'

/** Where a client, or what hangs on one, is. A question about what is everybody's is everybody's too. */
export function placeOf({ fields }: Pick<StoredRecord, 'fields'>): Place {
  return fields.facilityId === undefined ? placeIn(EVERYWHERE) : placeOfFields(fields)
}
