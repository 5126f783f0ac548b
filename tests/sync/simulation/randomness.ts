import type * as Crypto from 'node:crypto'

/** Random bytes of the server that come again with the seed of the history: `vi.mock('node:crypto')`. */
export function seeded(real: typeof Crypto): typeof Crypto {
  const randomBytes = (count: number) => Buffer.from(Array.from({ length: count }, () => Math.floor(Math.random() * 256)))
  return { ...real, randomBytes, randomUUID: () => crypto.randomUUID() } as unknown as typeof Crypto
}
