import type { CollectionName } from '#domain/collections.ts'
import { isShared } from '#domain/facilities/place.ts'
import type { RecordMemory } from './memory.ts'
import type { Mirror } from './mirror.ts'
import type { Notes } from './notes.ts'
import { type ProgressOf, without } from './progress.ts'
import { roomOf, toGone } from './repairs.ts'

export interface Leaving {
  memory: RecordMemory
  mirror: Mirror
  progress: Notes<ProgressOf>
}

/**
 * Records of a facility that the account was taken from leave this tablet (rule S11), after it was noted that the room is
 * not here any more: it may be given back before all of this is written. Of a room that is to come from its beginning,
 * what is left of before goes too, as nothing would tell who was removed meanwhile; what is shared comes by the pull, which tells.
 * @param rooms whose records this device is to hold
 * @returns whether anything left
 */
export async function leaveRooms({ memory, mirror, progress }: Leaving, name: CollectionName, rooms: readonly string[]): Promise<boolean> {
  const { cursors, arriving, brought, rebuilding } = progress.read(name)
  const left = [cursors, arriving, brought].flatMap((part) => Object.keys(part)).filter((room) => !rooms.includes(room))
  const begun = (room: string) => rebuilding || cursors[room] !== undefined || arriving[room] !== undefined || isShared(room)
  const emptied = memory.rooms(name).filter((room) => !rooms.includes(room) || !begun(room))
  if (left.length > 0) {
    await progress.write(name, {
      cursors: without(cursors, left),
      arriving: without(arriving, left),
      brought: without(brought, left),
    })
  }
  const gone = emptied.length === 0 ? [] : [...memory.mirror(name)].filter((record) => emptied.includes(roomOf(name, record)))
  if (gone.length > 0) await mirror.write(name, gone.map(toGone))
  return left.length + gone.length > 0
}
