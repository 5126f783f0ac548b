import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { EVERYWHERE } from '#domain/collections.ts'
import type { Change, PushResult, VoidChange } from '#domain/sync/change.ts'
import type { PullAnswer, PullRequest, PushAnswer, Welcome } from '#domain/sync/protocol.ts'
import type { Dependencies } from '#server/services.ts'
import { applyChange } from './apply.ts'
import { type Author, Batch } from './batch.ts'
import { commit, type Moved } from './commit.ts'
import { saveFacility } from './facilities.ts'
import { pullPage } from './pull.ts'
import { pushChanges } from './push.ts'

export type Records = ReturnType<typeof createRecords>

interface Actor {
  accountId: string
}

/** The records' one door: push, pull, import and the news of what moved. */
export function createRecords({ config, database, now }: Dependencies) {
  const news = new EventEmitter<{ moved: [News] }>()

  /** One transaction of changes; publishes what moved only after the commit. */
  async function inBatch<T>(work: (batch: Batch) => Promise<T>): Promise<T> {
    const { result, moved, steps } = await database.write(async (sql) => {
      const batch = new Batch(sql, now(), config.timeZone)
      const answer = await work(batch)
      return { result: answer, moved: await commit(batch), steps: batch.steps.map((step) => step.result.seq) }
    })
    if (moved.length > 0) news.emit('moved', { moved, first: Math.min(...steps), last: Math.max(...steps) })
    return result
  }

  async function putFacility(id: string, values: { name: string; code: string | null }, actor: Actor): Promise<void> {
    const seq = await database.write((sql) => saveFacility(sql, id, values, { at: now(), actorId: actor.accountId }))
    news.emit('moved', { moved: [{ collection: 'facilities', room: EVERYWHERE, seq }], first: seq, last: seq })
  }

  return {
    inBatch,
    push: (author: Author, changes: readonly (Change | VoidChange)[]): Promise<PushAnswer> =>
      inBatch((batch) => pushChanges(batch, author, changes)),
    /** For operators: changes that have no outbox behind them. All of them or none. */
    apply: (author: Author, changes: readonly Change[]): Promise<PushResult[]> =>
      inBatch(async (batch) => {
        const results: PushResult[] = []
        for (const change of changes) results.push(await applyChange(batch, author, change, { pushed: false, parkedBefore: false }))
        return results
      }),
    pull: (rooms: readonly string[], request: PullRequest): Promise<PullAnswer> =>
      database.snapshot((sql) => pullPage(sql, rooms, request)),
    /** What the server says of itself when a tablet connects. */
    async welcome(deviceId: string, accountId: string): Promise<Pick<Welcome, 'epoch' | 'lastN' | 'time' | 'backedUpSeq'>> {
      const device = await database.read.get<{ lastN: number }>(
        'SELECT "lastN" FROM "Device" WHERE id = ? AND "accountId" = ?',
        deviceId,
        accountId,
      )
      return { epoch: (await head()).epoch, lastN: device?.lastN ?? 0, time: now(), backedUpSeq: 0 }
    },
    head,
    createFacility: (values: { name: string; code: string | null }, actor: Actor) => {
      const id = `f-${randomBytes(5).toString('hex')}`
      return putFacility(id, values, actor).then(() => id)
    },
    renameFacility: putFacility,
    facilities: () =>
      database.read.all<{ id: string; name: string; code: string | null }>(
        'SELECT id, name, code FROM "Facility" WHERE deleted = 0 ORDER BY name',
      ),
    programs: () =>
      database.read.all<{ id: string; name: string; active: number }>(
        'SELECT id, name, active FROM "Program" WHERE deleted = 0 ORDER BY id',
      ),
    onMoved(listener: (news: News) => void): () => void {
      news.on('moved', listener)
      return () => news.off('moved', listener)
    },
  }

  async function head(): Promise<{ epoch: string; seq: number }> {
    const tail = await database.read.get<{ epoch: string; seq: number }>('SELECT epoch, seq FROM "Tail" WHERE id = 1')
    if (tail === undefined) throw new Error('the Tail row is missing')
    return tail
  }
}

/** What one transaction moved, and the sequence numbers it took. */
export interface News {
  moved: Moved[]
  first: number
  last: number
}
