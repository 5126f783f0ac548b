import type { z } from 'zod'
import { type AnyRecord, type CollectionName, collections } from '#domain/collections.ts'
import type { HistoryAnswer, HistoryRequest, RemovedAnswer, RemovedRequest, SeenAnswer, SeenRequest } from '#domain/sync/asking.ts'
import type {
  ManifestAnswer,
  ManifestRequest,
  PullAnswer,
  PulledRecord,
  PullRequest,
  RepairAnswer,
  RepairRequest,
  SnapshotPage,
  snapshotRequest,
} from '#domain/sync/protocol.ts'
import { readRecord } from '#server/database/records.ts'
import type { Dependencies } from '#server/services.ts'
import { historyPage } from './history.ts'
import { checkRoom, manifestSums } from './manifest.ts'
import { Prepared } from './prepared.ts'
import { type PulledPage, pullPage } from './pull.ts'
import { removedClients } from './removed.ts'
import { seenPage } from './seen.ts'
import { parseAll, repairRecords, snapshotPage } from './snapshot.ts'
import { witnessNow } from './witness.ts'

type SnapshotQuery = z.output<typeof snapshotRequest>

/**
 * The way down: each answer is read in one state of the database. `rooms` are always those of `roomsFor`.
 * `...Text` answer with JSON texts as the database wrote them, for the wire; the others with objects.
 */
export function createReads({ database, config, without }: Pick<Dependencies, 'database' | 'config' | 'without'>) {
  const departures = !without?.has('departed')
  const pulled = (rooms: readonly string[], request: PullRequest): Promise<PulledPage & { witness: string }> =>
    database.snapshot(async (sql) => ({
      ...(await pullPage(sql, rooms, request, departures)),
      witness: await witnessNow(sql, config.secret),
    }))
  const snapshotText = (rooms: readonly string[], request: SnapshotQuery) =>
    database.snapshot(async (sql) => {
      const { head, records } = await snapshotPage(sql, rooms, request)
      return { head: { ...head, witness: await witnessNow(sql, config.secret) }, records }
    })
  return {
    async pull(rooms: readonly string[], request: PullRequest): Promise<PullAnswer> {
      const { documents, checkpoint, witness } = await pulled(rooms, request)
      return { documents: parseAll<PulledRecord>(documents), checkpoint, witness }
    },
    async pullText(rooms: readonly string[], request: PullRequest): Promise<Prepared> {
      const { documents, checkpoint, witness } = await pulled(rooms, request)
      return new Prepared(`"documents":[${documents.join(',')}],"checkpoint":${JSON.stringify(checkpoint)},"witness":"${witness}"`)
    },
    async snapshot(rooms: readonly string[], request: SnapshotQuery): Promise<SnapshotPage> {
      const { head, records } = await snapshotText(rooms, request)
      return { ...head, records: parseAll<AnyRecord>(records) }
    },
    snapshotText,
    manifest: (rooms: readonly string[], request: ManifestRequest): Promise<ManifestAnswer> => {
      if (request.of) checkRoom(collections[request.of.collection], rooms, request.of.room)
      return database.snapshot((sql) => manifestSums(sql, rooms, request))
    },
    async repair(rooms: readonly string[], request: RepairRequest): Promise<RepairAnswer> {
      const { head, records } = await database.snapshot((sql) => repairRecords(sql, rooms, request))
      return { epoch: head.epoch, head: head.seq, records: parseAll<AnyRecord>(records) }
    },
    history: (rooms: readonly string[], request: HistoryRequest): Promise<HistoryAnswer> =>
      database.snapshot((sql) => historyPage(sql, rooms, request)),
    removed: (rooms: readonly string[], request: RemovedRequest): Promise<RemovedAnswer> =>
      database.snapshot((sql) => removedClients(sql, rooms, request)),
    seen: (rooms: readonly string[], request: SeenRequest): Promise<SeenAnswer> =>
      database.snapshot((sql) => seenPage(sql, rooms, request)),
    /** Whether a record lives in one of the rooms. */
    async isIn(rooms: readonly string[], name: CollectionName, recordId: string): Promise<boolean> {
      const record = await readRecord(database.read, collections[name], recordId)
      return record !== null && rooms.includes(collections[name].roomOf(record.fields))
    },
  }
}
