import { connect, type Socket } from 'node:net'

export interface Measured {
  perSecond: number
  /** ms */
  p50: number
  p99: number
  failed: number
}

/**
 * Asks again and again on some kept connections, each the next as soon as the last is answered. Written on sockets: a web
 * client would take as much of the machine as the quicker of the servers.
 * @param headOf the request, whole
 */
export async function load(port: number, connections: number, ms: number, headOf: () => string): Promise<Measured> {
  const times: number[] = []
  let failed = 0
  const end = performance.now() + ms
  const began = performance.now()
  await Promise.all(Array.from({ length: connections }, one))
  const seconds = (performance.now() - began) / 1000
  times.sort((a, b) => a - b)
  const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), failed }

  async function one(): Promise<void> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    while (performance.now() < end) {
      const sent = performance.now()
      const status = await ask(socket, headOf())
      times.push(performance.now() - sent)
      if (status !== 200) failed += 1
    }
    socket.destroy()
  }
}

/** @returns the status of the answer, once all of its body is here */
function ask(socket: Socket, head: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = ''
    const hear = (more: Buffer) => {
      text += more.toString('latin1')
      const split = text.indexOf('\r\n\r\n')
      if (split === -1) return
      const length = Number(/content-length: *(\d+)/i.exec(text.slice(0, split))?.[1] ?? Number.NaN)
      if (text.length < split + 4 + length) return
      socket.off('data', hear).off('close', broken)
      resolve(Number(text.slice(9, 12)))
    }
    const broken = () => reject(new Error('the connection was closed'))
    socket.on('data', hear).once('close', broken)
    socket.write(head)
  })
}
