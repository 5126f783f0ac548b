import { type CollectionName, collections, EVERYWHERE } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import type { RecordMemory } from './memory.ts'
import type { LocalRecord } from './tablet.ts'

type Records = readonly LocalRecord<CollectionName>[]

/** What the screens may see: everything, or after the lease what is still to be sent and what is no client's. */
export class Shown {
  readonly #open = new WeakMap<Records, Records>()

  constructor(
    readonly memory: RecordMemory,
    readonly isOver: () => boolean,
  ) {}

  list(collection: CollectionName): Records {
    const all = this.memory.list(collection)
    if (!this.isOver() || isEverybodys(collection)) return all
    // The same list as long as nothing changes, or the screens would draw for ever.
    const known = this.#open.get(all) ?? all.filter(isUnsent)
    this.#open.set(all, known)
    return known
  }

  get(collection: CollectionName, id: string): LocalRecord<CollectionName> | undefined {
    const found = this.memory.get(collection, id)
    return found && (!this.isOver() || isEverybodys(collection) || isUnsent(found)) ? found : undefined
  }
}

function isUnsent({ state }: LocalRecord<CollectionName>): boolean {
  return state === 'unsent'
}

/** Programs: without them nobody could be enrolled. */
function isEverybodys(collection: CollectionName): boolean {
  return collections[collection].roomOf({} as Fields) === EVERYWHERE
}
