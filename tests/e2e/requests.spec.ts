import { request } from 'node:http'
import { demoPerson, signIn } from './steps/accounts.ts'
import { askToken } from './steps/applications.ts'
import { type Answer, ask, openSocket, refusedSocket } from './steps/socket.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

test('a page asked for at 127.0.0.1 is sent to localhost; health and the API answer where they are asked', async ({ clinic }) => {
  const at = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${clinic.port}${path}`, { redirect: 'manual', headers })
  const page = await at('/people?x=1', { Accept: 'text/html' })
  expect([page.status, page.headers.get('location')]).toEqual([302, `${clinic.origin}/people?x=1`])
  for (const [path, status] of [
    ['/healthz', 200],
    ['/api/session', 200],
    ['/api/external/clients/X/', 401],
  ] as const) {
    for (const accept of ['text/html', '*/*']) expect((await at(path, { Accept: accept })).status, `${path} ${accept}`).toBe(status)
  }
  const token = await fetch(`http://127.0.0.1:${clinic.port}/api/auth/token`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(clinic.demo.application),
  })
  expect(token.status).toBe(200)
})

test('a body of 2 MB is refused as too large, on a page and on the API', async ({ clinic }) => {
  const big = 'x'.repeat(2 * 1024 * 1024)
  expect((await askToken(clinic, { client_id: big, client_secret: 'y' })).status).toBe(413)
  // Often, because an answer that comes with a reset connection arrives only sometimes.
  for (let time = 0; time < 20; time += 1) expect(await postStatus(clinic.port, '/sign-in', clinic.origin, big)).toBe(413)
  expect((await fetch(`${clinic.origin}/healthz`)).status).toBe(200)
})

test('an unknown address is a page in words with status 404, signed in or not', async ({ clinic, browserOf, watch }) => {
  watch(clinic).expectError(/status of 404/)
  const page = await (await browserOf(clinic)).newPage()
  expect((await page.goto('/no/such/page'))?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: t('shell.failure.notFound') })).toBeVisible()
  expect((await fetch(`${clinic.origin}/assets/nothing.js`)).status).toBe(404)
  expect((await fetch(`${clinic.origin}/%E0%A4%A`)).status).toBeLessThan(500)
})

test('a write from another site is refused even with the cookie', async ({ clinic, browserOf }) => {
  const context = await browserOf(clinic)
  await signIn(await context.newPage(), demoPerson(clinic, 'admin'), t('administration.people.title'))
  const headers = { Origin: 'https://elsewhere.example.org', 'Sec-Fetch-Site': 'cross-site' }
  expect((await context.request.post('/people', { headers, form: { email: 'x@example.org', roles: 'admin' } })).status()).toBe(403)
})

test('a socket without a cookie, or of another site, is not let in', async ({ clinic }) => {
  expect(await refusedSocket(clinic, {}, clinic.origin)).toBe('not-signed-in')
  expect(await refusedSocket(clinic, {}, 'https://elsewhere.example.org')).not.toBe('')
})

test('malformed socket messages get an answer in their place, harm nobody, and the server goes on', async ({ clinic, browserOf }) => {
  const context = await browserOf(clinic)
  await signIn(await context.newPage(), demoPerson(clinic, 'doctor'))
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const socket = await openSocket(clinic, cookie)
  const bad: [string, unknown, Answer['problem']][] = [
    ['no-such-event', {}, 'not-found'],
    ['constructor', {}, 'not-found'],
    ['__proto__', {}, 'not-found'],
    ['push', { changes: [voidChange()] }, 'unavailable'],
    ['hello', null, 'invalid'],
    ['hello', 'x'.repeat(10_000), 'invalid'],
    ['hello', { protocol: 'one' }, 'invalid'],
    ['pull', { collection: 'accounts', checkpoint: null, limit: 10 }, 'invalid'],
    ['pull', { collection: 'clients', checkpoint: null, limit: 1e9 }, 'invalid'],
  ]
  const badPushes = ['all of them', [], [{ n: -1 }], [null], [{ ...voidChange(), n: 'first' }]].map(
    (changes) => ['push', { changes }, 'invalid'] as const,
  )
  const hello = { protocol: 1, app: 'test', schema: 1, deviceId: 'raw-device-1', epoch: null, lastN: 0, time: Date.now(), unsent: [] }
  for (const [event, body, problem] of bad)
    expect(await ask(socket, event, body), `${event} ${JSON.stringify(body).slice(0, 60)}`).toMatchObject({ ok: false, problem })
  expect(await ask(socket, 'hello', hello)).toMatchObject({ ok: true })
  for (const [event, body, problem] of badPushes)
    expect(await ask(socket, event, body), JSON.stringify(body)).toMatchObject({ ok: false, problem })
  socket.emit('pull')
  socket.emit('statistics', { nonsense: true })
  socket.emit('hello', { a: 1 }, [], 'no acknowledgement asked for')
  expect(await ask(socket, 'pull', { collection: 'programs', checkpoint: null, limit: 10 })).toMatchObject({ ok: true })
  socket.disconnect()
  expect((await fetch(`${clinic.origin}/healthz`)).status).toBe(200)
  expect(clinic.running).toBe(true)
})

test('a viewer gets figures over the socket and no record', async ({ clinic, browserOf }) => {
  const context = await browserOf(clinic)
  await signIn(await context.newPage(), demoPerson(clinic, 'viewer'), t('dashboard.title'))
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const socket = await openSocket(clinic, cookie)
  expect(await ask(socket, 'pull', { collection: 'clients', checkpoint: null, limit: 10 })).toEqual({ ok: false, problem: 'not-permitted' })
  socket.disconnect()
})

function voidChange() {
  return { deviceId: 'raw-device-1', n: 1, changeId: crypto.randomUUID(), op: 'void', reason: 'a test' }
}

/** Over node:http, because fetch refuses to send Sec-Fetch-Site. */
function postStatus(port: number, path: string, origin: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { Origin: origin, 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) }
    const asked = request({ port, host: 'localhost', path, method: 'POST', headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}
