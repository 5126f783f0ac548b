import { createHmac, createPrivateKey, generateKeyPairSync, type JsonWebKey, sign as signWith } from 'node:crypto'
import { exportJWK } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unseal } from '#server/partners/seal.ts'
import { Seeded } from '../sync/seeded.ts'
import { addClient, NOW, type PartnerServer, startPartnerServer } from './partnerServer.ts'

/** Bad tokens of docs (security.md): 401, all of them. */

const CLIENT = '7K2M9QXA41RTC'
const SECONDS = Math.floor(NOW / 1000)

let server: PartnerServer
let good: string
let privateKey: ReturnType<typeof createPrivateKey>
let header: Record<string, unknown>
let claims: Record<string, unknown>

const part = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const unpart = (segment = '') => JSON.parse(Buffer.from(segment, 'base64url').toString()) as Record<string, unknown>

/** Header and claims, objects or texts, signed with the server's own key. */
function signed(head: unknown, body: unknown, dsaEncoding: 'ieee-p1363' | 'der' = 'ieee-p1363'): string {
  const input = `${part(head)}.${part(body)}`
  return `${input}.${signWith('sha256', Buffer.from(input), { key: privateKey, dsaEncoding }).toString('base64url')}`
}

beforeAll(async () => {
  server = await startPartnerServer()
  await addClient(server, CLIENT)
  const { clientId, clientSecret } = await server.applications.create(
    { name: 'Registry', scopes: ['clients.read'], programs: 'all' },
    { accountId: null },
  )
  const body = JSON.stringify({ client_id: clientId, client_secret: clientSecret })
  const response = await fetch(`${server.url}/api/auth/token`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
  good = ((await response.json()) as { access_token: string }).access_token
  header = unpart(good.split('.')[0])
  claims = unpart(good.split('.')[1])
  const key = await server.database.read.get<{ kid: string; sealedPrivate: string }>('SELECT * FROM "SigningKey"')
  const jwk = unseal(key?.sealedPrivate ?? '', server.config.secret, key?.kid ?? '')
  privateKey = createPrivateKey({ key: JSON.parse(jwk ?? '{}') as JsonWebKey, format: 'jwk' })
})
afterAll(() => server.stop())

async function statusOf(token: string): Promise<number> {
  return (await fetch(`${server.url}/api/external/clients/${CLIENT}`, { headers: { Authorization: `Bearer ${token}` } })).status
}

const without = (name: string) => Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name))
const parts = () => good.split('.') as [string, string, string]

test('a token made here by the same means is good', async () => {
  expect(await statusOf(signed(header, claims))).toBe(200)
})

const BAD: Record<string, () => string | Promise<string>> = {
  'alg none': () => `${part({ ...header, alg: 'none' })}.${part(claims)}.`,
  'alg HS256 with the public key': async () => {
    const row = await server.database.read.get<{ publicJwk: string }>('SELECT * FROM "SigningKey"')
    const input = `${part({ ...header, alg: 'HS256' })}.${part(claims)}`
    return `${input}.${createHmac('sha256', row?.publicJwk ?? '')
      .update(input)
      .digest('base64url')}`
  },
  'alg RS256': () => signed({ ...header, alg: 'RS256' }, claims),
  'r = s = 0': () => `${parts()[0]}.${parts()[1]}.${Buffer.alloc(64).toString('base64url')}`,
  'a DER signature': () => signed(header, claims, 'der'),
  padding: () => `${good}==`,
  'stray bits in the last character': () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    return good.slice(0, -1) + alphabet.charAt(alphabet.indexOf(good.slice(-1)) + 1)
  },
  'one segment': () => parts()[0],
  'two segments': () => `${parts()[0]}.${parts()[1]}`,
  'four segments': () => `${good}.${parts()[2]}`,
  'five segments': () => `${good}.a.b`,
  'JSON serialisation': () => JSON.stringify({ protected: parts()[0], payload: parts()[1], signature: parts()[2] }),
  'a claim twice': () => signed(header, JSON.stringify(claims).replace('{', '{"sub":"other",')),
  'a header twice': () => signed(JSON.stringify(header).replace('{', '{"alg":"none",'), claims),
  'jwk header': async () => {
    const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const head = { ...header, jwk: await exportJWK(own.publicKey) }
    const input = `${part(head)}.${part(claims)}`
    return `${input}.${signWith('sha256', Buffer.from(input), { key: own.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  },
  'jku header': () => signed({ ...header, jku: 'http://127.0.0.1:1/jwks' }, claims),
  'x5u header': () => signed({ ...header, x5u: 'http://127.0.0.1:1/x5u' }, claims),
  'kid is a path': () => signed({ ...header, kid: '../../dev/null' }, claims),
  'kid is SQL': () => signed({ ...header, kid: "' OR 1=1 --" }, claims),
  'kid is __proto__': () => signed({ ...header, kid: '__proto__' }, claims),
  'kid of 10 KB': () => signed({ ...header, kid: 'k'.repeat(10_000) }, claims),
  'kid is no text': () => signed({ ...header, kid: 7 }, claims),
  'kid missing': () => signed({ alg: 'ES256', typ: 'at+jwt' }, claims),
  crit: () => signed({ ...header, crit: ['exp'] }, claims),
  zip: () => signed({ ...header, zip: 'DEF' }, claims),
  'typ missing': () => signed({ alg: 'ES256', kid: header.kid }, claims),
  'typ JWT': () => signed({ ...header, typ: 'JWT' }, claims),
  'iss wrong': () => signed(header, { ...claims, iss: 'https://elsewhere.example.org' }),
  'aud wrong': () => signed(header, { ...claims, aud: 'https://clinic.example.org' }),
  'exp passed': () => signed(header, { ...claims, exp: SECONDS }),
  'exp is no number': () => signed(header, { ...claims, exp: '99999999999' }),
  'nbf to come': () => signed(header, { ...claims, nbf: SECONDS + 60 }),
  'sub is not client_id': () => signed(header, { ...claims, sub: 'hims_other' }),
  'application unknown': () => signed(header, { ...claims, sub: 'hims_other', client_id: 'hims_other' }),
  'iss missing': () => signed(header, without('iss')),
  'aud missing': () => signed(header, without('aud')),
  'exp missing': () => signed(header, without('exp')),
  'sub missing': () => signed(header, without('sub')),
  'client_id missing': () => signed(header, without('client_id')),
  'scope missing': () => signed(header, without('scope')),
  'jti missing': () => signed(header, without('jti')),
  'iat missing': () => signed(header, without('iat')),
  'claims are no JSON': () => signed(header, 'not json'),
  'claims are a list': () => signed(header, [claims]),
  "another installation's key": () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    const input = `${parts()[0]}.${parts()[1]}`
    return `${input}.${signWith('sha256', Buffer.from(input), { key: other, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  },
  'more after a space': () => `${good} ${good}`,
}

test.each(Object.entries(BAD))('401 for a token with %s', async (_, make) => {
  expect(await statusOf(await make())).toBe(401)
  expect(server.errors).toEqual([])
})

/** `npm run test:full` runs the count that issue 7 names. */
const MUTATIONS = process.env.HIMS_FULL === '1' ? 5_000 : 400
const SEED = Number(process.env.HIMS_SEED ?? 23)

test(`${MUTATIONS} mutations of a good token are 401, and the good one is good still`, async () => {
  const random = new Seeded(SEED)
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ %'
  const mutated = (): string => {
    const at = random.below(good.length)
    const character = ALPHABET.charAt(random.below(ALPHABET.length))
    const other = random.below(good.length)
    const [head, body, signature] = parts()
    return random.pick([
      () => good.slice(0, at) + character + good.slice(at + 1),
      () => good.slice(0, at) + good.slice(at + 1),
      () => good.slice(0, at) + character + good.slice(at),
      () => good.slice(0, at),
      () => good.slice(at),
      () => good.slice(0, at) + good.slice(other),
      () => random.pick([`${body}.${head}.${signature}`, `${head}.${signature}.${body}`, `${head}.${body}.${head}`]),
      () => signedBadly(head, { ...claims, [random.pick(Object.keys(claims))]: character }, signature),
    ])()
  }
  const tokens = Array.from({ length: MUTATIONS }, mutated).filter((token) => token !== good && token.trim() !== good)
  expect(tokens.length).toBeGreaterThan(MUTATIONS * 0.9)
  for (let done = 0; done < tokens.length; done += 50) {
    const some = tokens.slice(done, done + 50)
    const statuses = await Promise.all(some.map(statusOf))
    expect(some.filter((_, index) => statuses[index] !== 401)).toEqual([])
  }
  expect(await statusOf(good)).toBe(200)
  expect(server.errors).toEqual([])
}, 600_000)

/** Other claims under the signature of the good ones. */
function signedBadly(head: string, changed: object, signature: string): string {
  return `${head}.${part(changed)}.${signature}`
}

/** Test vectors of RFC 7515 appendix A.3 (ES256) and of RFC 7519 section 6.1 (none): well made, and none of ours. */
test.each([
  'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q',
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  'eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.',
])('a published test vector is 401', async (vector) => {
  expect(await statusOf(vector)).toBe(401)
})

test('any one character changed or left out is 401', async () => {
  const every = Array.from({ length: good.length }, (_, index) => index).filter((index) => index % 7 === 0 || index > good.length - 3)
  const changed = every.map((index) => good.slice(0, index) + (good[index] === 'A' ? 'B' : 'A') + good.slice(index + 1))
  const shorter = every.map((index) => good.slice(0, index) + good.slice(index + 1))
  const statuses = await Promise.all([...changed, ...shorter].map(statusOf))
  expect(new Set(statuses)).toEqual(new Set([401]))
  expect(await statusOf(good)).toBe(200)
})
