/** Longest wait between two tries, ms: somebody looks at the screen, or nobody does. */
const MOST_MS = { visible: 5_000, hidden: 60_000 }
const FIRST_MS = 250

export interface Patience {
  /** 0 to 1 */
  random: () => number
  visible: () => boolean
}

/** Full jitter: anything up to double the wait of the try before, or up to what the server asked for. */
export function untilNextTry(failures: number, { random, visible }: Patience, retryAfterMs?: number): number {
  const most = visible() ? MOST_MS.visible : MOST_MS.hidden
  return random() * (retryAfterMs ?? Math.min(most, FIRST_MS * 2 ** failures))
}
