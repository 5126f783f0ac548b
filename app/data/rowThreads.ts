/** What a thread is asked: some rows of one collection, after an id. */
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

/** Answers of one task: first how far it reaches, then its rows. */
export type RowAnswer =
  | { task: number; kind: 'reach'; last: string; isLast: boolean }
  /** A JSON array. */
  | { task: number; kind: 'rows'; text: string }
  | { task: number; kind: 'problem'; problem: string }

export interface RowThreads {
  /** The rows as JSON arrays, some at a time, in the order of their ids. Throws what a thread met, or that it could not run. */
  read(what: Omit<RowTask, 'task'>): AsyncGenerator<string>
  stop(): void
}

/** The time is spent in decrypting, row by row: two do it in half of it, and a cheap tablet has four cores. */
const THREADS = 2

/** Threads that read and decrypt, while this one parses and shows. They begin with the first rows that are asked of them. */
export function rowThreads(): RowThreads {
  let threads: Threads | null = null
  return {
    // Where the browser lets none run, that is thrown here.
    read: (what) => {
      threads ??= new Threads(Array.from({ length: THREADS }, begin))
      return threads.read(what)
    },
    stop: () => threads?.stop(),
  }
}

function begin(): Worker {
  return new Worker(new URL('./rowWorker.ts', import.meta.url), { type: 'module', name: 'rows' })
}

interface Part {
  reach: Promise<{ last: string; isLast: boolean }>
  text: Promise<string>
}

class Threads implements RowThreads {
  readonly #answers = new Map<number, (answer: RowAnswer) => void>()
  #asked = 0

  constructor(readonly workers: readonly Worker[]) {
    for (const worker of workers) {
      worker.onmessage = ({ data }: MessageEvent<RowAnswer>) => this.#answers.get(data.task)?.(data)
      // A policy, a file that is missing, a browser without modules in workers.
      worker.onerror = (event) => this.#fail(`a thread for rows: ${event.message}`)
    }
  }

  async *read(what: Omit<RowTask, 'task'>): AsyncGenerator<string> {
    const running: Promise<string>[] = []
    let next = this.#ask(what)
    for (;;) {
      const { last, isLast } = await next.reach
      running.push(next.text)
      if (!isLast) next = this.#ask({ ...what, after: last })
      while (running.length >= (isLast ? 1 : this.workers.length)) yield (await running.shift()) ?? '[]'
      if (isLast) return
    }
  }

  stop(): void {
    for (const worker of this.workers) worker.terminate()
    this.#fail('the threads for rows were stopped')
  }

  /** In turns: each works on parts of its own. */
  #ask(what: Omit<RowTask, 'task'>): Part {
    this.#asked += 1
    const task = this.#asked
    let reached: (reach: { last: string; isLast: boolean }) => void = () => undefined
    let failed: (error: Error) => void = () => undefined
    const reach = new Promise<{ last: string; isLast: boolean }>((resolve, reject) => {
      reached = resolve
      failed = reject
    })
    const text = new Promise<string>((resolve, reject) => {
      this.#answers.set(task, (answer) => {
        if (answer.kind === 'reach') return reached(answer)
        this.#answers.delete(task)
        if (answer.kind === 'rows') return resolve(answer.text)
        const error = new Error(answer.problem)
        failed(error)
        reject(error)
      })
    })
    // Each is waited for in its turn, and shows there.
    for (const promise of [reach, text]) promise.catch(() => undefined)
    this.workers[task % this.workers.length]?.postMessage({ ...what, task } satisfies RowTask)
    return { reach, text }
  }

  #fail(problem: string): void {
    for (const [task, take] of this.#answers) take({ task, kind: 'problem', problem })
  }
}
