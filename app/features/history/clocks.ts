import type { HistoryEntry } from './entries.ts'

/** Two clocks that differ by less are shown as one time. */
const NEAR_MS = 60_000

export interface Times {
  /** UTC ms */
  first: number
  /** When the server had it, where that was noticeably later or earlier. */
  arrived: number | null
  /** Written after it arrived: only a wrong clock can say so. */
  wasAhead: boolean
}

export function timesOf({ writtenAt, arrivedAt }: Pick<HistoryEntry, 'writtenAt' | 'arrivedAt'>): Times {
  const first = writtenAt ?? arrivedAt ?? 0
  if (writtenAt === null || arrivedAt === null || Math.abs(writtenAt - arrivedAt) <= NEAR_MS)
    return { first: arrivedAt ?? first, arrived: null, wasAhead: false }
  return { first, arrived: arrivedAt, wasAhead: writtenAt > arrivedAt }
}

/** Whether this device's clock is off so far that its times mislead. @param offset ms, null while no server has said */
export function isOff(offset: number | null): boolean {
  return offset !== null && Math.abs(offset) > NEAR_MS
}

/** Enough of a device's id to tell one from another. */
export function shortDevice(deviceId: string): string {
  return deviceId.slice(0, 8)
}
