import type { CollectionName } from '#domain/collections.ts'
import { SNAPSHOT_RECORDS, type SnapshotPage, type SnapshotRequest } from '#domain/sync/protocol.ts'
import type { Mirror } from './mirror.ts'
import type { Notes } from './notes.ts'
import { OtherEpoch } from './problems.ts'
import { type Arriving, type ProgressOf, without } from './progress.ts'
import type { Transport } from './transport.ts'
import { newerWitness } from './witness.ts'

export interface FirstPagesOptions {
  mirror: Mirror
  progress: Notes<ProgressOf>
  transport: Transport
  /** A page is here. */
  onArrived: () => void
}

/** Where the records of a first sync are to come from. */
export interface Source {
  collection: CollectionName
  /** Throws `OtherEpoch` when a page is of another. */
  epoch: string | null
  /** While the mirror is rebuilt: ids that came are noted here, and what comes stands over whatever is there. */
  seen: Set<string> | null
}

/**
 * What was changed last in each room ahead of the pages of any: it is worked with first, and tells how much there is
 * (rule F5). Then pages by id; one that is here is never asked for again (rule F1).
 */
export async function bringFirstPages(options: FirstPagesOptions, source: Source, rooms: readonly string[]): Promise<void> {
  const { progress } = options
  for (const room of rooms) {
    if (progress.read(source.collection).arriving[room] === undefined) await newestFirst(options, { ...source, room })
  }
  for (const room of rooms) await bringPages(options, { ...source, room })
}

interface RoomSource extends Source {
  room: string
}

async function bringPages(options: FirstPagesOptions, source: RoomSource): Promise<void> {
  const { collection, room } = source
  let arriving: Arriving | undefined = options.progress.read(collection).arriving[room]
  let next = arriving === undefined ? null : readPage(options, source, { collection, room, after: arriving.after })
  while (arriving !== undefined && next !== null) {
    const page: SnapshotPage = await next
    const isLast = page.records.length < SNAPSHOT_RECORDS
    const after: string = page.records.at(-1)?.id ?? arriving.after
    // The next page travels while this one is written; should it fail, that shows when it is waited for.
    next = isLast ? null : readPage(options, source, { collection, room, after })
    next?.catch(() => undefined)
    await writePage(options, source, page)
    const received = arriving.received + page.records.length
    arriving = { ...arriving, after, received, total: Math.max(arriving.total, page.total) }
    await (isLast ? hasArrived(options, source, arriving) : keepArriving(options, source, arriving))
  }
}

/**
 * Notes where the pages begin before anybody of them is here: who is removed while this tablet is off, right after the
 * first ones were written, would stay here otherwise, as the next page does not name them.
 */
async function newestFirst(options: FirstPagesOptions, source: RoomSource): Promise<void> {
  const { collection, room } = source
  const page = await readPage(options, source, { collection, room, recent: true })
  const arriving = { seq: page.seq, after: '', received: 0, total: page.total }
  if (page.total > 0) await keepArriving(options, source, arriving)
  await writePage(options, source, page)
  if (page.records.length >= page.total) await hasArrived(options, source, arriving)
}

async function readPage({ transport }: FirstPagesOptions, { epoch }: Source, request: SnapshotRequest): Promise<SnapshotPage> {
  const page = await transport.snapshot(request)
  if (page.epoch !== epoch) throw new OtherEpoch()
  return page
}

async function writePage({ mirror, progress }: FirstPagesOptions, { collection, seen }: Source, page: SnapshotPage): Promise<void> {
  for (const { id } of page.records) seen?.add(id)
  const documents = page.records.map((record) => ({ ...record, _deleted: false }))
  await mirror.write(collection, documents, { rebuild: seen !== null })
  progress.remember(collection, { witness: newerWitness(progress.read(collection).witness, page.witness) })
}

async function keepArriving(
  { progress, onArrived }: FirstPagesOptions,
  { collection, room }: RoomSource,
  arriving: Arriving,
): Promise<void> {
  const { arriving: others, witness } = progress.read(collection)
  await progress.write(collection, { arriving: { ...others, [room]: arriving }, witness })
  onArrived()
}

async function hasArrived(
  { progress, onArrived }: FirstPagesOptions,
  { collection, room }: RoomSource,
  { seq, received, total }: Arriving,
): Promise<void> {
  const { cursors, arriving, brought, witness } = progress.read(collection)
  await progress.write(collection, {
    cursors: { ...cursors, [room]: seq },
    arriving: without(arriving, [room]),
    // Records that were removed while the pages travelled count too, or the sum would go back.
    brought: { ...brought, [room]: Math.max(received, total) },
    witness,
  })
  onArrived()
}
