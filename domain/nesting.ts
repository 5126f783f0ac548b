/** JSON of ours is at most 6 levels deep. What is deeper is nobody's record, and makes recursive code run out of stack. */
export const JSON_DEPTH = 32

/** Without recursion, so that the deepest value can be asked about. */
export function isNestedDeeper(value: unknown, levels = JSON_DEPTH): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    level = level.filter((one) => typeof one === 'object' && one !== null)
    if (level.length > 0 && depth >= levels) return true
    level = level.flatMap((one) => Object.values(one as object))
  }
  return false
}
