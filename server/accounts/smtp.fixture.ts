import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** A mail server of a few lines: it takes every letter, or none. */
export async function openSmtp() {
  const letters: string[] = []
  const sockets = new Set<Socket>()
  const state = { refuses: false }
  const server = createServer((socket) => {
    sockets.add(socket)
    converse(socket, state, letters)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    letters,
    state,
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function converse(socket: Socket, state: { refuses: boolean }, letters: string[]): void {
  const say = (line: string) => void socket.write(`${line}\r\n`)
  let letter: string | null = null
  let rest = ''
  say('220 clinic mail')
  socket.on('error', () => undefined)
  socket.on('data', (bytes) => {
    const lines = (rest + bytes.toString('utf8')).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (letter !== null && line !== '.') letter += `${line}\n`
      else if (letter !== null) {
        letters.push(unfolded(letter))
        letter = null
        say('250 taken')
      } else if (/^(EHLO|HELO)/.test(line)) say('250 clinic')
      else if (/^RCPT/.test(line) && state.refuses) say('550 nobody here')
      else if (/^DATA/.test(line)) {
        letter = ''
        say('354 go on')
      } else if (/^QUIT/.test(line)) socket.end('221 bye\r\n')
      else say('250 well')
    }
  })
}

/** Quoted-printable: long lines are broken with `=`, and `=` itself is written as its number. */
function unfolded(letter: string): string {
  return letter.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
