import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import type { WebSocket } from 'ws'
import type { Line } from './line.ts'

/** The `ws` that engine.io uses, so that both sides of the comparison speak through the same code. */
const engine = createRequire(resolve('package.json')).resolve('engine.io')
const Socket = createRequire(engine)('ws') as typeof WebSocket

/** A bare broadcast of `bytes`: no session, no database, nothing kept. What no live path can be quicker than. */
export async function openBroadcast(receivers: number, bytes: string): Promise<Line> {
  const child = fork('bench/live/broadcaster.mjs')
  const [port] = (await once(child, 'message')) as [number]
  const connect = async () => {
    const socket = new Socket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false })
    await once(socket, 'open')
    return socket
  }
  const sender = await connect()
  const sockets = await Promise.all(Array.from({ length: receivers }, connect))
  return {
    async edit() {
      const began = performance.now()
      const arrivals = sockets.map(async (socket) => {
        const [text] = (await once(socket, 'message')) as [Buffer]
        JSON.parse(text.toString())
        return performance.now() - began
      })
      sender.send(bytes)
      return Promise.all(arrivals)
    },
    async close() {
      for (const socket of [sender, ...sockets]) socket.terminate()
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
