/** How much of an application's past is looked at. */
export const USAGE_DAYS = 30

/** Fewer clients than this in a day are never called unusual. */
const FEWEST_UNUSUAL = 50
const TIMES_USUAL = 5

/** From how many different clients in one day on an administrator is told. @param usual the median of the days before */
export function unusualFrom(usual: number): number {
  return Math.max(FEWEST_UNUSUAL, Math.ceil(usual * TIMES_USUAL))
}

/** 0 for nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [below, above] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0]
  return (below + above) / 2
}
