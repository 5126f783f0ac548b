/**
 * Mann and Whitney's rank test, by its normal approximation with a correction for ties: how many standard deviations the
 * ranks of one sample are away from what chance gives. Beyond 2.58, chance does so once in a hundred times.
 */
export function rankZ(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((value) => ({ value, mine: true })), ...other.map((value) => ({ value, mine: false }))]
  all.sort((a, b) => a.value - b.value)
  let [rankSum, ties, start] = [0, 0, 0]
  while (start < all.length) {
    let end = start
    while (end < all.length && all[end]?.value === all[start]?.value) end += 1
    const middle = (start + 1 + end) / 2
    rankSum += middle * all.slice(start, end).filter(({ mine }) => mine).length
    ties += (end - start) ** 3 - (end - start)
    start = end
  }
  const [n, m, total] = [one.length, other.length, all.length]
  const mean = (n * (total + 1)) / 2
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)))
  return (rankSum - mean) / Math.sqrt(variance)
}
