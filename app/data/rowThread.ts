/** What the thread is asked: the rows of one collection, after an id. */
export interface RowTask {
  task: number
  /** Names of the database and its store in IndexedDB. */
  database: string
  table: string
  key: CryptoKey
  /** What the rows were bound to when they were encrypted. */
  collection: string
  version: number
  after: string
}

export interface RowPart {
  task: number
  /** Rows as JSON, or null when there was a problem. */
  text: string | null
  problem: string | null
  isLast: boolean
}

export interface RowThread {
  /** The rows as JSON arrays, some at a time. Throws what the thread met, or that it could not be started. */
  read(what: Omit<RowTask, 'task'>): AsyncGenerator<string>
  stop(): void
}

/** A thread of its own that reads and decrypts, while this one parses and shows. Null where the browser has none. */
export function startRowThread(): RowThread | null {
  const worker = begin()
  if (worker === null) return null
  const tasks = new Map<number, (part: RowPart) => void>()
  let begun = 0
  const fail = (problem: string) => {
    for (const [task, take] of tasks) take({ task, text: null, problem, isLast: true })
  }
  worker.onmessage = ({ data }: MessageEvent<RowPart>) => tasks.get(data.task)?.(data)
  // A policy, a file that is missing, a browser without modules in workers.
  worker.onerror = (event) => fail(`the thread for rows: ${event.message}`)
  return {
    async *read(what) {
      begun += 1
      const task = begun
      const parts: RowPart[] = []
      let wake = () => {}
      tasks.set(task, (part) => {
        parts.push(part)
        wake()
      })
      worker.postMessage({ ...what, task } satisfies RowTask)
      try {
        for (;;) {
          const part = parts.shift()
          if (part === undefined) {
            await new Promise<void>((resolve) => {
              wake = resolve
            })
            continue
          }
          if (part.text === null) throw new Error(part.problem ?? 'the thread for rows')
          yield part.text
          if (part.isLast) return
        }
      } finally {
        tasks.delete(task)
      }
    },
    stop() {
      worker.terminate()
      fail('the thread for rows was stopped')
    },
  }
}

function begin(): Worker | null {
  try {
    return new Worker(new URL('./rowWorker.ts', import.meta.url), { type: 'module', name: 'rows' })
  } catch {
    return null
  }
}
