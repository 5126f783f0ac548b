import { request as ask, createServer } from 'node:http'
import { connect } from 'node:net'

const LOOK_MS = 500

/**
 * A small balancer for several nodes on one machine: each request and each socket goes to the node that is ready and whose
 * turn it is. In production a proxy that does TLS too stands in its place (docs/operations.md).
 * @param ports of the nodes on 127.0.0.1
 */
export function startBalancer(ports) {
  let ready = []
  let turn = 0
  const look = async () => {
    const states = await Promise.all(ports.map(isReady))
    ready = ports.filter((_, index) => states[index])
  }
  const timer = setInterval(look, LOOK_MS)
  const next = () => {
    turn += 1
    return ready[turn % ready.length]
  }
  /** A node that has just gone is not asked again before the next look. */
  const gone = (port) => {
    ready = ready.filter((other) => other !== port)
  }

  const server = createServer((request, response) => {
    const port = next()
    if (port === undefined) return void response.writeHead(503, { 'Retry-After': '1' }).end('No node is ready.\n')
    const passed = ask({ port, host: '127.0.0.1', method: request.method, path: request.url, headers: forwarded(request) }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(response)
      answer.on('error', () => response.destroy())
    })
    passed.on('error', () => {
      gone(port)
      if (response.headersSent) response.destroy()
      else response.writeHead(502, { 'Retry-After': '1' }).end('The node went away.\n')
    })
    response.on('close', () => passed.destroy())
    request.pipe(passed)
  })
  server.on('upgrade', (request, socket, head) => {
    const port = next()
    socket.on('error', () => socket.destroy())
    if (port === undefined) return void socket.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n')
    const node = connect(port, '127.0.0.1')
    node.on('error', () => {
      gone(port)
      socket.destroy()
    })
    node.on('close', () => socket.destroy())
    socket.on('close', () => node.destroy())
    const lines = Object.entries(forwarded(request)).flatMap(([name, values]) => [values].flat().map((value) => `${name}: ${value}`))
    node.write(`GET ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
    if (head.length > 0) node.write(head)
    node.pipe(socket)
    socket.pipe(node)
  })
  return {
    server,
    /** Resolves when so many nodes are ready. */
    async untilReady(count) {
      while (ready.length < count) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
        await look()
      }
    },
    close() {
      clearInterval(timer)
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Who is asking, for a node that trusts this balancer; what a caller says of it itself is not passed on. */
function forwarded({ headers, socket }) {
  return { ...headers, 'x-forwarded-for': socket.remoteAddress ?? '' }
}

function isReady(port) {
  return new Promise((resolve) => {
    const asked = ask({ port, host: '127.0.0.1', path: '/readyz', timeout: 6_000 }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(false))
    asked.end()
  })
}
