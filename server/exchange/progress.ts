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
