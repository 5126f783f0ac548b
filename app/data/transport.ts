import type { Answer, MovedEvent, PresenceEvent, SnapshotPage, SnapshotRequest } from '#domain/sync/protocol.ts'

/** The way to the server. Real: socket.io and fetch (app/data/socket.ts). In the simulation: a lossy fake network. */
export interface Transport {
  /** Rejects when no answer came; answers `ok: false` when the server said no. */
  request<T>(event: string, body: unknown): Promise<Answer<T>>
  /** A page of the first sync. Rejects when it did not arrive whole. */
  snapshot(request: SnapshotRequest): Promise<SnapshotPage>
  /** `refused`: the server is there but does not know who this is. */
  onState(listener: (state: TransportState) => void): void
  onMoved(listener: (moved: MovedEvent) => void): void
  onPresence(listener: (presence: PresenceEvent) => void): void
  open(): void
  /** Drops this connection and makes another. */
  reconnect(): void
  close(): void
}

export type TransportState = 'connected' | 'disconnected' | 'refused'

/** What a device shows when it connects, beside the session's cookie. */
export interface Credentials {
  deviceId: string
  /** Given by the server at the first hello; null until then. */
  credential: string | null
}
