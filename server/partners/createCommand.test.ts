import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { StartProblem } from '#server/config.ts'
import { type PartnerServer, startPartnerServer } from '#tests/contract/partnerServer.ts'
import { partnerCreateCommand } from './createCommand.ts'

let server: PartnerServer
beforeAll(async () => {
  server = await startPartnerServer()
})
afterAll(() => server.stop())

async function printed(...args: string[]): Promise<string> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  try {
    await partnerCreateCommand(server, server.config, args)
    return write.mock.calls.map(([text]) => text).join('')
  } finally {
    write.mockRestore()
  }
}

test('--json prints credentials that work', async () => {
  const credentials = JSON.parse(await printed('--name', 'Registry', '--scope', 'clients.read', '--json')) as object
  expect(Object.keys(credentials)).toEqual(['client_id', 'client_secret'])
  const headers = { 'Content-Type': 'application/json' }
  expect((await fetch(`${server.url}/api/auth/token/`, { method: 'POST', headers, body: JSON.stringify(credentials) })).status).toBe(200)
})

test('--programs limits what the application sees', async () => {
  expect(await printed('--name', 'TB', '--scope', 'clients.read', '--programs', 'HIV-001,TB-001')).toContain('shown only now')
  expect((await server.applications.list()).find(({ name }) => name === 'TB')?.programs).toEqual(['HIV-001', 'TB-001'])
})

test.each([
  [['--scope', 'clients.read'], /^--name is missing/],
  [['--name', 'X'], /^--scope must be one of: clients.read/],
  [['--name', 'X', '--scope', 'everything'], /^--scope must be/],
  [['--name', 'X', '--scope', 'clients.read', '--programs', 'hiv 1'], /^--programs must be/],
  [['--name', 'X', '--scope', 'clients.read', '--programs', ''], /^--programs must be/],
  [['--colour', 'red'], /colour/],
])('%j is told in a sentence', async (args, sentence) => {
  await expect(partnerCreateCommand(server, server.config, args)).rejects.toThrow(StartProblem)
  await expect(partnerCreateCommand(server, server.config, args)).rejects.toThrow(sentence)
})
