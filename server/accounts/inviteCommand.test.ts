import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { StartProblem } from '#server/config.ts'
import { type Clinic, openClinic, setUp } from './accounts.fixture.ts'
import { inviteCommand } from './inviteCommand.ts'

let clinic: Clinic
let printed: string[]
beforeEach(async () => {
  clinic = await openClinic()
  await setUp(clinic)
  printed = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await clinic.close()
})

const run = (...args: string[]) => inviteCommand(clinic, clinic.dependencies.config, args)

it('prints the link as JSON and writes it down', async () => {
  await run('--email', 'Juma@Example.org', '--role', 'doctor', '--json')
  const answer = JSON.parse(printed.join(''))
  expect(answer).toMatchObject({
    email: 'juma@example.org',
    role: 'doctor',
    link: expect.stringMatching(/^http:\/\/localhost:3000\/invitation\/[\w-]{43}$/),
  })
  expect(new Date(answer.expires_at).getTime()).toBe(clinic.dependencies.now() + 72 * 3_600_000)
  expect(await clinic.events('account.invited')).toMatchObject([{ outcome: 'success', actorId: null, route: 'admin:invite' }])
})

it('for an address that has an account prints a link that brings its person back', async () => {
  await run('--email', 'amina@example.org', '--role', 'admin', '--json')
  const { link, expires_at } = JSON.parse(printed.join(''))
  expect(link).toMatch(/^http:\/\/localhost:3000\/reset\/[\w-]{43}$/)
  expect(new Date(expires_at).getTime()).toBe(clinic.dependencies.now() + 30 * 60_000)
  expect(await clinic.accounts.endReset(link.split('/').at(-1), 'nine yellow mangoes fell', {})).toMatchObject({ kind: 'done' })
  expect(await clinic.events('account.recovered')).toHaveLength(1)
})

it.each([
  [['--role', 'doctor'], 'Say who is invited'],
  [['--email', 'juma@example.org'], 'Say the role'],
  [['--email', 'juma@example.org', '--role', 'nurse'], 'Say the role'],
  [['--email', 'juma@example.org', '--role', 'doctor', '--facility', 'moon'], 'No invitation was made'],
  [['--mail', 'juma@example.org'], '--mail'],
])('%j stops with one sentence', async (args, sentence) => {
  await expect(run(...args)).rejects.toSatisfy((error) => error instanceof StartProblem && error.message.includes(sentence))
})
