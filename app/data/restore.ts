import { type AnyRecord, COLLECTION_NAMES, type CollectionName, collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import type { Without } from '#domain/sync/guards.ts'
import { EVENTS, type RecoverRequest, type Welcome } from '#domain/sync/protocol.ts'
import type { RecordMemory } from './memory.ts'
import type { Notes } from './notes.ts'
import type { Outbox } from './outbox.ts'
import { partsOf } from './parts.ts'
import { answered } from './problems.ts'
import type { Progress, ProgressOf } from './progress.ts'
import type { Transport } from './transport.ts'

/** Most records handed in with one request. */
const AT_ONCE = 50
/** An issue is made by the server from what it holds; the others are somebody's work. */
const HANDED_IN: readonly CollectionName[] = ['programs', 'clients', 'enrollments']

export interface RestoreOptions {
  memory: RecordMemory
  outbox: Outbox
  progress: Notes<ProgressOf>
  transport: Transport
  without: Without
}

/**
 * The server came back from a backup (rules R2, R3, R6): what this tablet holds beyond it is handed in, what the backup
 * lacks is to be sent again, and the mirror is built anew in place. Killed half-way it begins again, and nothing comes twice.
 */
export async function takeNewEpoch(options: RestoreOptions, { epoch, epochSeq }: Welcome): Promise<void> {
  const { progress, outbox, without } = options
  // One that an earlier run has begun to build anew was handed in then, and its numbers are of the running epoch.
  const others = HANDED_IN.filter((name) => progress.read(name).epoch !== epoch)
  if (!without.has('hand-in-mirror')) for (const name of others) await handIn(options, name, epochSeq)
  if (!without.has('resend')) {
    // Not by n: a device that took a new deviceId counts its numbers from elsewhere.
    await outbox.change(outbox.entries(), (row) =>
      row.state !== 'pending' && row.epoch !== epoch && row.seq > epochSeq ? { state: 'pending' } : null,
    )
  }
  for (const name of COLLECTION_NAMES) {
    const known = progress.read(name)
    // Put back once more before anything of the epoch between was here: what is here is still of the one before that.
    const before = known.rebuilding && hasNothing(known) ? known.before : known.epoch
    // One that an earlier run has begun with stays as that run found it.
    const of = known.epoch === epoch ? known.before : before
    await progress.write(name, { epoch, cursors: {}, arriving: {}, rebuilding: true, before: of, witness: null })
  }
}

async function handIn({ memory, progress, transport }: RestoreOptions, collection: CollectionName, epochSeq: number): Promise<void> {
  const known = progress.read(collection)
  const newer = [...memory.mirror(collection)].filter(({ seq }) => seq > epochSeq)
  for (const epoch of new Set([known.before, known.epoch])) {
    if (epoch === null) continue
    for (const records of partsOf(
      newer.filter((record) => epochOf(known, collection, record) === epoch),
      AT_ONCE,
    )) {
      const request = { epoch, collection, records } as unknown as RecoverRequest
      answered(await transport.request(EVENTS.recover, request))
    }
  }
}

/** The epoch that a record's number is of: the newest pages come by id, room after room. */
function epochOf(known: Progress, collection: CollectionName, record: AnyRecord): string | null {
  const { epoch, before, rebuilding, cursors, arriving } = known
  if (!rebuilding || before === null) return epoch
  const room = collections[collection].roomOf(record as unknown as Fields)
  const page = arriving[room]
  return cursors[room] !== undefined || (page !== undefined && record.id <= page.after) ? epoch : before
}

function hasNothing({ cursors, arriving }: Progress): boolean {
  return Object.keys(cursors).length + Object.keys(arriving).length === 0
}
