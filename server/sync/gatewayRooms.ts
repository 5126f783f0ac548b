import type { Server } from 'socket.io'
import { COLLECTION_NAMES, EVERYWHERE } from '#domain/collections.ts'
import { facilitiesOf } from '#domain/facilities/place.ts'
import { EVENTS, type MovedEvent } from '#domain/sync/protocol.ts'
import { roomsOf } from '#domain/sync/rooms.ts'
import type { Services } from '#server/services.ts'
import type { TabletSocket } from './gateway.ts'

/** Rooms of records, apart from those that the gateway makes for itself. */
export const roomName = (room: string) => `room:${room}`

/**
 * S15: a room begins with the first record that is shared in it. Who works at a facility of it joins it where they are, and is
 * told to look: nothing was said to them before.
 */
export async function admitToShared(io: Server, { records }: Services): Promise<void> {
  const tablets = ([...io.sockets.sockets.values()] as unknown as TabletSocket[]).flatMap((socket) => {
    const { viewer, account } = socket.data
    return viewer === null || account === null ? [] : [{ socket, facilities: account.facilities }]
  })
  const rooms = await records.sharedRooms([...new Set(tablets.flatMap(({ facilities }) => facilities))])
  if (rooms.length === 0) return
  const byFacility = new Map<string, string[]>()
  for (const room of rooms) for (const one of facilitiesOf(room)) byFacility.set(one, [...(byFacility.get(one) ?? []), room])
  const head = await records.head()
  for (const { socket, facilities } of tablets) {
    const own = new Set(facilities.flatMap((facility) => byFacility.get(facility) ?? []))
    const missing = [...own].filter((room) => !socket.rooms.has(roomName(room)))
    if (missing.length === 0) continue
    await socket.join(missing.map(roomName))
    for (const moved of looks(head, missing)) socket.emit(EVENTS.moved, moved)
  }
}

function looks({ epoch, seq }: { epoch: string; seq: number }, rooms: readonly string[]): MovedEvent[] {
  const places = COLLECTION_NAMES.flatMap((collection) =>
    roomsOf(collection, rooms)
      .filter((room) => room !== EVERYWHERE)
      .map((room) => ({ collection, room })),
  )
  return places.map((place) => ({ epoch, ...place, prev: seq, seq, records: null, witness: null }))
}
