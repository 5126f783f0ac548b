import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEVICE_HEADER, SNAPSHOT_PATH } from '#domain/sync/protocol.ts'
import { type Cast, castOf } from './actors.ts'
import { type Answered, ask, FORM } from './ask.ts'
import { expectOurHeaders } from './headers.ts'
import { type Hospital, openHospital } from './hospital.ts'

/** Served behind https, as a clinic's tablets know it. */

let hospital: Hospital
let cast: Cast
let session: Record<string, string>

beforeAll(async () => {
  hospital = await openHospital()
  cast = await castOf(hospital)
  session = { Cookie: cast.doctor.cookie }
})
afterAll(() => hospital.close())

const get = (path: string, headers: Record<string, string> = {}) => ask(hospital, { path, headers })

function kinds(): Record<string, () => Promise<Answered>> {
  const device = `${cast.clientHere.deviceId}.${cast.clientHere.credential}`
  const bearer = { Authorization: `Bearer ${cast.actors.find(({ token }) => token === 'good')?.bearer}` }
  const [asset = ''] = readdirSync('build/client/assets').filter((name) => name.endsWith('.js'))
  return {
    page: () => get('/people', session),
    'data of a page': () => get('/people.data', session),
    'boot document': () => get('/boot'),
    asset: () => get(`/assets/${asset}`),
    worker: () => get('/sw.js'),
    'missing asset': () => get('/assets/no-such-file.js'),
    'missing page': () => get('/no/such/page'),
    'refused page': () => get('/applications', session),
    'redirect to the sign-in': () => get('/people'),
    'refused form': () => ask(hospital, { method: 'POST', path: '/people', headers: FORM }),
    'unreadable address': () => get('/%E0%A4%A'),
    session: () => get('/api/session', session),
    snapshot: () => get(`${SNAPSHOT_PATH}?collection=clients&room=${cast.here}`, { ...session, [DEVICE_HEADER]: device }),
    'partner read': () => get(`/api/external/clients/${cast.clientHere.id}/`, bearer),
    'partner refusal': () => get('/api/external/clients/x/'),
    keys: () => get('/.well-known/jwks.json'),
    health: () => get('/healthz'),
  }
}

test('each kind of answer says what a browser may do with it, and nothing of the server', async () => {
  for (const [kind, answer] of Object.entries(kinds())) expectOurHeaders(await answer(), kind)
})

test('what tells of somebody is kept by no cache', async () => {
  const personal = [
    'page',
    'data of a page',
    'refused page',
    'redirect to the sign-in',
    'session',
    'snapshot',
    'partner read',
    'partner refusal',
  ]
  const all = kinds()
  for (const kind of [...personal, 'missing asset', 'missing page', 'refused form', 'unreadable address', 'health'])
    expect((await all[kind]?.())?.headers['cache-control'], kind).toMatch(/^no-store(, no-store)?$/)
  expect((await all.asset?.())?.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect((await all['boot document']?.())?.headers['cache-control']).toBe('no-cache')
})

test('each answer with a body says what it is', async () => {
  for (const [kind, answer] of Object.entries(kinds())) {
    const { headers, text } = await answer()
    if (text !== '')
      expect(headers['content-type'], kind).toMatch(
        /^(text\/(html|javascript|plain|x-script|x-turbo)|application\/(json|problem\+json|x-ndjson|javascript))/,
      )
  }
})

test('a page allows its own scripts by a nonce that is new each time; the boot document by hashes', async () => {
  const nonceOf = ({ headers, text }: Answered) => {
    const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? ''
    expect(text).toContain(`nonce="${nonce}"`)
    return nonce
  }
  const nonces = [nonceOf(await get('/sign-in')), nonceOf(await get('/sign-in'))]
  expect(nonces[0]).not.toBe(nonces[1])
  expect(nonces[0]?.length).toBeGreaterThanOrEqual(22)
  expect((await get('/boot')).headers['content-security-policy']).toMatch(/script-src 'self'( 'sha256-[^']+')+;/)
})

test('nothing beside the built app is served, and no folder is listed', async () => {
  for (const path of [
    '/.git/config',
    '/.env',
    '/package.json',
    '/data/secret',
    '/hims.sqlite',
    '/server/index.ts',
    '/assets/',
    '/icons/',
    '/assets/../../server/index.js',
    '/%2e%2e/package.json',
    '/build/.stamp',
  ]) {
    const { status, text } = await get(path)
    expect([400, 404], path).toContain(status)
    expect(text, path).not.toMatch(/"dependencies"|\[core\]|SQLite format|Index of/)
  }
})

describe('with an https address', () => {
  test('browsers are told to stay with https for two years, and the cookie belongs to this host alone', async () => {
    const secure = await openHospital({ ORIGIN: 'https://clinic.example.org' })
    const { cookie } = await secure.people.first()
    expect(cookie).toMatch(/^__Host-hims_/)
    for (const path of ['/sign-in', '/boot', '/healthz', '/api/external/clients/x/', '/assets/no-such-file.js'])
      expect((await ask(secure, { path })).headers['strict-transport-security'], path).toBe('max-age=63072000')
    await secure.close()
    expect((await get('/sign-in')).headers['strict-transport-security']).toBeUndefined()
  })
})
