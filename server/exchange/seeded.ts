/** Chance that comes out the same each time (mulberry32), for invented people. */
export interface Chance {
  /** From 0 up to 1. */
  next(): number
  /** Whole, from `low` to `high`. */
  between(low: number, high: number): number
  /** True in `part` of the cases. */
  happens(part: number): boolean
  pick<T>(list: readonly T[]): T
  bytes(count: number): Uint8Array
  digits(count: number): string
  uuid(): string
}

export function seeded(seed: number): Chance {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  const bytes = (count: number) => Uint8Array.from({ length: count }, () => between(0, 255))
  return {
    next,
    between,
    happens: (part) => next() < part,
    pick: (list) => list[between(0, list.length - 1)] as (typeof list)[number],
    bytes,
    digits: (count) => Array.from({ length: count }, () => between(0, 9)).join(''),
    uuid: () => `${Buffer.from(bytes(16)).toString('hex')}`.replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12})/, '$1-$2-4$3-8$4-$5'),
  }
}
