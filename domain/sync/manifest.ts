import { z } from 'zod'

/**
 * Sums over the records of a room, by which a device notices that it holds something else than the server, whatever the
 * reason. 256 cells by id, so that only what differs is fetched again (domain/sync/SPEC.md, C1 to C3).
 */

export const CELLS = 256
const HALF = 2 ** 32

export const manifestSum = z.object({
  /** Records that are not deleted. */
  count: z.number().int().nonnegative(),
  /** Two sums mod 2^32 of the two halves of `recordHash`. */
  low: z.number().int().nonnegative(),
  high: z.number().int().nonnegative(),
  /** The newest number that changed it. */
  seq: z.number().int().nonnegative(),
})
export type ManifestSum = z.infer<typeof manifestSum>

/** The cell of a record, 0 to 255. */
export function cellOf(id: string): number {
  return mix(id, 0x9e3779b1)[0] & 0xff
}

/** 64 bits of a record's id and number, in two halves of 32. */
export function recordHash(id: string, seq: number): readonly [low: number, high: number] {
  return mix(`${id}|${seq}`, 0x2545f491)
}

/** `sum` with one record more (`times` 1) or less (`times` -1). */
export function addTo(sum: { count: number; low: number; high: number }, id: string, seq: number, times: 1 | -1): void {
  const [low, high] = recordHash(id, seq)
  sum.count += times
  sum.low = (sum.low + times * low + HALF) % HALF
  sum.high = (sum.high + times * high + HALF) % HALF
}

/** Two multiply-and-rotate lanes, finished with murmur3's last step. No secret: it finds accidents, not attacks. */
function mix(text: string, seed: number): [number, number] {
  let a = seed ^ text.length
  let b = seed ^ 0x85ebca6b
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    a = Math.imul(a ^ code, 0x5bd1e995)
    a = (a << 13) | (a >>> 19)
    b = Math.imul(b ^ code, 0x1b873593)
    b = (b << 15) | (b >>> 17)
  }
  return [finish(a), finish(b ^ a)]
}

function finish(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
