import type { LocalRecord } from '#app/data/tablet.ts'
import type { RecordOf } from '#domain/collections.ts'
import { asksForPrograms, type ClientFilter } from './clientFilter.ts'
import { type SearchAnswer, SearchDesk, type SearchTask } from './searchDesk.ts'
import { Teller } from './teller.ts'

export type Clients = readonly LocalRecord<'clients'>[]
export type Enrollments = readonly LocalRecord<'enrollments'>[]

interface Port {
  post(task: SearchTask): void
  stop(): void
}

/**
 * Searches in a thread of its own, so that the page is never busy with it: neither with building the index nor when
 * records change while somebody types. The names are in the memory of this page and of its thread, and nowhere else.
 */
export class ClientSearcher {
  readonly #listeners = new Set<() => void>()
  readonly #people = new Teller<RecordOf<'clients'>>({
    // Who was joined into another is found under the other.
    isTold: ({ mergedInto }) => mergedInto === null,
    post: (clients, gone) => this.#port.post({ kind: 'put', clients: clients.map(searchable), gone }),
  })
  readonly #episodes = new Teller<RecordOf<'enrollments'>>({
    isTold: () => true,
    post: (enrollments, gone) => this.#port.post({ kind: 'enrolled', enrollments: enrollments.map(enrolled), gone }),
  })
  #enrollments: Enrollments = []
  /** Once somebody has looked for people of a program: most never do, and it would be in the memory of every tablet. */
  #tellsOfEpisodes = false
  #port: Port
  #asked: SearchTask | null = null
  answer: SearchAnswer | null = null

  constructor(begin: () => Worker) {
    this.#port = this.#open(begin)
  }

  /** Who can be found from now on. */
  update(records: Clients): void {
    this.#people.update(records)
  }

  /** Who is enrolled in what from now on. */
  updateEnrollments(enrollments: Enrollments): void {
    this.#enrollments = enrollments
    if (this.#tellsOfEpisodes) this.#episodes.update(enrollments)
  }

  /** @param today 'YYYY-MM-DD', from which ages are reckoned */
  search(typed: string, limit: number, filter: ClientFilter = {}, today = ''): void {
    this.#asked = { kind: 'search', typed, limit, filter, today }
    this.#port.post(this.#asked)
    if (!asksForPrograms(filter) || this.#tellsOfEpisodes) return
    this.#tellsOfEpisodes = true
    this.#episodes.update(this.#enrollments)
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
    this.#people.stop()
    this.#episodes.stop()
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
        if (this.#asked) this.#port.post(this.#asked)
        this.#people.again()
        if (this.#tellsOfEpisodes) this.#episodes.again()
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
}

function searchable(client: RecordOf<'clients'>) {
  const { id, givenName, middleName, familyName, phone, nationalId, sex, bornOn, facilityId } = client
  return { id, givenName, middleName, familyName, phone, nationalId, sex, bornOn, facilityId }
}

function enrolled({ id, clientId, programId, status }: RecordOf<'enrollments'>) {
  return { id, clientId, programId, status }
}
