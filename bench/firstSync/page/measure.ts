/** ms since the start, by name; `all` is when the work was done. */
export interface Marks {
  [name: string]: number
  all: number
}

/** What a page's script sets, and the bench calls. */
export type Measure<Input> = (input: Input) => Promise<Marks>

/** The clock starts with the script loaded: the size of a page is not what is measured. */
export function offerMeasure<Input>(work: (input: Input, mark: (name: string) => void) => Promise<void>): void {
  const measure: Measure<Input> = async (input) => {
    const start = performance.now()
    const marks: Record<string, number> = {}
    await work(input, (name) => {
      marks[name] ??= performance.now() - start
    })
    return { ...marks, all: performance.now() - start }
  }
  Object.assign(globalThis, { measure, countStored })
}

/** Rows of the fullest object store in this browser: a look behind every library's back. */
async function countStored(): Promise<number> {
  const counts = await Promise.all((await indexedDB.databases()).map(({ name }) => countIn(name ?? '')))
  return Math.max(...counts.flat())
}

async function countIn(name: string): Promise<number[]> {
  const database = await answer(indexedDB.open(name))
  const stores = [...database.objectStoreNames]
  const counts = await Promise.all(stores.map((store) => answer(database.transaction(store).objectStore(store).count())))
  database.close()
  return counts
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
