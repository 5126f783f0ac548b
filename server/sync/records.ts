import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { FacilityFields } from '#domain/facilities/facility.ts'
import type { JoinAnswer, JoinRequest, PartAnswer, PartRequest, ShareAnswer, ShareRequest, UnshareRequest } from '#domain/sync/asking.ts'
import type { Change, PushResult, VoidChange } from '#domain/sync/change.ts'
import type { PushAnswer, RecoverRequest } from '#domain/sync/protocol.ts'
import type { SealedAnswer, SealedRow } from '#domain/sync/sealed.ts'
import type { UnsentFile } from '#domain/sync/unsentFile.ts'
import { type Message, WRITTEN } from '#server/database/messages.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { createAdmission } from './admission.ts'
import { applyChange } from './apply.ts'
import { type Author, Batch, type StagedRecord } from './batch.ts'
import { commit } from './commit.ts'
import { deviceOfCredential, type KnownDevice, type Shown } from './devices.ts'
import { writtenElsewhere } from './elsewhere.ts'
import { createEpochs } from './epoch.ts'
import { erasedAmong } from './erased.ts'
import { createErasures } from './erasures.ts'
import { type FacilityValues, saveFacility } from './facilities.ts'
import { type Head, readHead } from './head.ts'
import { joinClients } from './join.ts'
import { createLookup } from './lookup.ts'
import { lookAfterParked } from './parked.ts'
import { partClients } from './part.ts'
import { createPushes } from './pushes.ts'
import { type HandingIn, noteWiped, quarantineChanges } from './quarantine.ts'
import { createReads } from './reads.ts'
import { recoverRecords } from './recovery.ts'
import { openRows, takeSealed } from './sealed.ts'
import { createSealing } from './sealing.ts'
import { roomsFor, sharedRooms } from './sharedRooms.ts'
import { shareClient, unshareClient } from './sharing.ts'
import { type Committed, everyRoom, type News, Stream } from './stream.ts'
import { type BroughtIn, bringIn } from './unsentFile.ts'
import { createWelcome } from './welcome.ts'
import { signedWitness, witnessNow } from './witness.ts'

export type Records = ReturnType<typeof createRecords>

interface Missed {
  after: number
  records: StagedRecord[] | null
  /** All there are, for when that is much. */
  rooms: string[]
}

interface Actor {
  accountId: string
}

/** The records' one door: push, pull, import and the news of what moved. */
export function createRecords(dependencies: Dependencies) {
  const { config, database, now, without } = dependencies
  const news = new EventEmitter<{ moved: [News]; renewed: [string]; rights: [string] }>()
  const stream = new Stream()
  const pushes = createPushes(inBatch)
  const sealing = createSealing(dependencies)
  const erasures = createErasures(dependencies, inBatch)

  /** One transaction of changes; publishes what moved only after the commit. */
  function inBatch<T>(work: (batch: Batch) => Promise<T>): Promise<T> {
    return published(async (sql) => {
      const batch = await Batch.begin(sql, now(), config.timeZone, without)
      const answer = await work(batch)
      return { answer, committed: await commit(batch) }
    })
  }

  /** The rooms hear of it in the order of the commits. */
  async function published<T>(work: (sql: Sql) => Promise<{ answer: T; committed: Committed | null }>): Promise<T> {
    const { answer } = await database.write(
      async (sql) => {
        const { answer, committed } = await work(sql)
        const others = committed && stream.missed(committed) ? await missedBefore(sql, committed.first) : null
        return { answer, committed, others, witness: committed && (await witnessNow(sql, config.secret)) }
      },
      ({ committed, others, witness }) => {
        if (committed) tellOwn({ ...committed, witness }, others)
      },
    )
    return answer
  }

  function tellOwn(own: Committed, others: Missed | null): void {
    if (stream.hasTold(own)) return
    const { epoch, first, last } = own
    const isNext = others !== null && stream.told?.seq === others.after && stream.told.epoch === epoch
    if (isNext && others.records !== null) {
      news.emit('moved', stream.committed({ epoch, first: others.after + 1, last: first - 1, records: others.records }))
    }
    if (stream.missed(own)) news.emit('moved', stream.jumped({ epoch, seq: last }, others?.rooms ?? []))
    else news.emit('moved', stream.committed(own))
  }

  /** What others wrote between what was told last and what this transaction writes. */
  async function missedBefore(sql: Sql, first: number): Promise<Missed> {
    const after = stream.told?.seq ?? first - 1
    return { after, records: await writtenElsewhere(sql, after, first - 1), rooms: await everyRoom(sql) }
  }

  /** Notices what others did to the database: an import, a restore, another node. Cheap enough to be asked every second. */
  async function look(): Promise<void> {
    const { told } = stream
    const head = await readHead(database.read)
    if (told === null) return stream.startAt(head)
    // A head below what was told: the file was put back under a running server.
    if (head.epoch !== told.epoch || head.seq < told.seq) {
      await erasures.eraseAgain()
      return renewed(await readHead(database.read))
    }
    if (head.seq !== told.seq) await tellOfOthers(told)
  }

  async function tellOfOthers(told: Head): Promise<void> {
    const { head, records, rooms, witness } = await database.snapshot(async (sql) => {
      const head = await readHead(sql)
      const records = await writtenElsewhere(sql, told.seq, head.seq)
      return { head, records, rooms: records === null ? await everyRoom(sql) : [], witness: await witnessNow(sql, config.secret) }
    })
    // Meanwhile this process may have told of it, or of more; a new epoch is the next look's.
    if (stream.told !== told || head.epoch !== told.epoch || head.seq <= told.seq) return
    if (records === null) news.emit('moved', stream.jumped(head, rooms))
    else news.emit('moved', stream.committed({ epoch: head.epoch, first: told.seq + 1, last: head.seq, records, witness }))
  }

  /** A new history has begun: whoever is connected has to greet anew. */
  function renewed(head: Head): void {
    stream.startAt(head)
    news.emit('renewed', head.epoch)
  }

  async function putFacility(id: string, values: FacilityValues, actor: Actor): Promise<void> {
    await published(async (sql) => {
      const committed = await saveFacility(sql, id, values, { at: now(), actorId: actor.accountId })
      return { answer: null, committed }
    })
  }

  return {
    inBatch,
    push: async (author: Author, changes: readonly (Change | VoidChange)[]): Promise<PushAnswer> => {
      const answer = await pushes.push(author, changes)
      return { ...answer, witness: await witnessNow(database.read, config.secret) }
    },
    /** For operators: changes that have no outbox behind them. All of them or none. */
    apply: (author: Author, changes: readonly Change[]): Promise<PushResult[]> =>
      inBatch(async (batch) => {
        const results: PushResult[] = []
        for (const change of changes) results.push(await applyChange(batch, author, change, { pushed: false, parkedBefore: false }))
        return results
      }),
    /** Two clients turn out to be one person. */
    join: (author: Author, request: JoinRequest): Promise<JoinAnswer> => inBatch((batch) => joinClients(batch, author, request)),
    part: (author: Author, request: PartRequest): Promise<PartAnswer> => inBatch((batch) => partClients(batch, author, request)),
    /** A client of another facility, by an exact number or id. */
    lookup: createLookup(dependencies),
    share: (author: Author, request: ShareRequest): Promise<ShareAnswer> => inBatch((batch) => shareClient(batch, author, request)),
    unshare: (author: Author, request: UnshareRequest): Promise<ShareAnswer> => inBatch((batch) => unshareClient(batch, author, request)),
    /** Where what is shared with any of these facilities is. */
    sharedRooms: (facilities: readonly string[]): Promise<string[]> => sharedRooms(database.read, facilities),
    /** Where the records of who works at these facilities are; `'*'` first. */
    roomsFor: (facilities: readonly string[]): Promise<string[]> => roomsFor(database.read, facilities),
    ...createReads(dependencies),
    ...erasures,
    /** Those of many clients who were erased: a tablet asks about whom it holds something of and no record. */
    erasedAmong: (ids: readonly string[]): Promise<string[]> => erasedAmong(database.read, ids),
    /** Takes reads in turn when many devices come at once. */
    admission: createAdmission({ now: () => performance.now(), pushesWaiting: pushes.waiting }),
    /** What the server says of itself when a tablet connects, and what it learns of the tablet. */
    welcome: createWelcome(dependencies, renewed),
    /** R1: the checkpoint that is kept beside the database is a witness too: a file that was put back is noticed at the start. */
    believeCheckpoint: async (text: string | null): Promise<void> =>
      createEpochs(dependencies, renewed)(await signedWitness(database.read, text, config.secret)),
    /** After a restore: what a tablet holds beyond the backup. */
    recover: (author: Author, request: RecoverRequest) => inBatch((batch) => recoverRecords(batch, author, request)),
    /** What a device hands in that may not push any more. */
    quarantine: (caller: HandingIn, changes: readonly (Change | VoidChange)[]) =>
      inBatch((batch) => quarantineChanges(batch, caller, changes)),
    /** Sealed copies of a device that cannot read its own changes now. Opened before the writer is taken. */
    sealed: async (caller: HandingIn, deviceId: string, rows: readonly SealedRow[]): Promise<SealedAnswer> => {
      const opened = await openRows(sealing, rows)
      return inBatch((batch) => takeSealed(batch, caller, deviceId, opened))
    },
    wiped: (caller: HandingIn, deviceId: string): Promise<void> => database.write((sql) => noteWiped(sql, caller, deviceId, now())),
    /** A slice of a file of unsent changes. */
    bringIn: (by: Author, file: UnsentFile): Promise<BroughtIn[]> => inBatch((batch) => bringIn(batch, by, file)),
    /** A device has received everything up to here. */
    caughtUp: (deviceId: string, seq: number): Promise<void> =>
      database.write(async (sql) => {
        await sql.run('UPDATE "Device" SET cursor = ?, "lastSeenAt" = ? WHERE id = ?', seq, now(), deviceId)
      }),
    /** At start and hourly. */
    lookAfterParked: (): Promise<void> => inBatch(lookAfterParked),
    /** The device that a credential is good for. */
    deviceOf: (shown: Shown | null): Promise<KnownDevice | null> => deviceOfCredential(database.read, shown),
    head: () => readHead(database.read),
    createFacility: (values: FacilityValues, actor: Actor) => {
      const id = `f-${randomBytes(5).toString('hex')}`
      return putFacility(id, values, actor).then(() => id)
    },
    renameFacility: putFacility,
    facilities: () =>
      database.read.all<{ id: string } & FacilityFields>('SELECT id, name, code, country FROM "Facility" WHERE deleted = 0 ORDER BY name'),
    programs: () =>
      database.read.all<{ id: string; name: string; active: number }>(
        'SELECT id, name, active FROM "Program" WHERE deleted = 0 ORDER BY id',
      ),
    onMoved(listener: (news: News) => void): () => void {
      news.on('moved', listener)
      return () => news.off('moved', listener)
    },
    /** The epoch changed. Whoever changes it in this process says so with `renewed`; `look` notices the others. */
    onRenewed(listener: (epoch: string) => void): () => void {
      news.on('renewed', listener)
      return () => news.off('renewed', listener)
    },
    renewed,
    look,
    /** Somebody's facilities or roles changed, or the account was disabled: its connections end and begin anew. */
    rightsChanged(accountId: string): void {
      news.emit('rights', accountId)
      // A node that does not hear it finds out by itself, a few seconds later.
      database.tell({ about: 'rights', text: accountId }).catch(() => undefined)
    },
    /** What another process of this server tells. */
    async hear({ about, text }: Message): Promise<void> {
      if (about === 'rights') news.emit('rights', text)
      if (about === WRITTEN) await look()
    },
    onRightsChanged(listener: (accountId: string) => void): () => void {
      news.on('rights', listener)
      return () => news.off('rights', listener)
    },
  }
}
