import type { Overview } from '#domain/statistics/overview.ts'
import { EVENTS } from '#domain/sync/protocol.ts'
import { keepConnected, openSocket } from './socket.ts'

/**
 * Live figures of the dashboard, for as long as the page is open.
 * @returns the way to stop
 */
export function watchStatistics(onOverview: (overview: Overview) => void, onState: (live: boolean) => void): () => void {
  const socket = openSocket()
  socket.on('connect', () => {
    onState(true)
    socket.emit(EVENTS.statistics)
  })
  socket.on('disconnect', () => onState(false))
  socket.on(EVENTS.statistics, onOverview)
  return keepConnected(socket)
}
