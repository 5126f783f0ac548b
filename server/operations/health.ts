import type { Database } from '#server/database/database.ts'

/** A write that takes longer is as good as none: the queue stands, or the disk does. */
const PATIENCE_MS = 5_000
/** How often a write is tried, whoever asks how often. */
const KNOWN_MS = 1_000

export type Readiness = 'ready' | 'stopping' | 'database'

/** Whether this process should be sent work. A disk that is full or broken shows here, and that it is well again, by itself. */
export function createHealth(database: Pick<Database, 'write'>, now: () => number = Date.now) {
  let stopping = false
  let known: { until: number; answer: Promise<Readiness> } | undefined

  /** Changes nothing, and goes all the way to the disk. */
  async function look(): Promise<Readiness> {
    const written = database
      .write((sql) => sql.run('UPDATE "Tail" SET id = 1 WHERE id = 1'))
      .then(
        () => 'ready' as const,
        () => 'database' as const,
      )
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<Readiness>((resolve) => {
      timer = setTimeout(() => resolve('database'), PATIENCE_MS)
    })
    return Promise.race([written, late]).finally(() => clearTimeout(timer))
  }

  return {
    stopping(): void {
      stopping = true
    },
    async readiness(): Promise<Readiness> {
      if (stopping) return 'stopping'
      if (known === undefined || known.until <= now()) known = { until: now() + KNOWN_MS, answer: look() }
      const answer = await known.answer
      return stopping ? 'stopping' : answer
    },
  }
}

export type Health = ReturnType<typeof createHealth>
