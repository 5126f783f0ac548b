import { PUSH_BYTES } from '#domain/sync/protocol.ts'

/** What else is in a message. The server cuts a connection that brings a longer one, so it would be sent for ever. */
const MOST_BYTES = PUSH_BYTES * 0.75

/** Items in their order, in parts that fit into one message; one that is longer by itself stands alone. */
export function partsOf<Item>(items: readonly Item[], most: number): Item[][] {
  const parts: Item[][] = []
  let bytes = 0
  for (const item of items) {
    const size = new TextEncoder().encode(JSON.stringify(item)).length
    const part = parts.at(-1)
    if (part === undefined || part.length === most || bytes + size > MOST_BYTES) {
      parts.push([item])
      bytes = size
    } else {
      part.push(item)
      bytes += size
    }
  }
  return parts
}
