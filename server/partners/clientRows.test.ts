import { afterAll, beforeAll, expect, test } from 'vitest'
import { addClient, type PartnerServer, startPartnerServer } from '#tests/contract/partnerServer.ts'
import { readClient } from './clientRows.ts'

let server: PartnerServer
beforeAll(async () => {
  server = await startPartnerServer()
})
afterAll(() => server.stop())

const answering = async (id: string) => (await readClient(server.database.read, id))?.id ?? null

test('a joined client is the one it was joined into, over several steps', async () => {
  await addClient(server, 'A', { mergedInto: 'B' })
  await addClient(server, 'B', { mergedInto: 'C' })
  await addClient(server, 'C')
  expect(await answering('A')).toBe('C')
  expect(await answering('C')).toBe('C')
})

test('a circle and a join into nobody end', async () => {
  await addClient(server, 'X', { mergedInto: 'Y' })
  await addClient(server, 'Y', { mergedInto: 'X' })
  await addClient(server, 'Z', { mergedInto: 'gone' })
  expect(await answering('X')).toBeNull()
  expect(await answering('Z')).toBeNull()
})
