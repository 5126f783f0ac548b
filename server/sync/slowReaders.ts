/** What socket.io's connection holds back while an earlier message is on its way (engine.io's Socket). */
interface Connection {
  writeBuffer?: readonly { data?: unknown }[]
  close(discard?: boolean): void
  transport?: { socket?: { terminate?(): void } }
}

/**
 * Bytes, near enough, that wait behind the message being sent. That one does not count: an answer of 1,000 records takes a
 * weak line a minute, and whoever is cut off for it would ask for it again.
 */
export function bytesWaiting({ writeBuffer = [] }: Connection): number {
  let bytes = 0
  for (const { data } of writeBuffer) if (typeof data === 'string' || Buffer.isBuffer(data)) bytes += data.length
  return bytes
}

/** Without a word: a closing handshake would wait behind what is not being read. The tablet comes back, and pulls. */
export function cut(connection: Connection): void {
  connection.close(true)
  connection.transport?.socket?.terminate?.()
}
