import { Prepared } from './prepared.ts'

/** Packet types of socket.io's protocol (version 5). */
const ACKNOWLEDGEMENT = 3

interface Packet {
  type: number
  nsp: string
  id?: number | undefined
  data?: unknown
}

/**
 * An encoder that puts prepared answers on the wire as they are: looking for binary data in 1,000 records and writing them
 * as JSON again costs as much as reading them. Everything else goes socket.io's own way.
 */
export function preparedFirst<Encoded>(plain: { encode(packet: Packet): Encoded[] }) {
  return {
    encode(packet: Packet): (Encoded | string)[] {
      const answer: unknown = Array.isArray(packet.data) ? packet.data[0] : undefined
      const prepared = answer instanceof Prepared && packet.type === ACKNOWLEDGEMENT && packet.nsp === '/'
      return prepared ? [`${ACKNOWLEDGEMENT}${packet.id}[${answer.json}]`] : plain.encode(packet)
    },
  }
}
