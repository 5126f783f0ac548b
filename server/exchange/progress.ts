/** How far it is, for the person at the terminal: a bar that moves, or a line now and then where nobody watches. */

const BAR = 30
const QUIET_MS = 5_000

export interface Progress {
  bytes(read: number): void
  people(count: number): void
  /** Takes the bar away, so that a line can be written. */
  clear(): void
}

type Output = Pick<NodeJS.WriteStream, 'write'> & { isTTY?: boolean }

/** @param total bytes of all files */
export function createProgress(total: number, output: Output, now: () => number): Progress {
  let read = 0
  let people = 0
  let shownAt = now()
  const draw = () => {
    const part = total === 0 ? 1 : Math.min(1, read / total)
    const filled = Math.round(part * BAR)
    output.write(`\r[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${Math.floor(part * 100)} %  ${people} people`)
  }
  const show = () => {
    if (output.isTTY) return draw()
    if (now() - shownAt < QUIET_MS) return
    shownAt = now()
    output.write(`${people} people so far\n`)
  }
  return {
    bytes: (bytes) => {
      read = bytes
    },
    people: (count) => {
      people = count
      show()
    },
    clear: () => void (output.isTTY && output.write('\r\u001b[K')),
  }
}

const OFTEN_MS = 300

/** How far an import is. */
export interface Reached {
  /** Bytes read, of `total`. */
  read: number
  total: number
  people: number
}

/** For a program that watches: a line of JSON now and then. */
export function progressLines(total: number, print: (line: string) => void, now: () => number): Progress {
  const reached: Reached = { read: 0, total, people: 0 }
  let toldAt = Number.NEGATIVE_INFINITY
  return {
    bytes: (bytes) => {
      reached.read = bytes
    },
    people: (count) => {
      reached.people = count
      if (now() - toldAt < OFTEN_MS) return
      toldAt = now()
      print(JSON.stringify({ reached }))
    },
    clear: () => undefined,
  }
}
