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
  room: string
  /** Throws `OtherEpoch` when a page is of another. */
  epoch: string | null
  /** While the mirror is rebuilt: ids that came are noted here, and what comes stands over whatever is there. */
  seen: Set<string> | null
}

/** Pages by id, what was changed last ahead of them; a page that is here is never asked for again (rule F1). */
export async function bringFirstPages(options: FirstPagesOptions, source: Source): Promise<void> {
  const { collection, room } = source
  const known = options.progress.read(collection).arriving[room]
  let arriving = known ?? (await newestFirst(options, source))
  let next = arriving === null ? null : readPage(options, source, { collection, room, after: arriving.after })
  while (arriving !== null && next !== null) {
    const page: SnapshotPage = await next
    const isLast = page.records.length < SNAPSHOT_RECORDS
    const after: string = page.records.at(-1)?.id ?? arriving.after
    // The next page travels while this one is written; should it fail, that shows when it is waited for.
    next = isLast ? null : readPage(options, source, { collection, room, after })
    next?.catch(() => undefined)
    await writePage(options, source, page)
    arriving = { ...arriving, after, received: arriving.received + page.records.length, total: page.total }
    await (isLast ? hasArrived(options, source, arriving.seq) : keepArriving(options, source, arriving))
  }
}

/** @returns where the pages begin, or null when these were all */
async function newestFirst(options: FirstPagesOptions, source: Source): Promise<Arriving | null> {
  const { collection, room } = source
  const page = await readPage(options, source, { collection, room, recent: true })
  await writePage(options, source, page)
  if (page.records.length >= page.total) {
    await hasArrived(options, source, page.seq)
    return null
  }
  const arriving = { seq: page.seq, after: '', received: 0, total: page.total }
  await keepArriving(options, source, arriving)
  return arriving
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

async function keepArriving({ progress, onArrived }: FirstPagesOptions, { collection, room }: Source, arriving: Arriving): Promise<void> {
  const { arriving: others, witness } = progress.read(collection)
  await progress.write(collection, { arriving: { ...others, [room]: arriving }, witness })
  onArrived()
}

async function hasArrived({ progress, onArrived }: FirstPagesOptions, { collection, room }: Source, seq: number): Promise<void> {
  const { cursors, arriving, witness } = progress.read(collection)
  await progress.write(collection, { cursors: { ...cursors, [room]: seq }, arriving: without(arriving, [room]), witness })
  onArrived()
}
