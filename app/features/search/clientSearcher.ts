import type { LocalRecord } from '#app/data/tablet.ts'
import type { RecordOf } from '#domain/collections.ts'
import { type SearchAnswer, SearchDesk, type SearchTask } from './searchDesk.ts'
import type { Searchable } from './searchIndex.ts'

export type Clients = readonly LocalRecord<'clients'>[]
type Client = RecordOf<'clients'>

/** Long enough for the page to be drawn, and for the records of a first reception to come together. */
const WHEN_QUIET_MS = 300
/** People told of at once: the page is busy with them for a few milliseconds. */
const PORTION = 1_000

interface Port {
  post(task: SearchTask): void
  stop(): void
}

/**
 * Searches in a thread of its own, so that the page is never busy with it: neither with building the index nor when
 * records change while somebody types. The names are in the memory of this page and of its thread, and nowhere else.
 */
export class ClientSearcher {
  /** What the thread has been told of. */
  readonly #told = new Map<string, Client>()
  readonly #waiting = new Map<string, Client | null>()
  readonly #listeners = new Set<() => void>()
  #records: Clients = []
  /** They changed while the thread was still being told of those before. */
  #isBehind = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #port: Port
  #asked: SearchTask | null = null
  answer: SearchAnswer | null = null

  constructor(begin: () => Worker) {
    this.#port = this.#open(begin)
  }

  /** Who can be found from now on. */
  update(records: Clients): void {
    this.#records = records
    this.#isBehind = true
    this.#timer ??= setTimeout(() => this.#tell(), WHEN_QUIET_MS)
  }

  search(typed: string, limit: number): void {
    this.#asked = { kind: 'search', typed, limit }
    this.#port.post(this.#asked)
  }

  /** Nothing is asked any more: what was found is no answer to what is typed next. */
  forget(): void {
    this.#asked = null
    if (this.answer !== null) this.#hear(null)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#port.stop()
  }

  #open(begin: () => Worker): Port {
    try {
      const worker = begin()
      worker.onmessage = ({ data }: MessageEvent<SearchAnswer>) => this.#hear(data)
      // A policy, a file that is missing, a browser without modules in workers: the page searches itself.
      worker.onerror = () => {
        worker.terminate()
        this.#port = this.#inPage()
        this.#told.clear()
        if (this.#asked) this.#port.post(this.#asked)
        this.update(this.#records)
      }
      return { post: (task) => worker.postMessage(task), stop: () => worker.terminate() }
    } catch {
      return this.#inPage()
    }
  }

  #inPage(): Port {
    const desk = new SearchDesk({ answer: (answer) => this.#hear(answer), later: (work) => setTimeout(work) })
    return { post: (task) => desk.take(task), stop: () => undefined }
  }

  #hear(answer: SearchAnswer | null): void {
    // One that was on its way when the question was taken back.
    if (this.#asked === null && answer !== null) return
    this.answer = answer
    for (const listener of this.#listeners) listener()
  }

  /** Finds what is new: a record that has not changed is the same object. */
  #tell(): void {
    this.#isBehind = false
    const here = new Set<string>()
    for (const { record } of this.#records) {
      // Who was joined into another is found under the other.
      if (record.mergedInto !== null) continue
      here.add(record.id)
      if (this.#told.get(record.id) !== record) this.#waiting.set(record.id, record)
      else this.#waiting.delete(record.id)
    }
    for (const id of this.#told.keys()) if (!here.has(id)) this.#waiting.set(id, null)
    this.#post()
  }

  #post(): void {
    const clients: Searchable[] = []
    const gone: string[] = []
    for (const [id, record] of this.#waiting) {
      if (clients.length + gone.length === PORTION) break
      this.#waiting.delete(id)
      if (record === null) {
        this.#told.delete(id)
        gone.push(id)
      } else {
        this.#told.set(id, record)
        clients.push(searchable(record))
      }
    }
    // Also when there is nobody: a question is to be answered.
    this.#port.post({ kind: 'put', clients, gone })
    this.#timer = this.#waiting.size > 0 ? setTimeout(() => this.#post()) : undefined
    if (this.#timer === undefined && this.#isBehind) this.update(this.#records)
  }
}

function searchable({ id, givenName, middleName, familyName, phone, nationalId }: Client): Searchable {
  return { id, givenName, middleName, familyName, phone, nationalId }
}
