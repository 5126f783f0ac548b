import { afterEach, beforeEach, expect, test } from 'vitest'
import { StartProblem } from '#server/config.ts'
import { type PartnerServer, startPartnerServer } from '#tests/contract/partnerServer.ts'
import { createSigningKeys } from './keys.ts'
import { seal, unseal } from './seal.ts'
import { createTokens } from './tokens.ts'

let server: PartnerServer
beforeEach(async () => {
  server = await startPartnerServer()
})
afterEach(() => server.stop())

test('the first need makes one key, also when several come at once, and a restart opens it again', async () => {
  const keys = createSigningKeys(server.dependencies)
  const made = await Promise.all([keys.current(), keys.current(), createSigningKeys(server.dependencies).current()])
  const again = await createSigningKeys(server.dependencies).current()
  expect(new Set([...made, again].map(({ kid }) => kid)).size).toBe(1)
  expect(await server.database.read.all('SELECT kid FROM "SigningKey"')).toHaveLength(1)
})

test('another secret is told in a sentence that says what to do', async () => {
  await createSigningKeys(server.dependencies).current()
  const config = { ...server.config, secret: 'another secret of more than 32 characters' }
  const opening = createSigningKeys({ ...server.dependencies, config }).current()
  await expect(opening).rejects.toThrow(StartProblem)
  await expect(opening).rejects.toThrow(/bring back SECRET/)
})

test('what is sealed opens under its own secret and name only, and unaltered', () => {
  const sealed = seal('text', 'secret', 'key-1')
  expect(unseal(sealed, 'secret', 'key-1')).toBe('text')
  expect(unseal(sealed, 'secret', 'key-2')).toBeNull()
  expect(unseal(sealed, 'other', 'key-1')).toBeNull()
  expect(unseal(`${sealed.slice(0, -2)}AA`, 'secret', 'key-1')).toBeNull()
  expect(unseal('', 'secret', 'key-1')).toBeNull()
})

const HOUR = 3_600_000

/** A token of today's key, and whether the server still takes one. */
async function tokens() {
  const keys = createSigningKeys(server.dependencies)
  const made = createTokens(server.dependencies, keys)
  return {
    keys,
    issue: async () => (await made.issue('app', ['clients.read'])).access_token,
    takes: async (token: string) => (await made.verify(token)) !== null,
  }
}

test('a new key is published before it signs, and the one before is trusted until its last token is over', async () => {
  const { keys, issue, takes } = await tokens()
  const { kid: first } = await keys.current()
  const { kid: second, from } = await keys.rotate(false)
  expect(from).toBeGreaterThan(server.clock.now)
  expect((await keys.publicKeys()).map(({ kid }) => kid)).toEqual([first, second])
  expect((await keys.current()).kid).toBe(first)
  server.clock.now = from - 1
  const last = await issue()
  server.clock.now = from
  expect((await keys.current()).kid).toBe(second)
  server.clock.now = from + HOUR - 2_000
  expect(await takes(last)).toBe(true)
  expect(await takes(await issue())).toBe(true)
  server.clock.now = from + HOUR + 11 * 60_000
  expect((await keys.publicKeys()).map(({ kid }) => kid)).toEqual([second])
  expect((await keys.current()).kid).toBe(second)
})

test('a key that may be stolen ends at once, with tokens that were found good a moment ago; the log says so', async () => {
  const { keys, issue, takes } = await tokens()
  const stolen = await issue()
  expect(await takes(stolen)).toBe(true)
  // As the command does, beside the server.
  const { kid } = await createSigningKeys(server.dependencies).rotate(true)
  server.clock.now += 6_000
  expect(await takes(stolen)).toBe(false)
  expect(await takes(await issue())).toBe(true)
  expect((await keys.publicKeys()).map((key) => key.kid)).toEqual([kid])
  const events = await server.database.read.all(`SELECT subject FROM "AuditEvent" WHERE action = 'server.signing-key'`)
  expect(events).toEqual([{ subject: kid }])
})
