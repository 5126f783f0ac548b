import { asksForPrograms, type ClientFilter, type Described, type Enrolled, isNarrowing, narrowedBy } from './clientFilter.ts'
import { searchClients } from './searchClients.ts'
import { buildIndex, type Searchable, type SearchIndex } from './searchIndex.ts'

export type Findable = Searchable & Described
export type Episode = Enrolled & { id: string }

/** What the thread that searches is told, and asked. */
export type SearchTask =
  | { kind: 'put'; clients: readonly Findable[]; gone: readonly string[] }
  | { kind: 'enrolled'; enrollments: readonly Episode[]; gone: readonly string[] }
  | Question

/** `today` is 'YYYY-MM-DD'. */
interface Question {
  kind: 'search'
  typed: string
  limit: number
  filter: ClientFilter
  today: string
}

/** Ids, best first, at most as many as were asked for, and the filter they were found with. */
export interface SearchAnswer {
  typed: string
  filter: ClientFilter
  ids: readonly string[]
  total: number
}

export interface DeskOptions {
  answer: (answer: SearchAnswer) => void
  /** After what else is waiting: people come in portions, and the index is built for several of them at once. */
  later: (work: () => void) => void
}

/**
 * Knows who is searched, and answers the latest question: at once by the index there is, and again when a newer one
 * stands. Before there is any, the question waits; one about programs waits until somebody has told of them.
 */
export class SearchDesk {
  readonly #clients = new Map<string, Findable>()
  readonly #episodes = new Map<string, Episode>()
  #index: SearchIndex<Findable> | null = null
  /** Of each client; null until it has been told who is enrolled in what. */
  #enrolled: ReadonlyMap<string, readonly Episode[]> | null = null
  #knowsEpisodes = false
  #isBuilding = false
  #asked: Question | null = null

  constructor(readonly options: DeskOptions) {}

  take(task: SearchTask): void {
    if (task.kind === 'put') this.#put(task)
    else if (task.kind === 'enrolled') this.#enrol(task)
    else {
      this.#asked = task
      this.#answer()
    }
  }

  #put({ clients, gone }: Extract<SearchTask, { kind: 'put' }>): void {
    for (const client of clients) this.#clients.set(client.id, client)
    for (const id of gone) this.#clients.delete(id)
    this.#buildLater()
  }

  #enrol({ enrollments, gone }: Extract<SearchTask, { kind: 'enrolled' }>): void {
    for (const enrollment of enrollments) this.#episodes.set(enrollment.id, enrollment)
    for (const id of gone) this.#episodes.delete(id)
    this.#knowsEpisodes = true
    this.#buildLater()
  }

  #buildLater(): void {
    if (this.#isBuilding) return
    this.#isBuilding = true
    this.options.later(() => {
      this.#isBuilding = false
      this.#index = buildIndex([...this.#clients.values()])
      if (this.#knowsEpisodes) this.#enrolled = byClient(this.#episodes.values())
      this.#answer()
    })
  }

  #answer(): void {
    if (this.#asked === null || this.#index === null) return
    const { typed, limit, filter, today } = this.#asked
    if (asksForPrograms(filter) && this.#enrolled === null) return
    const fits = isNarrowing(filter) ? narrowedBy(filter, today, (id) => this.#enrolled?.get(id) ?? []) : undefined
    const { clients, total } = searchClients(this.#index, typed, limit, fits)
    this.options.answer({ typed, filter, ids: clients.map(({ id }) => id), total })
  }
}

function byClient(episodes: Iterable<Episode>): Map<string, Episode[]> {
  const map = new Map<string, Episode[]>()
  for (const episode of episodes) {
    const others = map.get(episode.clientId)
    if (others) others.push(episode)
    else map.set(episode.clientId, [episode])
  }
  return map
}
