import fc from 'fast-check'
import type { Asked } from './ask.ts'

/** Inputs that no app of ours sends, from a seed. */

const NASTY = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'a\udfffb',
  '\u202e\u2066',
  '%00',
  '%E0%A4%A',
  '%ff%fe',
  '../../../../etc/passwd',
  '..%2f..%2f..%2fetc%2fpasswd',
  '..\\..\\windows\\win.ini',
  '//elsewhere.example.org',
  '/\\elsewhere.example.org',
  'javascript:alert(1)',
  "' OR 1=1 --",
  '"; DROP TABLE "Client"; --',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '{{7*7}}<%= 7*7 %>',
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e999',
  '9'.repeat(400),
  'x'.repeat(5_000),
  '\u{1f469}\u200d\u{1f52c}'.repeat(200),
  '\r\nSet-Cookie: a=b',
  '[object Object]',
  'true',
]

const nasty = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 200 }))

/** Any JSON, with keys that JavaScript knows by itself. */
export const nastyValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    nasty,
    fc.constantFrom(null, true, false, 0, -1, 1.5, 2 ** 53, -(2 ** 31), 1e308),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(nasty, fc.constantFrom('id', 'collection', 'changes', 'length')), tie('value'), { maxKeys: 4 }),
    fc.constantFrom(nested(40), nested(2_000)),
  ),
})).value

/** Deep enough to be refused, not so deep that the test's own encoder runs out of stack. */
function nested(levels: number): unknown {
  return JSON.parse(`${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`)
}

const asHeader = (text: string) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 2_000)

const HEADERS = [
  'Accept',
  'Accept-Encoding',
  'Accept-Language',
  'Authorization',
  'Content-Encoding',
  'Cookie',
  'If-None-Match',
  'Range',
  'Referer',
  'User-Agent',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
  'X-HTTP-Method-Override',
  'X-Hims-Device',
  '__proto__',
]
const VALUES = ['Bearer ', 'Bearer a.b.c', 'Basic !!!', 'bytes=0-,-1,5-2', 'gzip;q=2', '*/*;q=x', 'hims_000000=x', 'a=b; '.repeat(100)]
const headerValue = fc.oneof(nasty, fc.constantFrom(...VALUES)).map(asHeader)
const headers = fc.dictionary(fc.constantFrom(...HEADERS), headerValue, { maxKeys: 4, noNullPrototype: true })

const fields = fc.array(
  fc.tuple(
    fc.oneof(
      fc.constantFrom(
        'intent',
        'id',
        'email',
        'password',
        'name',
        'code',
        'roles',
        'facilities',
        'scopes',
        'programs',
        'secretId',
        'typed',
      ),
      nasty,
    ),
    fc.oneof(nasty, fc.constantFrom('create', 'revoke', 'disable', 'add-secret', 'admin', 'someone@example.org')),
  ),
  { maxLength: 6 },
)

const form = fields.map((pairs) => ({ type: 'application/x-www-form-urlencoded', body: new URLSearchParams(pairs).toString() }))
const parts = fields.map((pairs) => ({
  type: 'multipart/form-data; boundary=b',
  body: `${pairs.map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--b--\r\n`,
}))
const brokenParts = fc.tuple(parts, fc.nat(400)).map(([{ type, body }, cut]) => ({ type, body: body.slice(0, cut) }))
const file = nastyValue.map((value) => ({
  type: 'multipart/form-data; boundary=b',
  body: `--b\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\n\r\n${JSON.stringify(value)}\r\n--b--\r\n`,
}))
const json = nastyValue.map((value) => ({ type: 'application/json', body: JSON.stringify(value) }))
const bytes = fc
  .uint8Array({ maxLength: 300 })
  .chain((body) =>
    fc
      .constantFrom(
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'multipart/form-data; boundary=',
        'text/plain',
        '',
        'x/y;;;',
        'application/json',
      )
      .map((type) => ({ type, body: Buffer.from(body) })),
  )
const body = fc.oneof(form, parts, brokenParts, file, json, bytes)

const METHODS = ['GET', 'GET', 'POST', 'POST', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'M-SEARCH']

/** Requests to `path`, whose `no-such-...` parts are places for anything. */
export function badRequests(path: string, own: Record<string, string>): fc.Arbitrary<Asked> {
  const word = nasty.map((text) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).slice(0, 3_000))
  const tail = fc.oneof(
    fc.constant(''),
    fc.constantFrom('.data', '/', '//', '/..', '/%2e%2e/x', '?', '?_data=x', '?index', '.data?_routes=', ';a=b', '%', '%zz', '?%', '#x'),
    fc.tuple(word, word).map(([name, value]) => `?${name}=${value}`),
    word.map((value) => `?next=${value}&collection=${value}&room=${value}&before=${value}&_routes=${value}`),
  )
  const address = fc.tuple(word, tail).map(([text, end]) => `${path.replace(/no-such-\w+/g, () => text || 'x')}${end}`)
  return fc
    .record({ method: fc.constantFrom(...METHODS), path: address, headers, body, site: fc.integer({ min: 0, max: 9 }) })
    .map(({ method, path, headers, body: { type, body }, site }) => ({
      method,
      path,
      // Mostly from our own pages: else nothing behind that check is reached.
      headers: { ...(site === 0 ? {} : own), ...headers, ...(type === '' ? {} : { 'Content-Type': type }) },
      body,
    }))
}

/** A body that makes sense, with one place spoiled; or nothing that ever made sense. */
export function badBodies(good: Record<string, unknown>): fc.Arbitrary<unknown> {
  const spoiled = fc
    .tuple(fc.constantFrom(...Object.keys(good), '__proto__x'), nastyValue)
    .map(([key, value]) => ({ ...good, [key]: value }))
  const missing = fc
    .constantFrom(...Object.keys(good))
    .map((key) => Object.fromEntries(Object.entries(good).filter(([name]) => name !== key)))
  return fc.oneof({ weight: 4, arbitrary: spoiled }, { weight: 1, arbitrary: missing }, { weight: 2, arbitrary: nastyValue })
}
