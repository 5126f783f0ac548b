import { type Patience, untilNextTry } from './retry.ts'

export interface TryingOptions {
  patience: Patience
  connect: () => void
  /** @returns the way to call it off */
  later: (ms: number, work: () => void) => () => void
}

/** A connection that ends sooner, again and again, is waited for like one that does not come: somebody ends it each time. */
const STOOD_MS = 10_000

/** One try after the other until the connection is there, each after a random wait (rule L4). */
export function untilConnected({ patience, connect, later }: TryingOptions) {
  let failures = 0
  let callOff: () => void = () => undefined
  const reset = () => {
    failures = 0
    callOff()
  }
  return {
    connected: () => {
      callOff()
      callOff = later(STOOD_MS, reset)
    },
    failed: () => {
      callOff()
      failures += 1
      callOff = later(untilNextTry(failures, patience), connect)
    },
    /** Somebody looks, or the network is back. */
    now: () => {
      reset()
      connect()
    },
    stop: reset,
  }
}
