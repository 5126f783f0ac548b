import type { Overview } from '#domain/statistics/overview.ts'

/** The figures that the server told last on this device, for when it cannot be asked. Counts only, never a person. */

const KEY = 'hims.figures'

/** @param account whose they are: what may be seen of small counts differs */
export function keepFigures(account: string, overview: Overview): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ account, overview }))
  } catch {
    // Without room for them they are only missing later.
  }
}

/** @returns null when there are none, or somebody else's */
export function lastFigures(account: string): Overview | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as { account?: unknown; overview?: Overview } | null
    if (kept?.account !== account || typeof kept.overview?.asOf !== 'number' || !Array.isArray(kept.overview.enrollments)) return null
    return kept.overview
  } catch {
    return null
  }
}

/** @param account only theirs; everybody's when it is left out */
export function forgetFigures(account?: string): void {
  if (account === undefined || lastFigures(account) !== null) localStorage.removeItem(KEY)
}
