import { COLLECTION_NAMES } from '#domain/collections.ts'
import { type MovedEvent, STREAM_RECORDS } from '#domain/sync/protocol.ts'
import { roomsOf } from '#domain/sync/rooms.ts'
import { type StoredRecord, toAnyRecord } from '#server/database/records.ts'
import type { Sql } from '#server/database/sql.ts'
import type { StagedRecord } from './batch.ts'
import type { Head } from './head.ts'

/** What one transaction wrote, and the numbers it took. */
export interface Committed {
  epoch: string
  first: number
  last: number
  records: readonly StagedRecord[]
  /** What a tablet that has these records may show for it. */
  witness?: string | null
}

/** What one transaction moved, as each room hears it. */
export interface News {
  events: MovedEvent[]
  first: number
  last: number
}

type Place = Pick<MovedEvent, 'collection' | 'room'>
const keyOf = ({ collection, room }: Place) => `${collection}|${room}`

/**
 * Makes the live messages. Every one says from which number on it is whole (`prev`), so that a tablet that missed one
 * notices. Rules S7, S9 and S12; docs/decisions/0014.
 */
export class Stream {
  /** Up to here the rooms have been told everything; null before the first look. */
  #told: Head | null = null
  /** What a room that was told nothing since counts from. */
  #from = 0
  readonly #last = new Map<string, number>()

  /** A look at the head may come between a commit and its news. */
  hasTold({ epoch, last }: Pick<Committed, 'epoch' | 'last'>): boolean {
    return this.#told !== null && epoch === this.#told.epoch && last <= this.#told.seq
  }

  /** Somebody else took numbers (an import, another process): then they are told of first. */
  missed({ epoch, first }: Pick<Committed, 'epoch' | 'first'>): boolean {
    return this.#told !== null && (epoch !== this.#told.epoch || first > this.#told.seq + 1)
  }

  get told(): Head | null {
    return this.#told
  }

  /** From here on: at the start, and in a new epoch. */
  startAt(head: Head): void {
    this.#told = head
    this.#from = head.seq
    this.#last.clear()
  }

  committed({ epoch, first, last, records, witness = null }: Committed): News {
    if (this.#told === null) this.startAt({ epoch, seq: first - 1 })
    this.#told = { epoch, seq: last }
    return { events: inRooms(records).map((moved) => ({ ...this.#event(epoch, last, moved), witness })), first, last }
  }

  /** Every room hears that it must pull; records that come after are counted from here. */
  jumped(head: Head, rooms: readonly string[]): News {
    const first = (this.#told?.seq ?? head.seq) + 1
    const places = COLLECTION_NAMES.flatMap((collection) => roomsOf(collection, rooms).map((room) => ({ collection, room })))
    const events = places.map((place) => ({
      epoch: head.epoch,
      ...place,
      prev: this.#prev(place),
      seq: head.seq,
      records: null,
      witness: null,
    }))
    this.startAt(head)
    return { events, first, last: head.seq }
  }

  #event(epoch: string, seq: number, { collection, room, records }: Moved): Omit<MovedEvent, 'witness'> {
    const prev = this.#prev({ collection, room })
    this.#last.set(keyOf({ collection, room }), seq)
    return { epoch, collection, room, prev, seq, records }
  }

  #prev(place: Place): number {
    return this.#last.get(keyOf(place)) ?? this.#from
  }
}

interface Moved extends Place {
  records: MovedEvent['records']
}

/** What moved in each room; a record that left one for another is no record here, both must pull. */
function inRooms(staged: readonly StagedRecord[]): Moved[] {
  const rooms = new Map<string, Moved>()
  const at = (place: Place): Moved => {
    const known = rooms.get(keyOf(place))
    if (known) return known
    const moved = { ...place, records: [] }
    rooms.set(keyOf(place), moved)
    return moved
  }
  for (const { collection, before, after } of staged) {
    const here = at({ collection: collection.name, room: collection.roomOf(after.fields) })
    const left = before === null ? here.room : collection.roomOf(before.fields)
    if (left !== here.room) {
      here.records = null
      at({ collection: collection.name, room: left }).records = null
    } else if (here.records !== null) {
      here.records.push(asSent(after))
      if (here.records.length > STREAM_RECORDS) here.records = null
    }
  }
  return [...rooms.values()]
}

function asSent(record: StoredRecord) {
  return record.deleted ? { id: record.id, seq: record.seq, _deleted: true } : { ...toAnyRecord(record), _deleted: false }
}

/** All there are, also of facilities that nobody works in. */
export async function everyRoom(sql: Sql): Promise<string[]> {
  const facilities = await sql.all<{ id: string }>('SELECT id FROM "Facility"')
  const shared = await sql.all<{ room: string }>('SELECT DISTINCT room FROM "SharedRoom"')
  return [...facilities.map(({ id }) => id), ...shared.map(({ room }) => room)]
}
