import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ROLES, type Role } from '#domain/access/access.ts'
import { type Config, StartProblem } from '#server/config.ts'
import type { Services } from '#server/services.ts'
import { DEMO_FACILITIES } from './demoClinic.ts'

/** Whom to sign in as, and a partner application to try: DATA_DIR/demo.json. */
const demoAccounts = z.object({
  accounts: z.array(z.object({ email: z.string(), name: z.string(), roles: z.array(z.enum(ROLES)), password: z.string() })),
  application: z.object({ client_id: z.string(), client_secret: z.string() }),
})
export type DemoAccounts = z.infer<typeof demoAccounts>

type Account = DemoAccounts['accounts'][number]

const [riverside, hilltop, harbour] = DEMO_FACILITIES

/** Amina and Joseph share a clinic, so that one sees what the other does; Fatma's clients are in two others. */
const PEOPLE: readonly { email: string; name: string; roles: Role[]; facilities: string[] }[] = [
  { email: 'admin@demo.example.org', name: 'Neema Administrator', roles: ['admin'], facilities: [] },
  { email: 'amina@demo.example.org', name: 'Dr Amina Odhiambo', roles: ['doctor'], facilities: [riverside.id] },
  { email: 'joseph@demo.example.org', name: 'Dr Joseph Mushi', roles: ['doctor'], facilities: [riverside.id] },
  { email: 'fatma@demo.example.org', name: 'Dr Fatma Salim', roles: ['doctor'], facilities: [hilltop.id, harbour.id] },
  { email: 'viewer@demo.example.org', name: 'Grace Viewer', roles: ['viewer'], facilities: [] },
]

/** The finished file, or null. Throws `StartProblem` when it is damaged. */
export function readDemoFile({ dataDir }: Config): DemoAccounts | null {
  const file = join(dataDir, 'demo.json')
  if (!existsSync(file)) return null
  try {
    return demoAccounts.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    throw new StartProblem(`The file ${file} is damaged: remove the folder ${dataDir} to make the demo clinic anew.`)
  }
}

export function writeDemoFile({ dataDir }: Config, demo: DemoAccounts): void {
  const file = join(dataDir, 'demo.json')
  writeFileSync(`${file}.new`, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** The accounts that are not there yet. Their passwords are written down first, so that an interruption locks nobody out. */
export async function makeAccounts(services: Services, { dataDir }: Config): Promise<Account[]> {
  const file = join(dataDir, 'demo-accounts.json')
  const known = new Set((await services.accounts.list()).map(({ email }) => email))
  if (known.size > 0 && !existsSync(file))
    throw new StartProblem(`The file demo.json is gone from ${dataDir}: remove that folder to make the demo clinic anew.`)
  const accounts = plannedAccounts(file, services.accounts.passwordWeakness)
  for (const person of PEOPLE) {
    const account = accounts.find(({ email }) => email === person.email)
    if (account === undefined || known.has(person.email)) continue
    const { token } = await services.accounts.invite(
      'operator',
      { email: person.email, roles: person.roles, facilities: person.facilities },
      META,
    )
    const { cookie } = await services.accounts.acceptInvitation(token, { name: person.name, password: account.password }, META)
    await services.accounts.signOut(cookie, META)
  }
  return accounts
}

const META = { route: 'demo' }

type Weakness = Services['accounts']['passwordWeakness']

function plannedAccounts(file: string, weakness: Weakness): Account[] {
  if (existsSync(file)) return demoAccounts.shape.accounts.parse(JSON.parse(readFileSync(file, 'utf8')))
  const accounts = PEOPLE.map(({ email, name, roles }) => ({ email, name, roles, password: demoPassword(email, weakness) }))
  writeFileSync(file, JSON.stringify(accounts), { mode: 0o600 })
  return accounts
}

/** Random letters hold the product's name once in 60,000 times, and the rules refuse that (seen in an end-to-end run). */
export function demoPassword(email: string, weakness: Weakness, random: (bytes: number) => Buffer = randomBytes): string {
  for (;;) {
    const password = random(12).toString('base64url')
    if (weakness(password, email) === null) return password
  }
}
