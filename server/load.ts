import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'

/** A turn of the event loop takes 20 ms of waiting and some 10 ms of work; with this many on average, everybody waits. */
const LATE_MS = 500
const RESOLUTION_MS = 20
const NANOSECONDS = 1e6

export type Load = ReturnType<typeof createLoad>

/** Whether the server has more to do than it can: then it draws no dashboards, and takes what tablets send. */
export function createLoad(pushesFirst: () => boolean, meanDelayMs = eventLoopDelay()) {
  let late = false
  return {
    /** Every second, for what happened since the last look. */
    look(): void {
      late = meanDelayMs() > LATE_MS
    },
    isOver: (): boolean => late || pushesFirst(),
  }
}

/** Measures from its first call on: commands of operators never ask. */
function eventLoopDelay(): () => number {
  let delays: IntervalHistogram | undefined
  return () => {
    if (delays === undefined) {
      delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
      delays.enable()
      return 0
    }
    const mean = delays.mean / NANOSECONDS
    delays.reset()
    return Number.isFinite(mean) ? mean : 0
  }
}
