/** Greetings, pulls and pages at a time in one process: they share one reading connection, so more would only wait there. */
export const READS_AT_ONCE = 4
/** Behind them. A pull of 1,000 records takes about 10 ms, so the last of them waits for a second. */
export const READS_WAITING = 100
/** With this many pushes waiting, reads are turned away: what was typed goes before what is looked at. */
export const PUSHES_FIRST = 200

const LEAST_RETRY_MS = 500
const MOST_RETRY_MS = 60_000
/** What a read is thought to take until some were seen. */
const FIRST_GUESS_MS = 10

/** Come back at a random time up to then. */
export class Busy extends Error {
  constructor(readonly retryAfterMs: number) {
    super('busy')
    this.name = 'Busy'
  }
}

export interface AdmissionSettings {
  /** Milliseconds of any clock that only goes forward. */
  now: () => number
  pushesWaiting: () => number
}

export type Admission = ReturnType<typeof createAdmission>

/**
 * Takes reads in turn when many devices come back at once (rule L4). Whoever is turned away hears a longer time the more
 * were turned away before, so that they do not all come back together.
 */
export function createAdmission({ now, pushesWaiting }: AdmissionSettings) {
  const waiting: (() => void)[] = []
  let running = 0
  let tookMs = FIRST_GUESS_MS
  /** By then, those who were turned away would have had their turn. */
  let promisedUntil = 0

  function turnAway(): never {
    const ahead = ((waiting.length + running) / READS_AT_ONCE) * tookMs
    promisedUntil = Math.max(promisedUntil, now() + ahead) + tookMs / READS_AT_ONCE
    // Twice: a random time up to here is half of it in the middle.
    const retryAfterMs = Math.round(2 * (promisedUntil - now()))
    throw new Busy(Math.min(MOST_RETRY_MS, Math.max(LEAST_RETRY_MS, retryAfterMs)))
  }

  async function turn(): Promise<void> {
    if (running < READS_AT_ONCE) {
      running += 1
      return
    }
    await new Promise<void>((next) => waiting.push(next))
  }

  /** Hands the place to the next one, so that nobody who comes now goes before. */
  function leave(): void {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }

  const pushesFirst = () => pushesWaiting() >= PUSHES_FIRST

  return {
    pushesFirst,
    /** Throws `Busy` when too many wait. */
    async read<T>(work: () => Promise<T>): Promise<T> {
      if (waiting.length >= READS_WAITING || pushesFirst()) turnAway()
      await turn()
      const began = now()
      try {
        return await work()
      } finally {
        tookMs += (now() - began - tookMs) / 8
        leave()
      }
    },
  }
}
