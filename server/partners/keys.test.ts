import { afterEach, beforeEach, expect, test } from 'vitest'
import { StartProblem } from '#server/config.ts'
import { type PartnerServer, startPartnerServer } from '#tests/contract/partnerServer.ts'
import { createSigningKeys } from './keys.ts'
import { seal, unseal } from './seal.ts'

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
