import type { Fields } from '../scalars.ts'

/** Between the facilities of a room; no id of a facility holds it. */
const AND = '+'

/** Where a record is: its home facility, and the facilities it is shared with. */
export interface Place {
  facilityId: string
  /** Their ids in order, with `+` between them; null: it is shared with none. */
  sharedWith: string | null
}

export function placeOf({ facilityId, sharedWith }: Fields): Place {
  return { facilityId: String(facilityId), sharedWith: typeof sharedWith === 'string' ? sharedWith : null }
}

/** All that hold the same records by the same sharing are one room: `home`, or `home+second+third`. */
export function roomAt({ facilityId, sharedWith }: Place): string {
  return sharedWith === null ? facilityId : `${facilityId}${AND}${sharedWith}`
}

export function placeIn(room: string): Place {
  const [facilityId = room, ...others] = room.split(AND)
  return { facilityId, sharedWith: joined(others) }
}

/** The facilities whose doctors are in a room. */
export function facilitiesOf(room: string): string[] {
  return room.split(AND)
}

export function isShared(room: string): boolean {
  return room.includes(AND)
}

/** Whether somebody who works at these facilities is in the room. */
export function isInRoom(facilities: readonly string[], room: string): boolean {
  return facilities.includes(room) || (isShared(room) && facilitiesOf(room).some((one) => facilities.includes(one)))
}

export function sharesOf({ sharedWith }: Place): string[] {
  return sharedWith === null ? [] : sharedWith.split(AND)
}

export function sharedAlsoWith(place: Place, facility: string): Place {
  return withShares(place, [...sharesOf(place), facility])
}

export function sharedNoMoreWith(place: Place, facility: string): Place {
  return withShares(
    place,
    sharesOf(place).filter((one) => one !== facility),
  )
}

/** A record shares nothing with its own home: one that moved to where it was shared is there as any other. */
export function settled(place: Place): Place {
  return withShares(place, sharesOf(place))
}

function withShares({ facilityId }: Place, shares: readonly string[]): Place {
  return { facilityId, sharedWith: joined([...new Set(shares)].filter((one) => one !== facilityId).sort()) }
}

function joined(facilities: readonly string[]): string | null {
  return facilities.length === 0 ? null : facilities.join(AND)
}
