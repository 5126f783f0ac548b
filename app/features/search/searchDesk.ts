import { searchClients } from './searchClients.ts'
import { buildIndex, type Searchable, type SearchIndex } from './searchIndex.ts'

/** What the thread that searches is told, and asked. */
export type SearchTask =
  | { kind: 'put'; clients: readonly Searchable[]; gone: readonly string[] }
  | { kind: 'search'; typed: string; limit: number }

/** Ids, best first, at most as many as were asked for. */
export interface SearchAnswer {
  typed: string
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
 * stands. Before there is any, the question waits.
 */
export class SearchDesk {
  readonly #clients = new Map<string, Searchable>()
  #index: SearchIndex<Searchable> | null = null
  #isBuilding = false
  #asked: { typed: string; limit: number } | null = null

  constructor(readonly options: DeskOptions) {}

  take(task: SearchTask): void {
    if (task.kind === 'put') this.#put(task)
    else {
      this.#asked = task
      this.#answer()
    }
  }

  #put({ clients, gone }: Extract<SearchTask, { kind: 'put' }>): void {
    for (const client of clients) this.#clients.set(client.id, client)
    for (const id of gone) this.#clients.delete(id)
    if (this.#isBuilding) return
    this.#isBuilding = true
    this.options.later(() => {
      this.#isBuilding = false
      this.#index = buildIndex([...this.#clients.values()])
      this.#answer()
    })
  }

  #answer(): void {
    if (this.#asked === null || this.#index === null) return
    const { typed, limit } = this.#asked
    const { clients, total } = searchClients(this.#index, typed, limit)
    this.options.answer({ typed, ids: clients.map(({ id }) => id), total })
  }
}
