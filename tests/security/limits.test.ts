import { once } from 'node:events'
import { request } from 'node:http'
import { connect as connectRaw } from 'node:net'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { EVENTS, SOCKET_PATH } from '#domain/sync/protocol.ts'
import { aClient, connect, createOf, type Hospital, helloOf, openHospital, type Person } from './hospital.ts'

let hospital: Hospital
let doctor: Person
let home: string
const sockets: Socket[] = []
const FORM = 'Content-Type: application/x-www-form-urlencoded'

beforeAll(async () => {
  hospital = await openHospital({ TRUST_PROXY: '127.0.0.1', REQUEST_SECONDS: '5' })
  doctor = await hospital.people.first(true)
  home = doctor.account.facilities[0] ?? ''
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect()
  // A place is free when the server has noticed that its connection is gone.
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(hospital.defects).toEqual([])
})
afterAll(() => hospital.close())

async function tablet(deviceId: string): Promise<Socket> {
  const socket = await connect(hospital, doctor.cookie, { deviceId, credential: null })
  sockets.push(socket)
  return socket
}

async function dashboard(): Promise<Socket> {
  const socket = await connect(hospital, doctor.cookie)
  sockets.push(socket)
  return socket
}

describe('requests', () => {
  test('a form of more than 256 KB is refused, and one of less is read', async () => {
    expect(await post('/sign-in', `email=${'x'.repeat(256 * 1024)}`)).toBe(413)
    expect(await post('/sign-in', `email=${'x'.repeat(200 * 1024)}`)).toBe(400)
  })

  test('a form without a length, and what is no form, is refused before it is read', async () => {
    expect(await raw(`POST /sign-in HTTP/1.1\r\nHost: x\r\nOrigin: ${hospital.origin}\r\nTransfer-Encoding: chunked\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 411 /,
    )
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', ''])
      expect(await post('/sign-in', '{}', { 'Content-Type': type }), type).toBe(415)
  })

  test('a token request of more than 256 KB is refused, and one nested 33 deep is not understood', async () => {
    const ask = (body: string) => post('/api/auth/token/', body, { 'Content-Type': 'application/json' })
    expect(await ask(JSON.stringify({ client_id: 'x'.repeat(256 * 1024) }))).toBe(413)
    expect(await ask(`{"client_id":"a","client_secret":"b","more":${'['.repeat(33)}${']'.repeat(33)}}`)).toBe(400)
    expect(await ask('{"client_id":"a","client_secret":"b","more":[[]]}')).toBe(401)
  })

  test('headers of more than 16 KB are refused, and the next request is answered', async () => {
    expect(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(17 * 1024)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 /)
    expect((await fetch(`${hospital.origin}/healthz`)).status).toBe(200)
  })

  test('a request that does not arrive is ended', async () => {
    const began = Date.now()
    expect(await raw(`POST /sign-in HTTP/1.1\r\nHost: x\r\nOrigin: ${hospital.origin}\r\n${FORM}\r\nContent-Length: 10\r\n\r\na`)).toMatch(
      /^HTTP\/1.1 408 /,
    )
    expect(Date.now() - began).toBeGreaterThan(4_000)
  })

  test('methods that nothing here answers are told so', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'])
      expect(await raw(`${method} /people HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`), method).toMatch(/^HTTP\/1.1 405 /)
  })

  test('the pages do not believe a Host, so no link of theirs leads elsewhere', async () => {
    const answer = await raw(
      'GET /people HTTP/1.1\r\nHost: evil.example.org\r\nX-Forwarded-Host: evil.example.org\r\nConnection: close\r\n\r\n',
    )
    expect(answer).toMatch(/^HTTP\/1.1 302 /)
    expect(answer).toMatch(/\r\nLocation: \/sign-in\?next=%2Fpeople\r\n/i)
    expect(answer).not.toContain('evil')
  })
})

describe('who is asking', () => {
  test('behind a trusted proxy the audit log holds the caller, over HTTP and over a socket', async () => {
    await fetch(`${hospital.origin}/api/external/clients/X/`, { headers: { 'X-Forwarded-For': '1.2.3.4, 203.0.113.9' } })
    expect(await addresses('partner.client-read')).toEqual(['203.0.113.9'])
    const shown = { deviceId: 'device-proxy', credential: null }
    const socket = await connect(hospital, doctor.cookie, shown, { 'X-Forwarded-For': '203.0.113.10' })
    sockets.push(socket)
    await socket.emitWithAck(EVENTS.hello, helloOf('device-proxy'))
    await socket.emitWithAck(EVENTS.push, { changes: [createOf('clients', 'device-proxy', doctor, 1, aClient('Neema', home))] })
    expect(await addresses('record.changed')).toEqual(['203.0.113.10'])
  })

  async function addresses(action: string): Promise<unknown[]> {
    const rows = await hospital.database.read.all<{ ip: string }>('SELECT ip FROM "AuditEvent" WHERE action = ?', action)
    return rows.map(({ ip }) => ip)
  }
})

describe('sockets', () => {
  test('a handshake of another site, of none, or that Sec-Fetch-Site betrays, is refused', async () => {
    const upgrade = (headers: string) =>
      raw(
        `GET ${SOCKET_PATH}/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${headers}\r\n\r\n`,
      )
    expect(await upgrade('Origin: https://elsewhere.example.org')).not.toMatch(/ 101 /)
    expect(await upgrade('X-None: 1')).not.toMatch(/ 101 /)
    expect(await upgrade(`Origin: ${hospital.origin}\r\nSec-Fetch-Site: same-site`)).not.toMatch(/ 101 /)
    expect(await upgrade(`Origin: ${hospital.origin}\r\nSec-Fetch-Site: same-origin`)).toMatch(/^HTTP\/1.1 101 /)
  })

  test('a fourth connection of a session is told why it is refused; a tablet takes the place of a dashboard', async () => {
    const [oldest] = [await dashboard(), await dashboard(), await dashboard()]
    await expect(dashboard()).rejects.toThrow('too-many-connections')
    const ended = once(oldest as never, 'disconnect')
    const came = await tablet('device-fourth')
    await ended
    expect(await came.emitWithAck(EVENTS.hello, helloOf('device-fourth'))).toMatchObject({ ok: true, verdict: 'ok' })
  })

  test('a message of more than 256 KB ends its connection and no other', async () => {
    const [big, other] = [await tablet('device-big'), await tablet('device-other')]
    const ended = once(big as never, 'disconnect')
    big.emit(EVENTS.hello, { app: 'x'.repeat(300 * 1024) })
    await ended
    expect(await other.emitWithAck(EVENTS.hello, helloOf('device-other'))).toMatchObject({ ok: true })
  })

  test('nothing is compressed: a secret beside what an attacker sent cannot be measured', async () => {
    const answer = await raw(
      `GET ${SOCKET_PATH}/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: ${hospital.origin}\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1.1 101 /)
    expect(answer).not.toMatch(/permessage-deflate/i)
  })

  test('more than 50 events a second are turned away with a time to come back, and a flood ends the connection', async () => {
    const socket = await tablet('device-fast')
    const other = await tablet('device-calm')
    const answers = await Promise.all(Array.from({ length: 400 }, () => socket.emitWithAck('no-such-event', {})))
    const busy = answers.filter(({ problem }) => problem === 'busy')
    expect(busy.length).toBeGreaterThan(50)
    expect(busy[0]).toEqual({ ok: false, problem: 'busy', retryAfterMs: 5000 })
    expect(answers.filter(({ problem }) => problem === 'not-found').length).toBeGreaterThanOrEqual(250)
    const ended = once(socket as never, 'disconnect')
    for (let event = 0; event < 3_000; event += 1) socket.emit('no-such-event', {})
    await ended
    expect(await other.emitWithAck(EVENTS.hello, helloOf('device-calm'))).toMatchObject({ ok: true })
  })

  test('an event nested 33 deep is invalid, and the connection goes on', async () => {
    const socket = await tablet('device-deep')
    const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
    expect(await socket.emitWithAck(EVENTS.push, JSON.parse(deep(33)))).toEqual({
      ok: false,
      problem: 'invalid',
      detail: 'nested too deep',
    })
    // As text: the test's own encoder would run out of stack.
    socket.io.engine.write(`2["${EVENTS.push}",${deep(100_000)}]`)
    expect(await socket.emitWithAck(EVENTS.hello, helloOf('device-deep'))).toMatchObject({ ok: true })
  })

  test('who reads nothing is cut when 1 MB waits, and the others hear everything', async () => {
    const [slow, writer] = [await tablet('device-slow'), await tablet('device-writer')]
    for (const [socket, id] of [
      [slow, 'device-slow'],
      [writer, 'device-writer'],
    ] as const)
      await socket.emitWithAck(EVENTS.hello, helloOf(id))
    let heard = 0
    writer.on(EVENTS.moved, () => {
      heard += 1
    })
    const ended = once(slow as never, 'disconnect')
    pause(slow)
    const notes = 'x'.repeat(2_000)
    let pushes = 0
    const isGone = () => hospital.connections() < 2
    // The kernel holds some megabytes before anything waits here.
    while (!isGone() && pushes < 400) {
      const changes = Array.from({ length: 40 }, (_, index) =>
        createOf('clients', 'device-writer', doctor, pushes * 40 + index + 1, { ...aClient('Neema', home), notes }),
      )
      const answer = await writer.emitWithAck(EVENTS.push, { changes })
      if (answer.problem === 'busy') await new Promise((resolve) => setTimeout(resolve, answer.retryAfterMs))
      else pushes += 1
    }
    expect(isGone()).toBe(true)
    await expect.poll(() => heard).toBe(pushes)
    resume(slow)
    await ended
  })
})

describe('overload', () => {
  test('dashboards are shed, with a time to come back; what tablets send is taken', async () => {
    const load = hospital.services.load
    const calm = load.isOver
    const page = () => fetch(`${hospital.origin}/dashboard`, { headers: { Cookie: doctor.cookie } })
    const socket = await tablet('device-load')
    await socket.emitWithAck(EVENTS.hello, helloOf('device-load'))
    const pictures: unknown[] = []
    socket.on(EVENTS.statistics, (picture) => pictures.push(picture))
    try {
      load.isOver = () => true
      const refused = await page()
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10'])
      socket.emit(EVENTS.statistics)
      const change = createOf('clients', 'device-load', doctor, 1, aClient('Neema', home))
      expect(await socket.emitWithAck(EVENTS.push, { changes: [change] })).toMatchObject({ ok: true, results: [{ outcome: 'applied' }] })
      expect(pictures).toEqual([])
    } finally {
      load.isOver = calm
    }
    expect((await page()).status).toBe(200)
    await expect.poll(() => pictures.length).toBeGreaterThan(0)
  })
})

/** As a browser that does not read on. */
function pause(socket: Socket): void {
  rawOf(socket).pause()
}

function resume(socket: Socket): void {
  rawOf(socket).resume()
}

function rawOf(socket: Socket): { pause(): void; resume(): void } {
  return (socket.io.engine as unknown as { transport: { ws: { _socket: { pause(): void; resume(): void } } } }).transport.ws._socket
}

/** @returns the status; over node:http, because fetch decides itself about some headers */
function post(path: string, body: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const all = { Origin: hospital.origin, 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) }
    const asked = request({ port: hospital.port, host: '127.0.0.1', path, method: 'POST', headers: { ...all, ...headers } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** @returns the beginning of the answer to bytes that no client of HTTP would send */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const line = connectRaw(hospital.port, '127.0.0.1', () => line.write(text))
    line.once('data', (answer) => {
      resolve(String(answer))
      line.destroy()
    })
    line.once('error', reject)
    line.once('close', () => resolve(''))
  })
}
