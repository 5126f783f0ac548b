import type { Answer, MovedEvent } from '#domain/sync/protocol.ts'

/** The way to the server. Real: socket.io (app/data/socket.ts). In the simulation: a lossy fake network. */
export interface Transport {
  /** Rejects when no answer came; answers `ok: false` when the server said no. */
  request<T>(event: string, body: unknown): Promise<Answer<T>>
  /** `refused`: the server is there but does not know who this is. */
  onState(listener: (state: TransportState) => void): void
  onMoved(listener: (moved: MovedEvent) => void): void
  open(): void
  /** Drops this connection and makes another. */
  reconnect(): void
  close(): void
}

export type TransportState = 'connected' | 'disconnected' | 'refused'
