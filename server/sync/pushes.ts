import { setImmediate as nextTurn } from 'node:timers/promises'
import { refuse } from '#domain/problem.ts'
import type { Change, VoidChange } from '#domain/sync/change.ts'
import { isDatabaseError } from '#server/database/failure.ts'
import type { Author, Batch } from './batch.ts'
import { type PushEnd, pushChanges } from './push.ts'

type Sent = Change | VoidChange

interface Waiting {
  author: Author
  changes: readonly Sent[]
  answered(answer: PushEnd): void
  failed(error: unknown): void
}

/** Changes of one transaction: about 60 ms of work, while other tablets wait for theirs. One commit costs 0.4 to 20 ms. */
export const GROUP_CHANGES = 200
/** Other sockets get a turn when a group has worked this long. */
const TURN_MS = 10
/** Far more than tablets of one server; each has one push in flight. */
export const PUSHES_WAITING = 2_000

export type Pushes = ReturnType<typeof createPushes>

/** The pushes that wait while a transaction runs share the next one (rule P15). */
export function createPushes(inBatch: <T>(work: (batch: Batch) => Promise<T>) => Promise<T>) {
  const waiting: Waiting[] = []
  let running = false

  async function run(): Promise<void> {
    while (waiting.length > 0) await take(waiting.splice(0, groupSize(waiting)))
    running = false
  }

  /** All in one transaction; when the database refuses that, each in one of its own. */
  async function take(group: readonly Waiting[]): Promise<void> {
    try {
      const ends = await inBatch((batch) => takeEach(batch, group))
      for (const end of ends) end()
    } catch (error) {
      if (group.length === 1) group[0]?.failed(error)
      else for (const one of group) await take([one])
    }
  }

  return {
    async push(author: Author, changes: readonly Sent[]): Promise<PushEnd> {
      if (waiting.length >= PUSHES_WAITING) refuse('busy')
      return new Promise((answered, failed) => {
        waiting.push({ author, changes, answered, failed })
        if (running) return
        running = true
        // Not at once: what other sockets sent in this turn comes along.
        setImmediate(run)
      })
    },
    waiting: () => waiting.length,
  }
}

/** At least one, however large. */
function groupSize(waiting: readonly Waiting[]): number {
  let size = 0
  let changes = 0
  for (const one of waiting) {
    changes += one.changes.length
    if (size > 0 && changes > GROUP_CHANGES) break
    size += 1
  }
  return size
}

/** @returns what to tell each device after the commit */
async function takeEach(batch: Batch, group: readonly Waiting[]): Promise<(() => void)[]> {
  const ends: (() => void)[] = []
  let turn = performance.now()
  for (const one of group) {
    ends.push(await takeOne(batch, one))
    if (performance.now() - turn < TURN_MS) continue
    await nextTurn()
    turn = performance.now()
  }
  return ends
}

/** What goes wrong in one device's push leaves nothing of it, and all of the others'. */
async function takeOne(batch: Batch, { author, changes, answered, failed }: Waiting): Promise<() => void> {
  await batch.sql.run('SAVEPOINT push')
  try {
    const answer = await batch.attempt(() => pushChanges(batch, author, changes))
    await batch.sql.run('RELEASE push')
    const end = () => answered(answer)
    if (batch.without.has('after-commit')) end()
    return end
  } catch (error) {
    if (isDatabaseError(error)) throw error
    await batch.sql.run('ROLLBACK TO push')
    await batch.sql.run('RELEASE push')
    return () => failed(error)
  }
}
