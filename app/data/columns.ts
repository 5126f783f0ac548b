import { COLLECTION_NAMES } from '#domain/collections.ts'

/** What of a collection's rows lies readable on the disk. */
export interface Columns {
  /** Readable, besides the id and RxDB's own fields (`_deleted`, `_rev`, `_meta`). */
  plain: readonly string[]
  /** The field that holds all the rest, encrypted. */
  into: string
  /** Fields that the schema asks for, and that are empty on the disk. */
  empty: readonly string[]
  /** Rows that stay readable as they are. */
  open: readonly string[]
  /** What stands for the hidden fields of a row that was altered or damaged; null when the row counts for nothing. */
  damaged: Record<string, unknown> | null
}

const RECORD: Columns = { plain: ['seq'], into: 'sealed', empty: [], open: [], damaged: null }
const NOTE: Columns = { plain: [], into: 'text', empty: [], open: [], damaged: { text: '{}' } }

/** Collections that are not records of the mirror. Of one that is not named, everything but the id is encrypted. */
const others: Record<string, Columns> = {
  // What a device without the key needs to hand in its work: the numbers and the copy sealed to the server.
  outbox: {
    plain: ['changeId', 'state', 'seq', 'epoch', 'size', 'sealed'],
    into: 'body',
    empty: ['reason', 'extra'],
    open: [],
    // It goes up as void, or as the copy sealed to the server.
    damaged: { body: '', reason: '', extra: '' },
  },
  // Who this device is to the server, and when they met: a locked device connects with it.
  device: { ...NOTE, open: ['device', 'contact'] },
  progress: NOTE,
}

/** RxDB's own table: the names, schemas and tokens of collections. */
const INTERNAL = '_rxdb_internal'

/** @returns null for what is not encrypted at all */
export function columnsOf(collection: string): Columns | null {
  if (collection === INTERNAL) return null
  if ((COLLECTION_NAMES as readonly string[]).includes(collection)) return RECORD
  return others[collection] ?? { ...RECORD, plain: [] }
}
