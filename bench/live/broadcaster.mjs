// The peer of bench:live, a process of its own like the server: sends what one connection says to all others, and does nothing else.
import { createRequire } from 'node:module'

const { WebSocketServer } = createRequire(createRequire(import.meta.url).resolve('engine.io'))('ws')
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
server.on('listening', () => process.send(server.address().port))
server.on('connection', (sender) => {
  sender.on('message', (bytes) => {
    for (const receiver of server.clients) if (receiver !== sender) receiver.send(bytes, { binary: false })
  })
})
process.on('disconnect', () => process.exit(0))
